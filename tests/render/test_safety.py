import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.render.safety import host, one_line, printable, web_address


@given(st.text(st.characters()))
def test_printable_text_drives_no_terminal_and_can_be_encoded(text: str) -> None:
    shown = printable(text)

    shown.encode()
    controls = [c for c in shown if unicodedata.category(c) == "Cc"]
    assert set(controls) <= {"\n", "\t"}
    bidi = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert not {unicodedata.bidirectional(c) for c in shown} & bidi


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"])))
def test_printable_leaves_ordinary_text_alone(text: str) -> None:
    assert printable(text) == text


def test_one_line_keeps_the_no_break_space_of_typographers() -> None:
    assert one_line(" «\u00a0mot\u00a0»\n\n  après\t") == "«\u00a0mot\u00a0» après"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//http://a.example",
        "data:text/html,x",
        "file:///etc/passwd",
        "//a.example",
        "http://",
        "http://[",
        "mailto:a@b.example",
        "/articles/1.txt",
    ],
)
def test_what_is_not_an_http_address_is_no_link(url: str | None) -> None:
    assert web_address(url) is None
    assert host(url) == ""


def test_characters_that_could_end_an_attribute_or_a_link_are_percent_encoded() -> None:
    address = web_address(' https://a.example/"><b onclick=x>\n`y` (1)')

    assert address == "https://a.example/%22%3E%3Cb%20onclick=x%3E%0A%60y%60%20(1)"


@pytest.mark.parametrize(
    "url", ["https://a.example/b?c=1&d=2#e", "HTTP://a.example/", "https://خبر.example/مقال"]
)
def test_an_ordinary_address_stays_as_it_is(url: str) -> None:
    assert web_address(url) == url


def test_the_host_names_an_outlet_without_www() -> None:
    assert host("https://www.Courier.example:8080/a") == "courier.example"
