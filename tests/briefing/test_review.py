from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.review import FOREIGN, SOUND, review
from summarizer.errors import InputError, LimitError, NoUsableSourceError
from summarizer.limits import MAX_DOCUMENT_CHARS
from summarizer.text.normalise import clean, document
from summarizer.types import Claim, Document

WIRE = document(
    "Divers found seven bodies in the wreck of the ferry on Tuesday, the coastguard said. "
    "The search for eight missing people goes on. Schools in Kessel stay closed.",
    title="Seven bodies found in ferry",
    source="Northern Wire",
    published="2026-03-03",
    language="en",
    id="wire",
)
REPRINT = document(WIRE.text, source="Radio Varrow", language="en", id="reprint")
DAM = document(
    "A gate of the Orlen dam broke early on Tuesday. About 400 households had no power.",
    source="Lowland Gazette",
    language="en",
    id="dam",
)
DOCUMENTS = [WIRE, REPRINT, DAM]


def claims(text: str, documents: list[Document] = DOCUMENTS) -> tuple[Claim, ...]:
    return review(text, documents, language="en").claims


def claim(text: str) -> Claim:
    (only,) = claims(text)
    return only


def test_each_sentence_becomes_a_claim_in_the_order_of_the_text() -> None:
    texts = [
        "Schools in Kessel stay closed.",
        "Zebras sleep.",
        "About 400 households had no power.",
    ]
    assert [each.text for each in claims(" ".join(texts))] == texts


def test_sentence_of_a_source_is_verbatim_and_cites_itself_alone() -> None:
    found = claim("Schools in Kessel stay closed.")
    assert (found.verdict, found.reason) == ("verbatim", None)
    assert [citation.quote for citation in found.citations] == [found.text]


def test_wrong_number_is_not_sound_and_says_why() -> None:
    found = claim("Divers found nine bodies in the wreck of the ferry on Tuesday.")
    assert found.verdict not in SOUND
    assert found.reason
    assert found.citations[0].quote.startswith("Divers found seven bodies")


def test_reports_that_carry_a_sound_sentence_are_counted_without_reprints() -> None:
    found = claim("Divers found seven bodies in the wreck of the ferry on Tuesday.")
    assert found.verdict in SOUND
    assert (found.origins, found.articles) == (1, 2)


def test_no_report_carries_a_sentence_that_failed() -> None:
    found = claim("Divers found 900 bodies in the wreck of the ferry on Tuesday.")
    assert found.verdict not in SOUND
    assert (found.origins, found.articles) == (0, 0)


def test_markup_and_references_are_kept_in_the_text_and_not_checked() -> None:
    text = "**Schools** in Kessel stay closed [1, 2]."
    found = claim(text)
    assert (found.text, found.verdict) == (text, "verbatim")


def test_reference_after_the_stop_is_no_number_of_the_sentence() -> None:
    assert claim("Schools in Kessel stay closed. [17]").verdict == "verbatim"


def test_bullets_are_no_part_of_sentences() -> None:
    found = claims("- Schools in Kessel stay closed.\n- About 400 households had no power.")
    assert [each.verdict for each in found] == ["verbatim", "verbatim"]


@pytest.mark.parametrize("label", ["Summary", "What we know so far:", "## Key points", "***"])
def test_label_is_not_checked(label: str) -> None:
    assert len(claims(f"{label}\n\nSchools in Kessel stay closed.")) == 1


@pytest.mark.parametrize("headline", ["Nine bodies found in ferry", "# 21 dead", "DAM HOLDS FIRM"])
def test_headline_is_checked(headline: str) -> None:
    assert len(claims(f"{headline}\n\nSchools in Kessel stay closed.")) == 2


def test_order_of_documents_makes_no_difference() -> None:
    text = "Seven bodies were found. Power failed on Tuesday. Schools stay closed."
    assert len({review(text, list(order)) for order in permutations(DOCUMENTS)}) == 1


def test_ledger_has_every_document_once_and_says_which_are_cited() -> None:
    empty = document("", id="empty")
    made = review("Schools in Kessel stay closed.", [*DOCUMENTS, empty])
    assert {entry.id: entry.use for entry in made.documents} == {
        "wire": "cited",
        "reprint": "background",
        "dam": "background",
        "empty": "excluded",
    }
    assert {entry.id: entry.origin for entry in made.documents}["reprint"] == "wire"


def test_language_is_that_given_or_else_that_of_the_text() -> None:
    text = "Schools in Kessel stay closed and nobody knows for how long."
    assert review(text, DOCUMENTS).language == "en"
    assert review(text, DOCUMENTS, language="de").language == "de"


def test_sentence_over_sources_in_another_language_is_located_by_names_and_numbers() -> None:
    german = document("In Santarém starben 4312 Menschen. In Kessel regnet es.", language="de")
    (found,) = review("In Santarém 4312 people died.", [german], language="en").claims
    assert found.citations[0].quote == "In Santarém starben 4312 Menschen."
    assert (found.verdict, found.reason) == ("unsupported", FOREIGN)


def test_sentence_of_which_the_sources_hold_little_is_not_supported() -> None:
    found = claim("Zebras stay asleep while standing.")
    assert (found.verdict, found.origins) == ("unsupported", 0)
    assert len(found.citations) == 1


@pytest.mark.parametrize("text", ["", " \n", "***", "Summary\n\nKey points:\n\n", "\u200b"])
def test_text_without_a_sentence_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="has no sentence: give at least one"):
        review(text, DOCUMENTS)


def test_text_longer_than_a_document_is_refused() -> None:
    with pytest.raises(LimitError, match="2,000,000 characters: check it in several parts"):
        review("a" * (MAX_DOCUMENT_CHARS + 1), DOCUMENTS)


def test_language_that_is_no_code_is_refused() -> None:
    with pytest.raises(InputError, match="ISO 639"):
        review("Schools stay closed.", DOCUMENTS, language="English")


@pytest.mark.parametrize("documents", [[], [document("")]])
def test_nothing_to_compare_with_is_no_source(documents: list[Document]) -> None:
    with pytest.raises(NoUsableSourceError):
        review("Schools stay closed.", documents)


@given(st.text(max_size=300))
def test_any_text_is_checked_sentence_by_sentence_or_refused(text: str) -> None:
    try:
        made = review(text, DOCUMENTS)
    except InputError:
        return
    cleaned = clean(text)
    texts = {each.id: each.text for each in DOCUMENTS}
    for each in made.claims:
        assert each.text in cleaned
        assert each.citations
        assert all(c.quote == texts[c.document][c.start : c.end] for c in each.citations)
        assert (each.origins > 0) == (each.verdict in SOUND)


@pytest.mark.parametrize(
    "unit", ["a", "\u0301", "\u202e", "[1", "1,", "A.", "\u505c", "**", "\u3010"]
)
def test_hostile_text_is_no_trouble(unit: str) -> None:
    assert claims(f"[{unit * 1_000}. Schools in Kessel stay closed.")
