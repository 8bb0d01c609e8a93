import pytest

from summarizer.briefing import statements
from summarizer.briefing.evidence import gather
from summarizer.briefing.slots import Slot
from summarizer.briefing.statements import Geography, Statement
from summarizer.text.normalise import document


def told(text: str, published: str | None = "2025-03-05") -> tuple[Statement, ...]:
    doc = document(text, id="d", published=published, language="en")
    return statements.collect(gather([doc], {"d": "d"}).evidence, {"d": doc})


def stated(text: str, published: str | None = "2025-03-05") -> tuple[Statement, ...]:
    return tuple(each for each in told(text, published) if isinstance(each.slot, Slot))


def are_one(first: str, second: str) -> bool:
    (a, *_), (b, *_) = stated(first), stated(second)  # what is counted, then its date
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
    (one,) = stated("14 people were killed in Kessel on Tuesday.", published)
    assert one.value == (14, 14)


def test_count_since_an_older_day_is_stated_as_cumulative() -> None:
    (one,) = stated("14 people have been killed since 1 March 2024.")
    assert one.is_cumulative


def test_numbers_of_different_days_are_two_things() -> None:
    assert not are_one("14 people were killed on Monday.", "21 people were killed on Tuesday.")


def test_total_is_the_same_on_every_day() -> None:
    assert are_one("14 people were killed on Monday.", "The death toll rose to 21 on Tuesday.")


@pytest.mark.parametrize(("second", "expected"), [("100 people died.", True), ("200 died.", False)])
def test_numbers_too_far_apart_are_two_things(second: str, *, expected: bool) -> None:
    assert are_one("14 people died.", second) is expected


def test_place_names_are_taken_after_prepositions_but_not_from_dates() -> None:
    (one,) = stated("14 people were killed near Port Orlen in March.")
    assert one.places == {"port", "orlen"}


def test_place_that_few_documents_name_narrows_a_number_down() -> None:
    documents = [document(f"Kessel and {p}.", id=p, language="en") for p in ("Brenn", "Istrel")]
    documents.append(document("Kessel again.", id="last", language="en"))
    evidence = gather(documents, {d.id: d.id for d in documents}).evidence
    geography = Geography(evidence)
    nowhere = frozenset[str]()
    assert geography.agree(frozenset({"kesse"}), nowhere)
    assert not geography.agree(frozenset({"brenn"}), nowhere)


def test_particulars_are_stated_beside_counts() -> None:
    found = told("14 people were killed when a magnitude 6.1 earthquake struck on Tuesday.")
    assert [(each.slot.name, each.value) for each in found] == [
        ("killed", (14, 14)),
        ("magnitude", (6.1,)),
        ("date: struck", ("2025-03-04",)),
    ]


def test_particular_of_an_older_event_is_not_stated() -> None:
    assert told("A magnitude 6.1 earthquake struck Kessel last year.") == ()


def test_count_and_particular_never_agree() -> None:
    count, magnitude, _ = told("7 people died as a magnitude 7 quake struck on Tuesday.")
    assert not statements.may_agree(count, magnitude)
    assert not statements.is_same_thing(count, magnitude)


def test_values_are_read_with_their_names_and_as_written() -> None:
    assert statements.values("The firm paid a fine of $5 million.", "en", None) == (
        ("money: fine", "$5 million", (5e6,)),
    )


def test_document_is_asked_for_a_name_by_its_beginning() -> None:
    doc = document("Selenskyj was there.", id="d", language="en")
    geography = Geography(gather([doc], {"d": "d"}).evidence)
    assert geography.is_named("selenskyy", "d")
    assert not geography.is_named("selenskyj", "other")
