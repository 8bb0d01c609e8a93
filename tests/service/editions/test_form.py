"""How long briefings are and what they may cost."""

import pytest

from summarizer.service.editions import form
from summarizer.settings.editions import Edition, Style


@pytest.mark.parametrize(
    ("style", "words", "stories"),
    [("headlines", 1, 12), ("standard", None, None), ("deep", 1_500, 12)],
)
def test_style_says_how_long_a_briefing_is(
    style: Style, words: int | None, stories: int | None
) -> None:
    options = form.options(Edition(sources=("a",), style=style), day="2026-03-04")
    assert (options.get("words"), options.get("stories")) == (words, stories)
    assert options["day"] == "2026-03-04"


def test_what_an_edition_says_itself_wins() -> None:
    edition = Edition(sources=("a",), style="deep", words=300, language="de")
    options = form.options(edition, day="2026-03-04")
    assert (options["words"], options["stories"], options["language"]) == (300, 12, "de")


@pytest.mark.parametrize(
    ("of_run", "of_month", "spent", "left"),
    [(None, 2.0, 0.5, 1.5), (1.0, 2.0, 0.5, 1.0), (1.0, 2.0, 1.75, 0.25), (1.0, None, 9.0, 1.0)],
)
def test_run_may_cost_what_is_left_of_the_month(
    of_run: float | None, of_month: float | None, spent: float, left: float
) -> None:
    edition = Edition(sources=("a",), budget_usd=of_run, budget_usd_month=of_month)
    options = form.options(edition, day="2026-03-04", spent_usd=spent)
    assert options["budget_usd"] == left
    assert "engine" not in options
    assert form.notes(edition, spent_usd=spent) == ()


def test_embedded_engine_writes_when_the_month_is_spent() -> None:
    edition = Edition(sources=("a",), engine="openai:m", budget_usd_month=2)
    options = form.options(edition, day="2026-03-04", spent_usd=2.5)
    assert (options["engine"], options["budget_usd"]) == ("extractive", 0)
    assert [note.code for note in form.notes(edition, spent_usd=2.5)] == ["budget_month"]
    embedded = Edition(sources=("a",), engine="extractive", budget_usd_month=2)
    assert form.notes(embedded, spent_usd=2.5) == ()
