import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import InputError
from summarizer.sources import records
from summarizer.types import Document, Note

STORM = "A storm hit the coast on Monday night and cut the power of many homes."

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "title", "url", "id", "date", "published", "documents"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


def lines(*rows: str) -> list[Document | Note]:
    return list(records.parse_lines([f"{row}\n".encode() for row in rows], where="a.jsonl"))


def codes(items: list[Document | Note]) -> list[str]:
    return [item.code if isinstance(item, Note) else "document" for item in items]


def test_every_field_of_a_record_reaches_its_document() -> None:
    made, notes = records.parse(
        {
            "text": STORM,
            "title": "Storm hits coast",
            "url": " https://harbour.example/storm ",
            "source": "The Harbour",
            "date": "2026-03-04T06:00:00+01:00",
            "lang": "en-GB",
            "kind": "opinion",
            "id": 7,
            "mood": ["unknown keys", "are ignored"],
        },
        where="a.json",
    )
    assert made == Document(
        id="7",
        text=f"Storm hits coast\n\n{STORM}",
        title="Storm hits coast",
        source="The Harbour",
        url="https://harbour.example/storm",
        published="2026-03-04T06:00:00+01:00",
        language="en",
        kind="opinion",
    )
    assert notes == ()


def test_null_and_blank_fields_count_as_absent() -> None:
    bare, _ = records.parse({"text": STORM}, where="a")
    same, notes = records.parse(
        {"text": STORM, "title": None, "url": "", "id": " ", "published": None, "date": None},
        where="a",
    )
    assert same == bare
    assert notes == ()


def test_published_goes_before_date_unless_it_is_null() -> None:
    both, _ = records.parse({"text": "", "published": "2026-03-04", "date": "2020-01-01"}, where="")
    null, _ = records.parse({"text": "", "published": None, "date": "2020-01-01"}, where="")
    assert (both.published, null.published) == ("2026-03-04", "2020-01-01")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("url", "ftp://harbour.example", "bad_url"),
        ("url", "/srv/storm.html", "bad_url"),
        ("url", 5, "bad_url"),
        ("published", "last Tuesday", "bad_date"),
        ("date", 20260304, "bad_date"),
        ("id", "no spaces please", "id_replaced"),
        ("id", True, "id_replaced"),
        ("title", ["Storm"], "bad_field"),
        ("kind", {}, "bad_field"),
    ],
)
def test_a_field_that_cannot_be_used_costs_only_itself(
    field: str, value: object, code: str
) -> None:
    bare, _ = records.parse({"text": STORM, "source": "The Harbour"}, where="a")
    made, notes = records.parse(
        {"text": STORM, "source": "The Harbour", field: value}, where="a.jsonl, line 3"
    )
    assert made == bare
    assert [(note.code, note.documents) for note in notes] == [(code, (made.id,))]
    assert notes[0].message.startswith("a.jsonl, line 3: ")


def test_each_of_several_bad_fields_has_its_note() -> None:
    record = {"text": STORM, "url": "x", "date": "y", "id": "z z", "title": "Storm"}
    made, notes = records.parse(record, where="a")
    assert [note.code for note in notes] == ["bad_url", "bad_date", "id_replaced"]
    assert made.title == "Storm"


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (None, "is null"),
        ([], "is an array"),
        ("text", "is a string"),
        (1.5, "is a number"),
        ({}, "field text is missing"),
        ({"text": None}, "field text is missing"),
        ({"text": 5}, "field text is a number"),
        ({"text": True}, "field text is a boolean"),
        ({"text": {}}, "field text is an object"),
    ],
)
def test_a_record_without_text_is_refused_by_place_and_field(record: object, why: str) -> None:
    with pytest.raises(InputError, match=f"^news.json, item 2: .*{why}"):
        records.parse(record, where="news.json, item 2")


def test_an_empty_text_is_an_empty_document() -> None:
    made, notes = records.parse({"text": ""}, where="a")
    assert (made.text, notes) == ("", ())


def test_a_lone_surrogate_is_cleaned() -> None:
    made, _ = records.parse(records.loads('{"text": "a \\ud800 b \\u0000 c"}'), where="a")
    assert made.text == "a \ufffd b c"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "not JSON"),
        ("", "not JSON"),
        ("[NaN]", "NaN is no JSON number"),
        ('{"text": -Infinity}', "-Infinity is no JSON number"),
        ('{"a": 1, "a": 2}', "same key twice"),
        ("[" * 100_000, "nested too deep"),
        ('{"text":' * 100_000, "nested too deep"),
        ("9" * 5_000, "whole number too long"),
    ],
)
def test_what_is_not_strict_json_is_refused(text: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        records.loads(text)


def test_a_refusal_does_not_repeat_the_input() -> None:
    with pytest.raises(InputError) as refused:
        records.loads('{"secret words": secret}')
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "value",
    [
        {"text": STORM},
        [{"text": STORM}],
        {"documents": [{"text": STORM}]},
        {"text": None, "documents": [{"text": STORM}]},
    ],
)
def test_object_array_and_documents_mean_the_same(value: object) -> None:
    assert list(records.parse_all(value, where="a")) == [
        records.parse({"text": STORM}, where="")[0]
    ]


def test_documents_that_are_no_array_are_a_bad_line() -> None:
    assert codes(list(records.parse_all({"documents": 5}, where="a"))) == ["bad_line"]


def test_bad_lines_are_named_and_the_others_go_on() -> None:
    items = lines('{"text": "One storm."}', "no json", "", '{"title": "x"}', '{"text": "Two."}')
    assert codes(items) == ["document", "bad_line", "bad_line", "document"]
    messages = [item.message for item in items if isinstance(item, Note)]
    assert messages[0].startswith("a.jsonl, line 2: not JSON")
    assert messages[1].startswith("a.jsonl, line 4: field text is missing")


def test_a_line_of_documents_stands_for_its_documents() -> None:
    items = lines('{"documents": [{"text": "One."}, 5, {"text": "Two."}]}')
    assert codes(items) == ["document", "bad_line", "document"]
    assert isinstance(items[1], Note)
    assert items[1].message.startswith("a.jsonl, line 1, documents, item 2: ")


def test_lines_that_are_not_utf8_are_noted_once() -> None:
    row = '{"text": "Café"}\n'.encode("cp1252")
    items = list(records.parse_lines([row, row], where="a.jsonl"))
    assert codes(items) == ["charset", "document", "document"]
    assert isinstance(items[1], Document)
    assert items[1].text == "Café"


@given(JSON)
def test_any_json_gives_documents_and_notes_only(value: object) -> None:
    row = json.dumps(value).encode()
    assert all(isinstance(item, Document | Note) for item in records.parse_lines([row], where="a"))


@given(st.binary(max_size=100))
def test_any_bytes_on_a_line_are_survived(row: bytes) -> None:
    assert "document" not in codes(list(records.parse_lines([row], where="a")))


def test_unicode_line_separators_do_not_end_a_json_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One\u2028two\x85three"}\n', encoding="utf-8")
    with path.open("rb") as stream:
        assert codes(list(records.parse_lines(stream, where="a"))) == ["document"]
