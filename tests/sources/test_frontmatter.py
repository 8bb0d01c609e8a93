import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.sources import frontmatter


def test_known_fields_are_taken_off_the_text() -> None:
    text = '---\nTitle: "Storm: hits coast"\nsource:  The Harbour\nmood: calm\n---\nBody.\n'
    fields, body = frontmatter.split(text)
    assert fields == {"title": "Storm: hits coast", "source": "The Harbour"}
    assert body == "Body.\n"


@pytest.mark.parametrize(
    "text",
    [
        "No block at all.\n",
        "---\ntitle: never closed\n\nBody.",
        "---\nA line of prose between two rules.\n---\nBody.",
        " ---\ntitle: x\n---\nBody.",
        "",
    ],
)
def test_what_is_no_block_stays_text(text: str) -> None:
    assert frontmatter.split(text) == ({}, text)


def test_nested_lines_and_comments_are_ignored() -> None:
    text = "---\n# a comment\ntags:\n  - storm\n- coast\n\nkind: opinion\n---\nBody."
    assert frontmatter.split(text) == ({"kind": "opinion"}, "Body.")


def test_windows_line_ends_and_a_block_without_text_are_read() -> None:
    assert frontmatter.split("---\r\ntitle: 'Storm'\r\n---") == ({"title": "Storm"}, "")


def test_an_address_keeps_its_colons() -> None:
    text = "---\nurl: https://harbour.example:8080/storm\n---\n"
    assert frontmatter.split(text)[0] == {"url": "https://harbour.example:8080/storm"}


def test_the_first_of_two_equal_keys_counts_and_empty_values_do_not() -> None:
    text = "---\nkind:\ntitle: One\ntitle: Two\n---\n"
    assert frontmatter.split(text)[0] == {"title": "One"}


@given(st.text(alphabet="-\n\r:ab \"'", max_size=60))
def test_the_text_after_the_block_ends_the_file(text: str) -> None:
    assert text.endswith(frontmatter.split(text)[1])
