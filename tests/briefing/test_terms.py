from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.terms import MAX_PLACES, Finder, read
from summarizer.errors import InputError
from summarizer.types import Document


def found(terms: Sequence[str], text: str, language: str = "en") -> list[str]:
    document = Document(id="d", text=text, language=language)
    spans = Finder([[read(term) for term in terms]]).find(document).get(0, ())
    return [text[start:end] for start, end in spans]


def test_words_of_a_phrase_follow_each_other_in_order() -> None:
    text = "Bank of England; England's Bank; the bank of old England; of England."
    assert found(["Bank of England"], text) == ["Bank of England"]


@pytest.mark.parametrize(
    ("term", "written"),
    [
        ("interest rate", "interest-rate"),
        ("interest rate", "interest\u2011rates"),
        ("COVID-19", "Covid 19"),
        ("women's cup", "Women\u2019s Cup"),
        ("Trump tariffs", "Trump's tariffs"),
        ("Nord Stream", "Nord\u201d Stream"),
        ("AT&T", "AT&T"),
        ("St Petersburg", "St. Petersburg"),
        ("Bank of England", "Bank\nof England"),
        ("São Paulo", "Sao Paulo"),
    ],
)
def test_typography_between_words_makes_no_difference(term: str, written: str) -> None:
    assert found([term], f"They spoke of {written} there.") == [written]


@pytest.mark.parametrize("gap", [", ", "; ", ": ", " (", "\n\n", "! ", " x "])
def test_a_phrase_does_not_run_across_a_boundary(gap: str) -> None:
    assert found(["South Korea"], f"in the South{gap}Korea was") == []


@pytest.mark.parametrize("written", ["U.S.", "US", "US-led", "US's"])
def test_a_short_acronym_is_found_as_it_is_written(written: str) -> None:
    assert len(found(["US"], f"the {written} talks")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "tell us",
        "Us two",
        "THOSE OF US PRESENT",
        "TELL US EVERYTHING",
        "worth US$7 billion",
        "a USB stick",
    ],
)
def test_a_word_that_only_looks_like_an_acronym_is_none(text: str) -> None:
    assert found(["US"], text) == []


def test_an_acronym_among_others_or_after_a_dateline_is_found() -> None:
    assert found(["US"], "WASHINGTON, US and UK US EU envoys") == ["US", "US"]


def test_an_acronym_of_four_letters_may_be_written_as_a_name() -> None:
    text = "Nato and NATO, NATO's and nato"
    assert found(["NATO"], text) == ["Nato", "NATO", "NATO's"]


def test_several_acronyms_have_plurals() -> None:
    assert found(["NGO", "MP"], "NGOs and MPs") == ["NGOs", "MPs"]


def test_an_acronym_keeps_its_letters_before_a_korean_particle() -> None:
    assert found(["EU"], "EU는 eu는", "ko") == ["EU는"]


def test_a_phrase_typed_in_capitals_is_no_row_of_acronyms() -> None:
    assert found(["NEW YORK"], "in New York") == ["New York"]


def test_scripts_without_spaces_are_searched_by_characters() -> None:
    assert found(["伊朗"], "美国与伊朗的谈判。伊。朗", "zh") == ["伊朗"]
    assert found(["เลือกตั้ง"], "การเลือกตั้งทั่วไป", "th") == ["เลือกตั้ง"]


def test_an_excluded_term_takes_away_the_mentions_it_covers() -> None:
    terms = ["Jordan", "NOT Michael Jordan"]
    assert found(terms, "Michael Jordan met Jordan's king.") == ["Jordan's"]
    assert found(terms, "Michael Jordan said.") == []


def test_an_excluded_term_elsewhere_takes_away_all() -> None:
    assert found(["Jordan", "NOT basketball"], "Jordan won. He plays basketball.") == []


def test_of_overlapping_terms_the_longer_mention_stands() -> None:
    assert found(["Iran", "Iran deal", "deal"], "the Iran deal") == ["Iran deal"]


def test_topics_without_terms_find_nothing() -> None:
    assert Finder([]).find(Document(id="d", text="Iran")) == {}


def test_each_topic_has_its_own_mentions() -> None:
    finder = Finder([[read("dam")], [read("gate"), read("dam gate")]])
    text = "The dam gate broke."
    assert finder.find(Document(id="d", text=text)) == {0: ((4, 7),), 1: ((4, 12),)}


def test_places_of_one_document_are_bounded() -> None:
    assert len(found(["dam"], "dam " * 3 * MAX_PLACES)) == MAX_PLACES


def test_languages_are_read_by_their_own_rules() -> None:
    finder = Finder([[read("Haus")]])
    documents = [Document(id=code, text="Häuser", language=code) for code in ("de", "en")]
    assert [bool(finder.find(document)) for document in documents] == [True, False]


@pytest.mark.parametrize("term", ["", "NOT ", "...", "\u2014"])
def test_a_term_without_a_word_is_refused(term: str) -> None:
    with pytest.raises(InputError, match="no word"):
        read(term)


@given(
    st.lists(
        st.sampled_from(["US", "dam", "New York", "中国", "NOT dam", "U.S.", "1,5"]), max_size=5
    ),
    st.lists(st.sampled_from(["US", "dam", " ", "\n", ".", "New", "York", "中国", "'s", "1,5"])),
)
def test_mentions_are_in_order_and_lie_in_the_text(terms: list[str], parts: list[str]) -> None:
    text = "".join(parts)
    document = Document(id="d", text=text, language="en")
    spans = Finder([[read(term) for term in terms]]).find(document).get(0, ())
    assert all(text[start:end].strip() for start, end in spans)
    assert list(spans) == sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
