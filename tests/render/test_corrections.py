from dataclasses import replace

import pytest

from summarizer.render import render
from summarizer.render.outline import outline
from summarizer.types import Briefing


def test_a_correction_tells_what_was_printed_and_what_stands_there_now(
    second_day: Briefing,
) -> None:
    changed, taken_back = outline(second_day).corrections

    assert changed.was == ("The Havel museum reopened on Sunday.",)
    assert changed.now == "The Havel museum reopened on Monday after two years of repairs."
    assert changed.outlet == "museum.example"
    assert changed.mark is not None
    assert changed.mark.document.number == 1
    assert (taken_back.now, taken_back.mark, taken_back.outlet) == (None, None, "")


def test_what_was_taken_back_names_its_source_where_that_is_known(second_day: Briefing) -> None:
    known = replace(second_day.corrections[1], document="before")

    (correction,) = outline(replace(second_day, corrections=(known,))).corrections

    assert (correction.outlet, correction.language) == ("Kessel Courier", "en")


@pytest.mark.parametrize("name", ["md", "html", "text"])
def test_what_one_source_took_back_is_told_together(name: str, second_day: Briefing) -> None:
    changed, taken_back = second_day.corrections
    also = replace(taken_back, claim="port-2", was="The port was shut.")
    other = replace(taken_back, document="other", was="The road was shut.")
    briefing = replace(second_day, corrections=(changed, taken_back, also, other))

    told = [found.was for found in outline(briefing).corrections]
    rendered = render(briefing, name)

    assert told[1:] == [("The port was sold.", "The port was shut."), ("The road was shut.",)]
    assert rendered.count("The source no longer says this.") == 2


@pytest.mark.parametrize("name", ["md", "html", "text"])
def test_corrections_come_before_everything_else(name: str, second_day: Briefing) -> None:
    rendered = render(second_day, name)

    assert rendered.index("Corrections</h2>" if name == "html" else "Corrections\n") < (
        rendered.index("Printed earlier")
    )
    body = rendered.partition("<body>")[2] or rendered
    assert body.index("The source no longer says this.") < body.index("Toll of Havel rail crash")
