import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.sources import markdown

PAGE = """\
![logo](logo.png)

# Storm *hits* coast

The **storm** [hit the coast](https://x.example) on
Monday with `gale` ~~force~~.\\
A second line.

## What is known

- first
- second
  - nested

1. one
2. two

   more on two

> She said it.

```
code = 1
```

| a | b |
|---|---|
| 1 | 2 |

<div>raw</div>

    indented prose
"""


def test_markdown_becomes_blocks_of_prose() -> None:
    title, text = markdown.to_text(PAGE)
    assert title == "Storm hits coast"
    assert text.split("\n\n") == [
        "The storm hit the coast on Monday with gale force.\nA second line.",
        "What is known",
        "- first\n- second\n- nested\n- one\n- two",
        "more on two",
        "She said it.",
        "indented prose",
    ]


def test_a_given_title_leaves_the_heading_in_the_text() -> None:
    assert markdown.to_text("# Heading\n\nText.", title="Title") == ("Title", "Heading\n\nText.")


def test_lower_headings_are_no_title() -> None:
    assert markdown.to_text("## Heading\n\nText.") == ("", "Heading\n\nText.")


@pytest.mark.parametrize("text", ["", "\n\n", "![only](image.png)", "```\ncode\n```"])
def test_what_holds_no_prose_becomes_an_empty_text(text: str) -> None:
    assert markdown.to_text(text) == ("", "")


def test_a_number_of_a_list_is_not_taken_from_a_paragraph() -> None:
    assert markdown.to_text("It was 1986.\nA storm came.")[1] == "It was 1986. A storm came."


@given(st.text(alphabet="#*_`[]()!<>-|~\\ \nab1.", max_size=120))
def test_any_text_can_be_read(text: str) -> None:
    title, body = markdown.to_text(text)
    assert title == title.strip()
    assert body == body.strip()
