"""Bodies of requests: what is read, and what is refused without repeating it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import summarizer
from summarizer.errors import InputError, LimitError, SummarizerError
from summarizer.service import requests
from summarizer.service.problems import ProblemError
from summarizer.service.requests import Asked, AskedReview
from summarizer.settings import Server, Settings
from summarizer.types import plain

SETTINGS = Settings(words=300, stories=5, server=Server(max_documents=3))
SECRET = "xyzzy"  # noqa: S105 - what must not come back


def read(content: object) -> Asked:
    return requests.read(json.dumps(content).encode(), SETTINGS)


def test_text_and_object_become_documents_in_the_order_given() -> None:
    asked = read({"documents": ["First.", {"text": "Second.", "source": "The Post", "x": 1}]})
    assert [document.text for document in asked.documents] == ["First.", "Second."]
    assert asked.documents[1].source == "The Post"
    assert asked.notes == ()


def test_unusable_optional_field_is_noted_by_its_place() -> None:
    asked = read({"documents": [{"text": "Text.", "published": SECRET}]})
    assert asked.documents[0].published is None
    assert asked.notes[0].message.startswith("documents[0]: ")
    assert SECRET not in asked.notes[0].message


def test_options_that_are_absent_or_null_come_from_the_settings() -> None:
    for options in (None, {}, {"words": None, "stories": None, "engine": None}):
        asked = read({"documents": [], "options": options})
        assert (asked.options.words, asked.options.stories) == (300, 5)
        assert not asked.include_text


def test_options_that_are_given_override_the_settings() -> None:
    given = {"words": 9, "stories": 2, "one_story": True, "day": "2026-03-04", "language": "es"}
    asked = read({"documents": [], "options": given | {"include_text": True}})
    assert {name: getattr(asked.options, name) for name in given} == given
    assert asked.include_text


def test_earlier_briefings_are_read() -> None:
    earlier = plain(summarizer.brief(["A gate of the dam broke early on Tuesday near Kessel."]))
    asked = read({"documents": [], "options": {"previous": [earlier, earlier]}})
    assert [len(each.stories) for each in asked.options.previous] == [1, 1]
    assert read({"documents": [], "options": {"previous": None}}).options.previous == ()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b'{"documents": ["\xed\xa0\x80"]}',
        b"\xef\xbb\xbf{}",
        '{"documents": []}'.encode("utf-16"),
        b'{"documents": [NaN]}',
        b'{"documents": [-Infinity]}',
        b'{"documents": [], "documents": []}',
        b'{"documents": [{"text": "a", "text": "b"}]}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"options": {"words": ' + b"9" * 5000 + b"}}",
        b'{"documents": []} xyzzy',
        b"{'documents': []}",
        b"[]",
        b'"xyzzy"',
        b"null",
    ],
)
def test_body_that_is_no_json_object_is_malformed(body: bytes) -> None:
    with pytest.raises(ProblemError) as caught:
        requests.read(body, SETTINGS)
    assert caught.value.code == "malformed_body"
    assert SECRET not in str(caught.value)


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
        ({"sources": [SECRET]}, "sources: web sources are not available yet"),
        ({"documents": [], "option": {}}, "unknown key: did you mean options?"),
        ({"documents": [], SECRET: {}}, "unknown key: choose one of documents, options"),
        ({"documents": [], "options": []}, "options: "),
        ({"documents": [], "options": {"wrods": 1}}, "options: unknown key: did you mean words?"),
        ({"documents": [], "options": {SECRET: 1}}, "options: unknown key: choose one of budget_"),
        ({"documents": [], "options": {"words": SECRET}}, "options.words: "),
        ({"documents": [], "options": {"words": 1.5}}, "options.words: "),
        ({"documents": [], "options": {"words": True}}, "options.words: "),
        ({"documents": [], "options": {"one_story": 1}}, "options.one_story: "),
        ({"documents": [], "options": {"previous": SECRET}}, "options.previous: "),
        ({"documents": [], "options": {"previous": [SECRET]}}, "options.previous.0: "),
        ({"documents": [], "options": {"previous": [{}]}}, "options.previous[0]: field schema"),
        ({"documents": [], "options": {"words": 0}}, "words must be"),
        ({"documents": [], "options": {"stories": -1}}, "stories must be"),
        ({"documents": [], "options": {"day": SECRET}}, "day must be"),
        ({"documents": [], "options": {"language": SECRET}}, "language must be"),
        ({"documents": [], "options": {"engine": SECRET}}, "unknown engine"),
    ],
)
def test_unusable_field_is_named_without_its_value(content: object, start: str) -> None:
    with pytest.raises(InputError) as caught:
        read(content)
    assert str(caught.value).startswith(start)
    assert SECRET not in str(caught.value)


def test_more_documents_than_the_limit_name_limit_and_setting() -> None:
    assert len(read({"documents": ["a", "b", "c"]}).documents) == 3
    with pytest.raises(LimitError, match=r"may have 3, the setting server\.max_documents"):
        read({"documents": ["a", "b", "c", "d"]})


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["documents", "options", "text", "words"]), inner)
        ),
    )
)
def test_any_json_is_read_or_refused_on_purpose(content: object) -> None:
    try:
        asked = read(content)
    except (ProblemError, SummarizerError):
        return
    assert isinstance(asked, Asked)


@given(st.binary())
def test_any_bytes_are_refused_on_purpose(body: bytes) -> None:
    with pytest.raises((ProblemError, SummarizerError)):
        requests.read(body, SETTINGS)


def test_schema_lists_every_option_that_is_read() -> None:
    properties = requests.schema()["properties"]["options"]["properties"]
    assert set(properties) == set(requests.RequestOptions.model_fields)


def read_review(content: object) -> AskedReview:
    return requests.read_review(json.dumps(content).encode(), SETTINGS)


def test_request_to_check_a_text_is_read() -> None:
    options = {"language": "de", "include_text": True}
    asked = read_review({"text": "Said.", "documents": ["One."], "options": options})
    assert (asked.text, asked.language, asked.include_text) == ("Said.", "de", True)
    assert [document.text for document in asked.documents] == ["One."]


def test_options_of_a_review_may_be_left_out() -> None:
    asked = read_review({"text": "Said.", "documents": ["One."]})
    assert (asked.language, asked.include_text) == (None, False)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"documents": []}, "text: a string is needed"),
        ({"text": [SECRET], "documents": []}, "text: a string is needed"),
        ({"text": "Said."}, "documents: an array"),
        ({"text": "Said.", "documents": [], "sources": []}, "sources: "),
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
