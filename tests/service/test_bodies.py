"""JSON bodies: read strictly, refused by the name of a field, never repeated."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, field_validator

from summarizer.errors import InputError, LimitError, SummarizerError
from summarizer.service import bodies
from summarizer.service.problems import ProblemError

SECRET = "xyzzy"  # noqa: S105 - what must not come back
MALFORMED = [
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
]


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")

    word: str = ""


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: int = Field(1, ge=1)
    inner: tuple[Inner, ...] = ()

    @field_validator("number")
    @classmethod
    def _is_small(cls, value: int) -> int:
        if value > 9:
            raise InputError("number: at most 9")
        return value


@pytest.mark.parametrize("body", MALFORMED)
def test_body_that_is_no_json_object_is_malformed(body: bytes) -> None:
    with pytest.raises(ProblemError) as caught:
        bodies.decoded(body)
    assert caught.value.code == "malformed_body"
    assert SECRET not in str(caught.value)


@given(st.binary())
def test_any_bytes_are_read_or_refused_on_purpose(body: bytes) -> None:
    try:
        found = bodies.decoded(body)
    except ProblemError:
        return
    assert found == json.loads(body)


def test_fields_that_are_unknown_are_refused_without_their_name() -> None:
    assert bodies.fields(b'{"text": 1}', ("text",)) == {"text": 1}
    with pytest.raises(InputError, match=r"^unknown key: did you mean text\?$"):
        bodies.fields(b'{"texts": 1}', ("text", "options"))
    with pytest.raises(InputError, match=r"^unknown key: choose one of options, text$") as caught:
        bodies.fields(json.dumps({SECRET: 1}).encode(), ("text", "options"))
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"number": SECRET}, "where.number: "),
        ({"number": 0}, "where.number: "),
        ({"number": 10}, "number: at most 9"),
        ({"nubmer": 1}, "where: unknown key: did you mean number?"),
        ({"inner": [{SECRET: 1}]}, "where.inner.0: unknown key"),
        ([], "where: "),
        (SECRET, "where: "),
    ],
)
def test_value_of_no_use_is_refused_by_its_path(given: object, message: str) -> None:
    with pytest.raises(InputError) as caught:
        bodies.validated(given, Outer, where="where")
    assert str(caught.value).startswith(message)
    assert SECRET not in str(caught.value)


def test_value_without_a_place_is_refused_by_its_field() -> None:
    with pytest.raises(InputError, match=r"^number: "):
        bodies.validated({"number": 0}, Outer)
    with pytest.raises(InputError, match=r"^unknown key: "):
        bodies.validated({SECRET: 0}, Outer)


def test_nothing_stands_for_the_defaults() -> None:
    assert bodies.validated(None, Outer) == Outer()


@pytest.mark.parametrize(
    "address", ["https://example.org/feed.xml", "http://192.0.2.1:8080/", "https://[2001:db8::1]/"]
)
def test_web_addresses_are_taken_as_they_are(address: str) -> None:
    assert bodies.addresses([address, address]) == (address, address)


@pytest.mark.parametrize(
    "given",
    [SECRET, "/etc/passwd", "file:///etc/passwd", "ftp://example.org/", "https://", 3, None],
)
def test_what_is_no_web_address_is_refused_by_its_place(given: object) -> None:
    with pytest.raises(InputError, match=r"^sources\[1\]: an http or https address") as caught:
        bodies.addresses(["https://example.org/", given])
    assert SECRET not in str(caught.value)


def test_sources_are_an_array_of_a_bounded_length() -> None:
    with pytest.raises(InputError, match=r"^sources: an array"):
        bodies.addresses("https://example.org/")
    with pytest.raises(LimitError, match="1,000"):
        bodies.addresses(["https://example.org/"] * 1_001)


@given(st.lists(st.text()))
def test_any_list_of_texts_is_taken_or_refused_on_purpose(given: list[str]) -> None:
    try:
        assert bodies.addresses(given) == tuple(given)
    except SummarizerError:
        assert given
