import re
import subprocess
import sys
from dataclasses import replace

import pytest

from summarizer.errors import InputError
from summarizer.render import FORMATS, render
from summarizer.types import Briefing

LIGHT = """
import sys, summarizer.render
heavy = {"jinja2", "rich", "markdown_it"} & set(sys.modules)
sys.exit(f"imported {heavy}" if heavy else 0)
"""


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_holds_every_printed_sentence_and_ends_in_a_newline(
    name: str, briefing: Briefing
) -> None:
    rendered = render(briefing, name)
    one_line = " ".join(rendered.replace("\u00a0", " ").split())

    assert "Fourteen people were taken to hospital, the district office said." in one_line
    assert "افتُتح ميناء نادر الجديد يوم الاثنين بعد ثلاث سنوات من البناء." in one_line
    assert "十四人被送往医院。" in one_line
    assert rendered.endswith("\n")
    assert not rendered.endswith("\n\n")


@pytest.mark.parametrize("name", FORMATS)
def test_rendering_twice_gives_the_same_bytes(name: str, briefing: Briefing) -> None:
    assert render(briefing, name, ledger=True) == render(briefing, name, ledger=True)


@pytest.mark.parametrize("name", ["md", "html", "text"])
def test_withheld_drafts_and_the_whole_ledger_are_printed_only_if_asked_for(
    name: str, briefing: Briefing
) -> None:
    without = render(briefing, name)
    with_ledger = render(briefing, name, ledger=True)

    assert "1911" not in without
    assert "Havel Post" not in without
    assert "1911" in with_ledger
    assert "no source gives a year" in " ".join(with_ledger.split())
    assert "Havel Post" in with_ledger
    assert "the document has no text" in with_ledger


@pytest.mark.parametrize("name", ["md", "html", "text"])
def test_what_a_sentence_replaced_is_printed_only_if_asked_for(
    name: str, second_day: Briefing
) -> None:
    assert "open since Thursday" not in " ".join(render(second_day, name).split())
    assert "open since Thursday" in " ".join(render(second_day, name, ledger=True).split())


@pytest.mark.parametrize("name", ["md", "html", "text"])
def test_all_values_that_sources_state_are_printed(name: str, second_day: Briefing) -> None:
    rendered = " ".join(render(second_day, name).replace("\u00a0", " ").split())

    assert "Sources differ: killed" in rendered
    for conflict in second_day.stories[0].conflicts:
        for value in conflict.values:
            assert value.value in rendered
            assert f"“{' '.join(value.citation.quote.split())}”" in rendered
    assert "sources differ" in rendered


@pytest.mark.parametrize("name", ["md", "html", "text"])
def test_sentences_set_apart_stand_behind_their_label(name: str, second_day: Briefing) -> None:
    rendered = re.sub(
        r"<[^>]*>|\*",
        "",
        render(second_day, name).partition("</style>")[2] or render(second_day, name),
    )
    one_line = " ".join(rendered.split())

    assert "Only Havel Post reports: The driver of the second train" in one_line
    assert "Open: Why no alarm was raised" in one_line
    assert "Coming up: The inquiry opens on 12 March." in one_line


@pytest.mark.parametrize("name", ["md", "html", "text"])
def test_formats_for_readers_close_with_the_ledgers_line(name: str, briefing: Briefing) -> None:
    line = "7 articles: 5 cited, 1 merged, 1 excluded; 1 draft withheld"

    assert line in render(briefing, name)


@pytest.mark.parametrize("name", ["md", "html", "text"])
def test_an_empty_briefing_still_has_its_title_and_its_ledger(name: str, empty: Briefing) -> None:
    rendered = render(empty, name, ledger=True)

    assert "Morning briefing" in rendered
    assert "0 articles: 0 cited" in rendered
    assert "Sources" not in rendered


def test_an_unknown_format_is_refused_with_the_known_ones(briefing: Briefing) -> None:
    with pytest.raises(InputError, match=r"'pdf'.*md, html, json, text"):
        render(briefing, "pdf")


def test_importing_the_package_loads_no_template_engine() -> None:
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", LIGHT], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["md", "text", "html"])
def test_related_story_is_named_by_its_headline_below_the_story(
    name: str, briefing: Briefing
) -> None:
    first, *others = briefing.stories
    other = others[0]
    related = replace(first, see_also=(other.id, "not-printed"))
    rendered = render(replace(briefing, stories=(related, *others)), name)
    assert rendered.count("See also:") == 1
    assert "See also:" not in render(briefing, name)
    after = re.sub(r"<[^>]*>|\\", "", rendered.partition("See also:")[2])
    assert " ".join(after.split()).startswith(" ".join(other.headline.text.split())[:30])
