from dataclasses import replace

import pytest

from summarizer.errors import InputError
from summarizer.render import render, source
from summarizer.types import Briefing


def test_source_is_shown_with_its_cited_passages_marked(briefing: Briefing) -> None:
    for number in range(1, 4):
        shown = source.render(briefing, number)
        assert shown.startswith(f"[{number}] ")
        assert shown.splitlines()[0] in render(briefing, "text")  # under the same number
        quoted = [line for line in shown.splitlines() if line.startswith("> ")]
        assert quoted


def test_context_stands_around_the_passages(briefing: Briefing) -> None:
    shown = source.render(briefing, 1)
    (entry,) = (e for e in briefing.documents if e.title and e.title in " ".join(shown.split()))
    words = set(shown.replace(">", " ").split())
    body = shown.partition("\n\n")[2].replace("> ", "").replace("…", "")
    assert words
    assert "".join(body.split()) in "".join(entry.text.split())


def test_passages_alone_are_shown_where_the_text_is_not_at_hand(briefing: Briefing) -> None:
    bare = replace(briefing, documents=tuple(replace(e, text="") for e in briefing.documents))
    shown = source.render(bare, 1)
    assert "\n> " in shown
    assert "\n…\n" in shown


@pytest.mark.parametrize("number", [-1, 0, 99])
def test_unknown_number_is_an_error_that_names_those_there_are(
    number: int, briefing: Briefing
) -> None:
    with pytest.raises(InputError, match=r"no source \[-?\d+\]: the briefing cites \[1\] to"):
        source.render(briefing, number)


def test_briefing_that_cites_nothing_has_no_source(briefing: Briefing) -> None:
    empty = replace(briefing, lead=(), stories=(), in_brief=(), corrections=(), topics=())
    with pytest.raises(InputError, match="cites none"):
        source.render(empty, 1)
