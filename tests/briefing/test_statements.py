import pytest

from summarizer.briefing import statements
from summarizer.briefing.evidence import gather
from summarizer.briefing.statements import Geography, Statement
from summarizer.text.normalise import document


def stated(text: str, published: str | None = "2025-03-05") -> tuple[Statement, ...]:
    doc = document(text, id="d", published=published, language="en")
    return statements.collect(gather([doc], {"d": "d"}).evidence, {"d": doc})


def are_one(first: str, second: str) -> bool:
    (a,), (b,) = stated(first), stated(second)
    return statements.is_same_thing(a, b)


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("14 people were killed in Kessel on 1 March 2024.", "2025-03-05"),
        ("14 people were killed in Kessel in 2024.", "2025-03-05"),
        ("14 people were killed in Kessel in 2024.", None),
        ("14 people were killed in Kessel two years ago.", "2025-03-05"),
    ],
)
def test_older_event_is_not_stated(text: str, published: str | None) -> None:
    assert stated(text, published) == ()


@pytest.mark.parametrize("published", ["2025-03-05", None])
def test_event_of_the_day_is_stated(published: str | None) -> None:
    (told,) = stated("14 people were killed in Kessel on Tuesday.", published)
    assert told.value == (14, 14)


def test_count_since_an_older_day_is_stated_as_cumulative() -> None:
    (told,) = stated("14 people have been killed since 1 March 2024.")
    assert told.is_cumulative


def test_numbers_of_different_days_are_two_things() -> None:
    assert not are_one("14 people were killed on Monday.", "21 people were killed on Tuesday.")


def test_total_is_the_same_on_every_day() -> None:
    assert are_one("14 people were killed on Monday.", "The death toll rose to 21 on Tuesday.")


@pytest.mark.parametrize(("second", "expected"), [("100 people died.", True), ("200 died.", False)])
def test_numbers_too_far_apart_are_two_things(second: str, *, expected: bool) -> None:
    assert are_one("14 people died.", second) is expected


def test_place_names_are_taken_after_prepositions_but_not_from_dates() -> None:
    (told,) = stated("14 people were killed near Port Orlen in March.")
    assert told.places == {"port", "orlen"}


def test_place_that_few_documents_name_narrows_a_number_down() -> None:
    documents = [document(f"Kessel and {p}.", id=p, language="en") for p in ("Brenn", "Istrel")]
    documents.append(document("Kessel again.", id="last", language="en"))
    evidence = gather(documents, {d.id: d.id for d in documents}).evidence
    geography = Geography(evidence)
    nowhere = frozenset[str]()
    assert geography.agree(frozenset({"kesse"}), nowhere)
    assert not geography.agree(frozenset({"brenn"}), nowhere)
