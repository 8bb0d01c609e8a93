"""JSON and text as any database takes them."""

from hypothesis import given
from hypothesis import strategies as st

from summarizer.service.store.encoding import dumps, loads, storable

CHARACTERS = st.characters(codec=None, exclude_categories=())
TEXTS = st.text(CHARACTERS | st.sampled_from('\0\ud800\udfff\\"u'))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=9,
)


@given(VALUES)
def test_value_comes_back_unchanged_from_text_a_database_takes(value: object) -> None:
    written = dumps(value)  # type: ignore[arg-type]
    assert loads(written) == value
    assert storable(written) == written


@given(TEXTS)
def test_storable_text_can_be_encoded_and_is_as_long(text: str) -> None:
    kept = storable(text)
    assert b"\0" not in kept.encode()
    assert len(kept) == len(text)
    assert storable(kept) == kept
