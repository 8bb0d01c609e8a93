"""Earlier briefings: what is read of their JSON, and what is refused by the name of its field."""

import copy
import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import summarizer
from summarizer.briefing import previous
from summarizer.errors import InputError
from summarizer.types import Document, plain

SECRET = "xyzzy"  # noqa: S105 - what must not come back


@pytest.fixture(scope="session")
def content(articles: Mapping[str, Document]) -> dict[str, Any]:
    """Return the parsed JSON of a briefing."""
    made = summarizer.brief(articles.values(), stories=4)
    read: dict[str, Any] = json.loads(json.dumps(plain(made)))
    return read


def changed(content: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return a copy in which one field has another value; `...` removes it."""
    made = copy.deepcopy(content)
    *way, last = (int(key) if key.isdigit() else key for key in path.split("."))
    place: Any = made
    for key in way:
        place = place[key]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return made


def test_briefing_and_its_json_read_the_same(articles: Mapping[str, Document]) -> None:
    made = summarizer.brief(articles.values())
    content = json.loads(json.dumps(plain(made)))
    assert previous.read_all([made]) == previous.read_all([content])


def test_everything_printed_is_read(content: dict[str, Any]) -> None:
    read = previous.read(content, where="monday.json")
    assert len(read.stories) == len(content["stories"]) + len(content["in_brief"])
    first, given_first = read.stories[0], content["stories"][0]
    assert [claim.text for claim in first.printed] == [
        given_first["headline"]["text"],
        *(claim["text"] for claim in given_first["claims"]),
    ]
    line, given_line = read.stories[-1], content["in_brief"][-1]
    assert (line.headline.text, line.claims) == (given_line["claim"]["text"], ())
    assert set(read.documents) == {entry["id"] for entry in content["documents"]}
    assert str(read.day) == content["day"]


def test_fields_that_are_not_needed_may_be_unknown_or_missing(content: dict[str, Any]) -> None:
    expected = previous.read(content, where="a")
    for path in ("lead", "usage", "notes", "corrections", "stories.0.change", "title"):
        assert previous.read(changed(content, path, ...), where="a") == expected
    assert previous.read(content | {"mood": SECRET}, where="a") == expected


def test_corrections_that_were_listed_are_known(content: dict[str, Any]) -> None:
    listed = [{"document": "d", "was": "It sank.", "claim": "c", "now": None}]
    read = previous.read(content | {"corrections": listed}, where="a")
    assert read.corrected == {("d", "It sank.")}


@pytest.mark.parametrize("written", ["2026-03-04T10:00:00+05:00", "2026-03-04"])
def test_publication_is_the_calendar_date_as_written(content: dict[str, Any], written: str) -> None:
    read = previous.read(changed(content, "documents.0.published", written), where="a")
    name = content["documents"][0]["id"]
    assert str(read.documents[name].published) == "2026-03-04"


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("schema", "summarizer.briefing/2", "field schema cannot be read"),
        ("schema", ..., "field schema is missing"),
        ("id", ..., "field id is missing"),
        ("day", SECRET, "field day cannot be read"),
        ("stories", {}, "field stories cannot be read"),
        ("stories.0.headline", SECRET, "field stories[0].headline cannot be read"),
        ("stories.0.claims.0.text", 3, "field stories[0].claims[0].text cannot be read"),
        ("stories.0.claims.0.citations", [], "field stories[0].claims[0].citations cannot"),
        ("stories.0.claims.0.citations.0.start", True, "citations[0].start cannot be read"),
        ("stories.0.claims.0.citations.0.start", -1, "citations[0].start cannot be read"),
        ("stories.0.claims.0.citations.0.document", SECRET, "citations[0].document cannot"),
        ("in_brief.0.documents.0", SECRET, "field in_brief[0].documents[0] cannot be read"),
        ("documents.0.url", 3, "field documents[0].url cannot be read"),
        ("documents.0.sha256", ..., "field documents[0].sha256 is missing"),
        ("documents.0.published", SECRET, "field documents[0].published cannot be read"),
        ("stories.0.id", "\ud800", "field stories[0].id cannot be read"),
    ],
)
def test_unusable_field_is_named_without_its_value(
    content: dict[str, Any], path: str, value: object, field: str
) -> None:
    with pytest.raises(InputError) as caught:
        previous.read(changed(content, path, value), where="monday.json")
    assert str(caught.value).startswith("monday.json: ")
    assert field in str(caught.value)
    assert SECRET not in str(caught.value)


def test_place_of_a_briefing_that_is_none_is_named() -> None:
    with pytest.raises(InputError, match=r"^previous\[1\]: field schema is missing"):
        previous.read_all([summarizer.brief(["Water rose in Kessel."]), {}])


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["id", "day", "stories", "documents"]), inner)
        ),
    )
)
def test_any_json_is_read_or_refused_on_purpose(value: object) -> None:
    given_value = {"schema": "summarizer.briefing/1", "stories": value, "documents": value}
    for content in (value, given_value):
        with pytest.raises(InputError):
            previous.read(content, where="a")
