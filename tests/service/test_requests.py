"""Requests for briefings and reviews: what is read, what is kept, what is read back from that."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import summarizer
from summarizer.errors import InputError, LimitError, NoUsableSourceError, SummarizerError
from summarizer.service import requests
from summarizer.service.problems import ProblemError
from summarizer.service.requests import Asked, AskedReview, Find
from summarizer.service.store.runs import NewRun, Run
from summarizer.settings import Settings
from summarizer.settings.server import Server
from summarizer.types import Json, plain

SETTINGS = Settings(words=300, stories=5, server=Server(max_documents=3))
SECRET = "xyzzy"  # noqa: S105 - what must not come back
TEXTS = {"documents": ["Text."]}


def accept(content: object, find: Find = requests.nothing) -> NewRun:
    body = json.dumps(content).encode()
    return requests.new_run(body, SETTINGS, owner="desk", find=find)


def asked(content: object, settings: Settings = SETTINGS, find: Find = requests.nothing) -> Asked:
    """Accept a request and read back what was kept of it, as another process does."""
    kept = json.loads(json.dumps(accept(content, find).request))
    return requests.asked(a_run(kept), settings, find)


def a_run(request: Json) -> Run:
    fields = dict.fromkeys(Run.__dataclass_fields__)
    return Run(**fields | {"id": "r", "owner": "desk", "request": request})  # type: ignore[arg-type]


def test_text_and_object_become_documents_in_the_order_given() -> None:
    new = accept({"documents": ["First.", {"text": "Second.", "source": "The Post", "x": 1}]})
    assert [document.text for document in new.documents] == ["First.", "Second."]
    assert new.documents[1].source == "The Post"
    assert (new.notes, new.owner) == ((), "desk")


def test_each_request_is_a_run_of_its_own() -> None:
    first, second = accept(TEXTS), accept(TEXTS)
    assert first.id != second.id
    assert replace(first, id=second.id) == second


def test_unusable_optional_field_is_noted_by_its_place() -> None:
    new = accept({"documents": [{"text": "Text.", "published": SECRET}]})
    assert new.documents[0].published is None
    assert new.notes[0].message.startswith("documents[0]: ")
    assert SECRET not in new.notes[0].message


def test_options_that_are_absent_or_null_come_from_the_settings() -> None:
    for options in (None, {}, {"words": None, "stories": None, "engine": None}):
        found = asked(TEXTS | {"options": options})
        assert (found.options.words, found.options.stories) == (300, 5)
        assert not found.include_text


def test_options_that_are_given_override_the_settings() -> None:
    given = {"words": 9, "stories": 2, "one_story": True, "day": "2026-03-04", "language": "es"}
    found = asked(TEXTS | {"options": given | {"include_text": True, "explain": True}})
    assert {name: getattr(found.options, name) for name in given} == given
    assert (found.include_text, found.options.explain) == (True, True)


def test_options_left_out_are_those_of_the_server_that_does_the_work() -> None:
    assert asked(TEXTS, SETTINGS.over(words=77)).options.words == 77


def test_request_spends_no_more_than_the_server_allows() -> None:
    settings = SETTINGS.over(budget_tokens=100, budget_usd=5.0, deadline_s=60.0)
    given = {"budget_tokens": 1_000, "budget_usd": 1.0, "deadline": 600.0}
    found = asked(TEXTS | {"options": given}, settings).settings
    assert (found.budget_tokens, found.budget_usd, found.deadline_s) == (100, 1.0, 60.0)


@given(st.none() | st.floats(min_value=0, max_value=10), st.floats(min_value=0, max_value=10))
def test_capped_request_costs_no_more_than_the_cap_or_what_it_asked(
    wanted: float | None, cap: float
) -> None:
    request = accept(TEXTS | {"options": {"budget_usd": wanted, "words": 9}}).request
    found = requests.asked(a_run(requests.capped(request, cap)), SETTINGS)
    assert found.settings.budget_usd == (cap if wanted is None else min(cap, wanted))
    assert found.options.words == 9


def test_sources_are_kept() -> None:
    sources = ["https://example.org/feed.xml", "http://example.org/page"]
    assert asked({"sources": sources}).sources == tuple(sources)
    assert accept({"sources": sources}).documents == ()
    assert asked(TEXTS | {"sources": sources}).sources == tuple(sources)


@pytest.mark.parametrize(
    "content", [{"documents": []}, {"sources": []}, {"documents": [], "sources": []}]
)
def test_neither_document_nor_source_is_refused(content: object) -> None:
    with pytest.raises(NoUsableSourceError):
        accept(content)


def test_earlier_briefings_are_read() -> None:
    earlier = plain(summarizer.brief(["A gate of the dam broke early on Tuesday near Kessel."]))
    known = {"r1": earlier}
    found = asked(TEXTS | {"options": {"previous": [earlier, "r1"]}}, find=known.get)
    assert [len(each.stories) for each in found.options.previous] == [1, 1]
    assert asked(TEXTS | {"options": {"previous": None}}).options.previous == ()


def test_earlier_run_that_is_gone_is_said() -> None:
    earlier = plain(summarizer.brief(["A gate of the dam broke early on Tuesday near Kessel."]))
    request = accept(TEXTS | {"options": {"previous": ["r1"]}}, {"r1": earlier}.get).request
    with pytest.raises(InputError, match=r"^options.previous\[0\]: no run of yours"):
        requests.asked(a_run(request), SETTINGS)


def test_engine_that_the_server_no_longer_has_is_said() -> None:
    settings = SETTINGS.over(server=Server(engines=("openai:m",)))
    request = {"options": {"engine": "openai:m"}}
    assert requests.asked(a_run(request), settings).options.engine == "openai:m"  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"see server\.engines"):
        requests.asked(a_run(request), SETTINGS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "start"),
    [
        ({}, "documents: an array"),
        ({"documents": SECRET}, "documents: an array"),
        ({"documents": {"text": SECRET}}, "documents: an array"),
        ({"documents": ["a", 3]}, "documents[1]: "),
        ({"documents": [[SECRET]]}, "documents[0]: "),
        ({"documents": [{"text": 3}]}, "documents[0]: field text"),
        ({"documents": [{"title": SECRET}]}, "documents[0]: field text"),
        ({"sources": [SECRET]}, "sources[0]: an http or https address"),
        ({"sources": SECRET}, "sources: an array"),
        (TEXTS | {SECRET: 1}, "unknown key: choose one of documents, options, sources"),
        (TEXTS | {"optoins": {}}, "unknown key: did you mean options?"),
        (TEXTS | {"options": []}, "options: "),
        (TEXTS | {"options": {"wrods": 1}}, "options: unknown key: did you mean words?"),
        (TEXTS | {"options": {SECRET: 1}}, "options: unknown key: choose one of budget_"),
        (TEXTS | {"options": {"words": SECRET}}, "options.words: "),
        (TEXTS | {"options": {"words": 1.5}}, "options.words: "),
        (TEXTS | {"options": {"words": True}}, "options.words: "),
        (TEXTS | {"options": {"one_story": 1}}, "options.one_story: "),
        (TEXTS | {"options": {"previous": SECRET}}, "options.previous: "),
        (TEXTS | {"options": {"previous": [SECRET]}}, "options.previous[0]: "),
        (TEXTS | {"options": {"previous": [3]}}, "options.previous.0"),
        (TEXTS | {"options": {"previous": [{}]}}, "options.previous[0]: field schema"),
        (TEXTS | {"options": {"words": 0}}, "words must be"),
        (TEXTS | {"options": {"stories": -1}}, "stories must be"),
        (TEXTS | {"options": {"day": SECRET}}, "day must be"),
        (TEXTS | {"options": {"language": SECRET}}, "language must be"),
        (TEXTS | {"options": {"engine": SECRET}}, "unknown engine"),
        (TEXTS | {"options": {"engine": "openai:m"}}, "options.engine: the server was not"),
    ],
)
def test_unusable_field_is_named_without_its_value(content: object, start: str) -> None:
    with pytest.raises(InputError) as caught:
        accept(content)
    assert str(caught.value).startswith(start)
    assert SECRET not in str(caught.value)


def test_more_documents_than_the_limit_name_limit_and_setting() -> None:
    assert len(accept({"documents": ["a", "b", "c"]}).documents) == 3
    with pytest.raises(LimitError, match=r"may have 3, the setting server\.max_documents"):
        accept({"documents": ["a", "b", "c", "d"]})


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["documents", "sources", "options", "text"]), inner)
    ),
)


@given(JSONS)
def test_any_json_is_accepted_or_refused_on_purpose(content: object) -> None:
    try:
        new = accept(content)
    except (ProblemError, SummarizerError):
        return
    assert isinstance(requests.asked(a_run(new.request), SETTINGS), Asked)


@given(JSONS)
def test_digest_is_of_what_a_request_says_and_not_of_how_it_is_written(content: object) -> None:
    digest = requests.digest(content)
    spaced = json.dumps({"a": content, "b": 1}, indent=3)
    turned = json.dumps({"b": 1, "a": content})
    assert requests.digest(json.loads(spaced)) == requests.digest(json.loads(turned)) != digest


def read_review(content: object) -> AskedReview:
    return requests.read_review(json.dumps(content).encode(), SETTINGS)


def test_request_to_check_a_text_is_read() -> None:
    options = {"language": "de", "include_text": True}
    found = read_review({"text": "Said.", "documents": ["One."], "options": options})
    assert (found.text, found.language, found.include_text) == ("Said.", "de", True)
    assert [document.text for document in found.documents] == ["One."]


def test_options_of_a_review_may_be_left_out() -> None:
    found = read_review({"text": "Said.", "documents": ["One."]})
    assert (found.language, found.include_text) == (None, False)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"documents": []}, "text: a string is needed"),
        ({"text": [SECRET], "documents": []}, "text: a string is needed"),
        ({"text": "Said."}, "documents: an array"),
        ({"text": "Said.", "documents": [], "sources": []}, "unknown key"),
        ({"texts": "Said.", "documents": []}, "unknown key: did you mean text?"),
        ({"text": "Said.", "documents": [], "options": {"word": SECRET}}, "options: unknown key"),
    ],
)
def test_request_to_check_that_is_of_no_use_is_refused_by_its_field(
    content: object, message: str
) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_review(content)
    assert SECRET not in str(caught.value)


def test_review_of_too_many_documents_is_refused() -> None:
    with pytest.raises(LimitError, match="documents"):
        read_review({"text": "Said.", "documents": ["a"] * 4})
