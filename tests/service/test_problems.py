"""Problem documents: stable codes, short details."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from summarizer.errors import InputError, LimitError, NoUsableSourceError, SummarizerError
from summarizer.service import problems
from summarizer.service.problems import ProblemError


@given(st.sampled_from(sorted(problems.CATALOGUE)), st.text(max_size=1000))
@example("invalid_input", "x" * 301)
def test_detail_is_never_long(code: str, detail: str) -> None:
    assert len(problems.make(code, detail).detail) <= problems.MAX_DETAIL_CHARS


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (InputError("x"), 422, "invalid_input"),
        (LimitError("x"), 413, "limit_exceeded"),
        (NoUsableSourceError("x"), 422, "no_usable_source"),
        (ProblemError("not_acceptable", "x"), 406, "not_acceptable"),
    ],
)
def test_error_keeps_its_code_and_message(
    error: SummarizerError | ProblemError, status: int, code: str
) -> None:
    problem = problems.of(error)
    assert (problem.status, problem.code, problem.detail) == (status, code, "x")


def test_error_without_a_code_of_its_own_tells_nothing() -> None:
    problem = problems.of(SummarizerError("secret"))
    assert (problem.status, problem.code) == (500, "internal")
    assert "secret" not in problem.detail


@pytest.mark.parametrize(
    ("status", "code"), [(404, "not_found"), (405, "method_not_allowed"), (400, "bad_request")]
)
def test_status_of_the_framework_becomes_a_code(status: int, code: str) -> None:
    problem = problems.of_status(status)
    assert (problem.status, problem.code) == (status, code)


def test_each_code_has_an_example_under_its_status() -> None:
    listed = {code: status for status, named in problems.examples().items() for code in named}
    assert listed == {code: status.value for code, (status, _) in problems.CATALOGUE.items()}


def test_client_is_told_when_to_come_back() -> None:
    assert problems.headers("queue_full") == {"Retry-After": "2"}
    assert problems.headers("rate_limited", 7) == {"Retry-After": "7"}
    assert problems.headers("not_found") == {}


def test_client_is_asked_for_a_token_in_the_way_it_knows() -> None:
    assert problems.headers("unauthorized")["WWW-Authenticate"].startswith("Bearer ")
    browser = problems.headers("unauthorized", is_browser=True)
    assert browser["WWW-Authenticate"].startswith("Basic ")


def test_examples_are_of_the_codes_asked_for() -> None:
    assert {*problems.examples(["not_found", "storage"])} == {404, 503}
