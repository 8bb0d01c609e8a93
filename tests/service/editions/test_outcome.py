"""What becomes of a run whose sources were collected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.service.editions import outcome
from summarizer.settings.editions import Edition, Topic
from summarizer.types import Source

EDITION = Edition(sources=("a",))
OK, GONE = Source("Wire", None, "unchanged", 0), Source("Post", None, "unreachable", 0)


def decide(
    *sources: Source, n: int = 0, edition: Edition = EDITION, last: str | None = "2026-03-03"
) -> outcome.Outcome:
    return outcome.decide(edition, last_day=last, n_documents=n, sources=sources)


@given(
    st.lists(
        st.builds(Source, st.text(), st.none(), st.sampled_from(["ok", "refused"]), st.just(0))
    )
)
def test_documents_make_a_briefing_whatever_failed(sources: list[Source]) -> None:
    assert decide(*sources, n=1).kind == "briefing"


@given(st.lists(st.sampled_from([OK, GONE]), min_size=1))
def test_day_is_quiet_when_any_source_was_read(sources: list[Source]) -> None:
    assert decide(*sources).kind == ("quiet" if OK in sources else "failed")


@pytest.mark.parametrize(
    ("sources", "last", "message"),
    [
        ((OK,), "2026-03-03", "nothing new since 2026-03-03 in 1 source"),
        ((OK, OK), None, "nothing new in 2 sources"),
        ((OK, GONE), None, "nothing new in 1 source; not read: Post (unreachable)"),
        ((GONE,), "2026-03-03", "no source could be read: Post (unreachable)"),
        ((), "2026-03-03", "no source could be read: there is none"),
    ],
)
def test_message_says_what_was_looked_at(
    sources: tuple[Source, ...], last: str | None, message: str
) -> None:
    assert decide(*sources, last=last).message == message


def test_watch_reports_on_a_quiet_day() -> None:
    topics = (Topic(name="Grey Heron", terms=("x",), mode="watch"), Topic(name="B", terms=("x",)))
    quiet = decide(OK, GONE, edition=Edition(sources=("a",), topics=topics), last=None)
    assert quiet.message == (
        "nothing new in 1 source; not read: Post (unreachable); "
        "watch Grey Heron: no mention in 0 new articles; not searched: Post"
    )


def test_long_lists_of_sources_are_cut_with_their_number() -> None:
    message = decide(*[GONE] * 23).message
    assert message.count("Post") == 20
    assert message.endswith(" and 3 more")


def test_failure_names_the_command_that_makes_up_for_it() -> None:
    line = outcome.failure_line("morning", ["2026-03-04"], "no source could be read")
    assert line == (
        "morning, 2026-03-04: no briefing: no source could be read: "
        "summarizer edition run morning --date 2026-03-04"
    )


def test_days_that_failed_together_are_one_line() -> None:
    line = outcome.failure_line("morning", ["2026-03-03", "2026-03-04"], outcome.MISSED)
    assert line == (
        "morning, 2026-03-03, 2026-03-04: no briefing: the program was not running when it was "
        "due: summarizer edition run morning --date 2026-03-04"
    )


@given(st.text(), st.text())
def test_line_is_one_line(name: str, why: str) -> None:
    assert len(outcome.failure_line(name, ["2026-03-04"], why).splitlines()) == 1
