from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from summarizer.render import verification
from summarizer.render.markdown import escape, render
from summarizer.render.safety import one_line
from summarizer.types import Briefing, Review

COMMONMARK = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TRICKY = st.text(
    st.one_of(
        st.sampled_from("\\`*_{}[]()<>#+-=.!|~&;:/@ \n1a中é\u00a0"), st.characters(codec="utf-8")
    ),
    max_size=40,
)
OURS = {"inline", "text", "softbreak", "hardbreak", "hr"} | {
    f"{name}_{end}"
    for name in (
        *("heading", "paragraph", "bullet_list", "ordered_list", "list_item", "blockquote"),
        *("table", "thead", "tbody", "tr", "th", "td", "link", "em", "strong"),
    )
    for end in ("open", "close")
}


def _tokens(markdown: str) -> Iterator[Token]:
    for token in COMMONMARK.parse(markdown):
        yield token
        yield from token.children or ()


def _shown(markdown: str) -> str:
    return "".join(
        " " if t.type == "softbreak" else t.content for t in _tokens(markdown) if t.type != "inline"
    )


@given(TRICKY)
@example("1. One")
@example("- one")
@example("+1")
@example("# not a heading #")
@example("===")
@example("~~~")
@example("__init__ and snake_case and _emphasis_")
@example("![x](http://a.example) [1]: http://a.example")
@example("<b>5 < 6</b> &amp; &#65; <!-- x --> <https://a.example>")
@example("a\\")
@example("~~no~~ ~no~")
def test_escaped_text_shows_exactly_its_characters(text: str) -> None:
    shown = one_line(text).replace("\x00", "\ufffd")  # as CommonMark prescribes

    tokens = list(_tokens(f"- {escape(text)} ."))

    assert _shown(f"- {escape(text)} .").strip() == f"{shown} .".strip()
    assert {t.type for t in tokens if t.type != "text"} == {
        "bullet_list_open", "list_item_open", "paragraph_open", "inline",
        "paragraph_close", "list_item_close", "bullet_list_close",
    }  # fmt: skip


@given(TRICKY)
@example("title #")
def test_an_escaped_heading_shows_exactly_its_characters(text: str) -> None:
    shown = one_line(text).replace("\x00", "\ufffd").strip()  # headings are stripped

    assert _shown(f"# {escape(text)}").strip() == shown


@pytest.mark.parametrize(
    "text",
    [
        "He paid $4.50 (about 5 < 6) & left - at 5 p.m.!",
        "The file_name stays, -5 degrees, ~30 people, No. 1.",
        "“Quoted”, 50% of it: yes/no; 二〇二六年。",
    ],
)
def test_ordinary_prose_is_not_escaped(text: str) -> None:
    assert escape(text) == text


@pytest.mark.parametrize("address", ["https://a.example", "HTTP://a.example", "www.a.example"])
def test_a_bare_address_is_kept_from_becoming_a_link(address: str) -> None:
    assert escape(address) != address
    assert _shown(escape(address)) == address


@given(TRICKY)
@example("![x](http://a.example)")
@example("http://a.example/)<>[]")
def test_no_markdown_of_a_source_becomes_live(
    hostile: Callable[[str], Briefing], text: str
) -> None:
    briefing = hostile(text)
    claims = (*briefing.lead, *briefing.stories[0].claims)
    review = Review(language="en", claims=claims, documents=briefing.documents)
    tokens = [
        *_tokens(render(briefing, ledger=True)),
        *_tokens(verification.render(review, "md")),
    ]

    assert {token.type for token in tokens} <= OURS
    assert all(
        str(token.attrs["href"]).startswith(("http://", "https://"))
        for token in tokens
        if token.type == "link_open"
    )


def test_a_citation_mark_shows_its_brackets_and_links_to_the_document(briefing: Briefing) -> None:
    html = COMMONMARK.render(render(briefing))

    assert '[<a href="https://kessel.example/2026/kessel?a=1&amp;b=2">1</a>] [2]</li>' in html


def test_an_address_keeps_what_looks_like_a_character_reference(briefing: Briefing) -> None:
    url = "https://a.example/?a=1&copy;=2"
    documents = (replace(briefing.documents[0], url=url), *briefing.documents[1:])

    html = COMMONMARK.render(render(replace(briefing, documents=documents)))

    assert 'href="https://a.example/?a=1&amp;copy;=2"' in html


def test_sources_are_numbered_lines_with_outlet_title_date_and_characters(
    briefing: Briefing,
) -> None:
    lines = render(briefing).splitlines()

    assert (
        "2. Northwire, Orlen dam: lower town of Kessel flooded, 2026-03-03, characters 41-129"
        in lines
    )
    assert "5. museum.example, [Museum reopens][5], 2026-03-02, characters 16-79" in lines
    assert "[5]: <https://museum.example/2026/museum?a=1&b=2>" in lines


def test_a_document_without_title_is_called_by_its_outlet_or_its_number(
    briefing: Briefing,
) -> None:
    untitled = tuple(replace(entry, title="") for entry in briefing.documents)
    nameless = tuple(replace(entry, title="", source="", url=None) for entry in briefing.documents)

    assert "1. [Kessel Courier][1], 2026-03-03" in render(replace(briefing, documents=untitled))
    assert "1. Source 1, 2026-03-03" in render(replace(briefing, documents=nameless))


def test_a_story_without_body_points_to_the_lead(briefing: Briefing) -> None:
    assert "_See the main points above._" in render(briefing).splitlines()


def test_the_frame_speaks_the_briefings_language(briefing: Briefing) -> None:
    rendered = render(replace(briefing, language="de", status="degraded"))

    assert "Dienstag, 3. März 2026" in rendered
    assert "## Das Wichtigste" in rendered
    assert "_3 unabhängige Berichte (1 Nachdruck)_" in rendered
    assert "_Eingeschränkt: " in rendered


def test_a_conflict_is_a_table_of_four_columns_whatever_the_values_hold(
    second_day: Briefing,
) -> None:
    story = second_day.stories[0]
    (conflict, _) = story.conflicts
    barred = replace(conflict, values=(replace(conflict.values[0], value="a | b \\| c"),) * 2)

    rendered = render(replace(second_day, stories=(replace(story, conflicts=(barred,)),)))

    html = COMMONMARK.render(rendered)
    assert html.count("<th>") == 4
    assert html.count("<td>") == 8
    assert "<td>a | b \\| c</td>" in html


def test_remarks_stand_in_one_bracket_after_their_sentence(second_day: Briefing) -> None:
    assert "said on Wednesday. (was 14, now 21; sources differ, see below) [[2]]" in (
        render(second_day)
    )
