from dataclasses import replace

from hypothesis import given

from summarizer.models.concepts import weigh
from summarizer.models.engine import Evidence
from tests.models.evidence import concepts_of, sentence, stories


def test_concepts_are_adjacent_stems_and_never_two_stop_words() -> None:
    found = concepts_of(sentence("The dams of the valleys broke"))
    assert ("the", "dam") in found
    assert ("of", "the") not in found


@given(stories())
def test_each_origin_votes_once(evidence: tuple[Evidence, ...]) -> None:
    concepts = [concepts_of(e) for e in evidence]
    twice = [replace(e, document=f"{e.document}2") for e in evidence]
    assert weigh([*evidence, *twice], concepts * 2) == weigh(evidence, concepts)


def test_concept_of_two_origins_weighs_more_than_that_of_one() -> None:
    evidence = [
        sentence("dam gate", "A"),
        sentence("dam gate", "B"),
        sentence("ferry port", "C"),
    ]
    weights = weigh(evidence, [concepts_of(e) for e in evidence])
    assert weights["dam", "gate"] > weights["ferri", "port"] > 0


def test_concept_weighs_more_the_earlier_a_document_mentions_it() -> None:
    evidence = [sentence("dam gate", "A", 0), sentence("ferry port", "A", 5)]
    weights = weigh(evidence, [concepts_of(e) for e in evidence])
    assert weights["dam", "gate"] > weights["ferri", "port"] > 0
