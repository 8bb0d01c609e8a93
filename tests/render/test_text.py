import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.render.safety import one_line, printable
from summarizer.render.text import COLUMNS, render, wrap
from summarizer.types import Briefing

WORDS = st.lists(
    st.sampled_from(
        ["dam", "「十四人」", "医院。", "レベル", "שלום", "e\u0301", "👨‍👩‍👧", "x" * 30, "word,"]
    ),
    max_size=60,
).map(" ".join)


def _cells(line: str) -> int:
    # An upper bound on purpose: each code point of a family emoji is counted for itself.
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in line
    )


@given(WORDS, st.integers(min_value=44, max_value=100))
def test_wrapping_loses_nothing_but_spaces(text: str, columns: int) -> None:
    wrapped = wrap(text, columns=columns)

    assert "".join(wrapped.split()) == "".join(text.split())


@given(st.text(st.sampled_from("a b中文。「」é"), max_size=300))
def test_no_line_is_wider_than_the_page(text: str) -> None:
    wrapped = wrap(text, first="- ", other="  ", columns=20)

    assert all(_cells(line) <= 20 for line in wrapped.splitlines())


def test_lines_without_spaces_break_between_ideographs_but_not_before_their_full_stop() -> None:
    wrapped = wrap("洪水涌入下城区。" * 6, columns=14)

    assert wrapped.splitlines()[0] == "洪水涌入下城"
    assert not any(line.startswith("。") for line in wrapped.splitlines())


def test_an_address_is_never_cut_and_an_endless_word_is() -> None:
    url = "https://a.example/" + "x" * 100

    assert url in wrap(f"see {url} there", columns=20).splitlines()
    assert max(map(len, wrap("y" * 100, columns=20).splitlines())) == 20


def test_a_citation_mark_stays_on_the_line_of_its_sentence(briefing: Briefing) -> None:
    assert not any(line.strip() in {"[1]", "[2]", "[3]"} for line in render(briefing).splitlines())


def test_sources_show_their_address_on_a_line_of_its_own(briefing: Briefing) -> None:
    lines = render(briefing).splitlines()

    first = lines.index("[1] Kessel Courier, Dam gate fails above Kessel, 2026-03-03")
    assert lines[first + 1] == "    https://kessel.example/2026/kessel?a=1&b=2"
    assert lines[first + 2].startswith("    characters 0-27, 38-123")


def test_lines_of_a_briefing_fit_the_page(briefing: Briefing) -> None:
    rendered = render(briefing, ledger=True)

    assert all(_cells(line) <= COLUMNS for line in rendered.splitlines() if "://" not in line)


def test_values_that_differ_stand_in_a_column(second_day: Briefing) -> None:
    lines = render(second_day).splitlines()

    first = lines.index("Sources differ: killed")
    assert lines[first + 1].startswith("  at least 21  Havel Post, 2026-03-04: “At least 21")
    assert lines[first + 2].startswith(" " * 15)
    assert lines[first + 3].startswith("  19           Northwire, 2026-03-03: “")


def test_a_value_too_long_for_the_column_runs_into_its_line(second_day: Briefing) -> None:
    story = second_day.stories[0]
    (conflict, _) = story.conflicts
    long = replace(conflict.values[0], value="between twenty and twenty-five")
    told = replace(story, conflicts=(replace(conflict, values=(long, conflict.values[1])),))

    lines = render(replace(second_day, stories=(told,))).splitlines()

    first = lines.index("Sources differ: killed")
    assert lines[first + 1].startswith("  between twenty and twenty-five Havel Post")
    assert lines[first + 3].startswith("  19  Northwire")


def test_lines_of_a_second_day_fit_the_page(second_day: Briefing) -> None:
    rendered = render(second_day, ledger=True)

    assert all(_cells(line) <= COLUMNS for line in rendered.splitlines() if "://" not in line)


@given(st.text(st.characters(), max_size=30))
def test_text_of_any_source_drives_no_terminal(
    hostile: Callable[[str], Briefing], text: str
) -> None:
    rendered = render(hostile(text), ledger=True)

    assert printable(rendered) == rendered


@pytest.mark.parametrize("escape", ["\x1b[31m", "\x9b31m", "\x1b]0;title\x07", "\u202e"])
def test_an_escape_sequence_loses_its_power(
    hostile: Callable[[str], Briefing], escape: str
) -> None:
    rendered = render(hostile(f"red {escape} alert"), ledger=True)

    assert escape[0] not in rendered
    assert "alert" in rendered


def test_a_nameless_source_is_called_by_its_number(briefing: Briefing) -> None:
    documents = tuple(
        replace(entry, title="", source="", url=None, published=None)
        for entry in briefing.documents
    )

    assert "[1] Source 1" in render(replace(briefing, documents=documents)).splitlines()


def test_a_heading_is_underlined_to_its_width(briefing: Briefing) -> None:
    rendered = render(replace(briefing, title="大坝闸门"))

    assert rendered.startswith("大坝闸门\n========\n")
    assert one_line(rendered)
