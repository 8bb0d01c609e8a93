import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import types
from summarizer.briefing.options import Options
from summarizer.briefing.pipeline import brief
from summarizer.models.engine import Draft, Evidence, WriteRequest
from summarizer.text.normalise import document
from summarizer.types import Briefing, Citation, Claim, LedgerEntry, Usage, plain

KEYS = {
    "Briefing": (
        "schema id title day language engine status lead corrections stories in_brief topics "
        "withheld documents sources notes background prompts usage"
    ),
    "Story": (
        "id headline claims conflicts change unchanged documents origins articles see_also joined"
    ),
    "InBrief": "id claim documents see_also unchanged",
    "Claim": "id text verdict reason facet origins articles change previous citations",
    "Citation": "document start end quote page",
    "Conflict": "about kind values",
    "ConflictValue": "value citation",
    "Correction": "briefing claim document was now citation",
    "Withheld": "text verdict reason story citations",
    "LedgerEntry": (
        "id title source url published language kind text sha256 origin story use reason"
    ),
    "Review": "schema language claims documents",
    "Source": "name url status documents",
    "Note": "code message documents",
    "Usage": "calls cached_calls input_tokens output_tokens estimated cost_usd",
}

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@pytest.fixture
def briefing() -> Briefing:
    return brief([document("The dam of Kessel broke on Tuesday.", language="en")], Options())


@pytest.mark.parametrize(("name", "keys"), KEYS.items(), ids=KEYS)
def test_fields_are_the_keys_of_the_json_contract(name: str, keys: str) -> None:
    assert [field.name for field in dataclasses.fields(getattr(types, name))] == keys.split()


def test_every_value_is_frozen_and_slotted() -> None:
    named = [getattr(types, name) for name in [*KEYS, "Document", "Sentence", "Chunk"]]
    for value in [*named, Evidence, WriteRequest, Draft]:
        assert value.__dataclass_params__.frozen
        assert "__slots__" in vars(value)


@given(values)
def test_plain_data_survives_json(value: object) -> None:
    assert json.loads(json.dumps(plain(value))) == plain(value)


@given(st.integers(0), st.integers(0), st.text())
def test_value_becomes_an_object_in_the_order_of_its_fields(start: int, end: int, q: str) -> None:
    made = plain(Citation("d", start, end, q))
    assert made == {"document": "d", "start": start, "end": end, "quote": q, "page": None}
    assert isinstance(made, dict)
    assert " ".join(made) == KEYS["Citation"]


def test_json_of_a_briefing_has_every_key_also_where_nothing_is(briefing: Briefing) -> None:
    made = plain(briefing)
    assert isinstance(made, dict)
    assert " ".join(made) == KEYS["Briefing"]
    assert made["schema"] == "summarizer.briefing/1"
    assert (made["corrections"], made["topics"], made["prompts"]) == ([], [], {})


def test_texts_of_the_documents_are_left_out_unless_asked_for(briefing: Briefing) -> None:
    (entry,) = briefing.documents
    without, full = plain(entry), plain(entry, include_text=True)
    assert isinstance(without, dict)
    assert full == without | {"text": entry.text}
    assert "text" not in without


def test_texts_of_claims_always_stay(briefing: Briefing) -> None:
    claim = plain(briefing.stories[0].claims[0])
    assert isinstance(claim, dict)
    assert claim["text"] == "The dam of Kessel broke on Tuesday."


def test_value_cannot_be_changed(briefing: Briefing) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        briefing.title = "Another"  # type: ignore[misc]  # that is what is tested


def test_claim_and_ledger_entry_take_their_fields_by_name_only() -> None:
    for kind in (Claim, LedgerEntry, Briefing):
        with pytest.raises(TypeError):
            kind("x")  # type: ignore[call-arg]  # that is what is tested


def test_extractive_run_costs_nothing(briefing: Briefing) -> None:
    assert briefing.usage == Usage() == Usage(calls=0, input_tokens=0, cost_usd=0.0)
