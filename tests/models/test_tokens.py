import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.models import tokens
from tests.fake_llm import tokens as fake


@given(st.text())
def test_estimate_is_never_below_a_token_for_four_bytes(text: str) -> None:
    assert tokens.estimate(text) >= fake.count(text)


@given(st.text(), st.text())
def test_longer_text_has_no_fewer_tokens(a: str, b: str) -> None:
    assert tokens.estimate(a + b) >= tokens.estimate(a)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("", 1, 1),
        ("Engineers opened the sluice gates of the dam on Wednesday.", 12, 18),
        ('{"id": "A12", "text": "', 8, 20),
        ("1,234,567", 5, 9),
        ("Der Wasserstand über der Brücke fällt.", 9, 14),
        ("Уровень воды упал.", 8, 14),
        ("大坝的水位正在下降。", 10, 20),
    ],
)
def test_estimate_is_near_what_tokenizers_make(text: str, least: int, most: int) -> None:
    assert least <= tokens.estimate(text) <= most
