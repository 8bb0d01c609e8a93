from typing import Any

from benchmarks.citing import Gold, is_cited, is_copy, read, reworded
from summarizer.text.normalise import document
from summarizer.types import Citation

ROW: dict[str, Any] = {
    "documents": [
        {"doc_id": "0.txt", "sentences": ["The  dam held.\n", " ", "It rained. "]},
        {"doc_id": "1.txt", "sentences": ["Snow fell."]},
    ],
    "highlights": [
        {"documentFile": "0.txt", "sent_idx": 2, "scuSentence": "Rain came."},
        {"documentFile": "1.txt", "sent_idx": 0, "scuSentence": "Rain came."},
    ],
}


def test_chosen_sentences_are_spans_of_the_cleaned_documents() -> None:
    documents, gold = read(ROW)
    by_id = {each.id: each.text for each in documents}
    assert by_id == {"d0": "The dam held.\nIt rained.", "d1": "Snow fell."}
    (chosen,) = gold.values()
    assert [by_id[g.document][g.start : g.end] for g in chosen] == ["It rained.", "Snow fell."]


def test_citation_of_half_of_a_chosen_sentence_counts_and_of_less_does_not() -> None:
    gold = Gold("d", 10, 30, "")
    assert is_cited(gold, Citation("d", 0, 20, ""))
    assert not is_cited(gold, Citation("d", 0, 19, ""))
    assert not is_cited(gold, Citation("e", 10, 30, ""))


def test_same_words_elsewhere_are_a_copy() -> None:
    gold = Gold("d", 0, 10, "It rained.")
    assert is_copy(gold, Citation("e", 5, 15, "it rained"))
    assert not is_copy(gold, Citation("e", 5, 15, "It snowed."))


def test_sentences_to_locate_come_from_documents_spread_over_all() -> None:
    documents = [document(f"Opening. Water rose to {n} metres.", language="en") for n in range(10)]
    assert reworded(documents, 2) == ["metres. 0 to rose Water", "metres. 5 to rose Water"]
