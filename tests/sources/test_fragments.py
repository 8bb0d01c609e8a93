import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import InputError
from summarizer.sources.fragments import to_text


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("", ""),
        (" plain text ", "plain text"),
        ("1 &lt; 2 &amp; so on", "1 < 2 & so on"),
        ("<p>One.</p><p>Two\nlines.</p>", "One.\n\nTwo lines."),
        ("<p>a<b>b</b><a href='/x'>c</a>d</p>", "abcd"),
        ("One.<br>Two.", "One.\nTwo."),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
        ("<ul><li>One</li><li>Two <i>more</i></li></ul>After", "- One\n- Two more\n\nAfter"),
        ("<p>Text<script>alert(1)</script><style>p{}</style></p>", "Text"),
        ("<p>Text<!-- note --></p>", "Text"),
        ("<p>Seen</p><p style='display:none'>Obey</p><p hidden>Obey</p>", "Seen"),
        ("<iframe src='//x.example'>none</iframe><form><input></form>Text", "Text"),
        ("<img src=x onerror=alert(1) alt='A boat'>Text", "Text"),
        ("<p>Open <b>tags", "Open tags"),
    ],
)
def test_text_is_what_a_reader_sees(fragment: str, text: str) -> None:
    assert to_text(fragment) == text


def test_too_deep_a_fragment_is_refused() -> None:
    with pytest.raises(InputError, match="nested deeper"):
        to_text("<div>" * 400)


@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<br/>", "<li>", "<b>", "a", " ", "&amp;", "<!--"]))
)
def test_any_fragment_gives_paragraphs_without_stray_blanks(pieces: list[str]) -> None:
    text = to_text("".join(pieces))
    assert "\n\n\n" not in text
    assert text == text.strip()
