from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing import agreement
from summarizer.briefing.agreement import Support
from summarizer.briefing.evidence import gather
from summarizer.models.engine import Evidence
from summarizer.text.normalise import document
from summarizer.types import Conflict

MONDAY, TUESDAY = "2025-03-03", "2025-03-04"
Report = tuple[str, str | None]  # text and day of publication


def containing(evidence: Sequence[Evidence], words: str) -> Evidence:
    return next(e for e in evidence if words in e.text)


def conflicts(*reports: Report, same_origin: bool = False) -> tuple[Conflict, ...]:
    documents = [
        document(text, id=f"d{i}", published=published, language="en")
        for i, (text, published) in enumerate(reports)
    ]
    origin = {each.id: "d0" if same_origin else each.id for each in documents}
    return agreement.conflicts(gather(documents, origin).evidence, {d.id: d for d in documents})


def summary(found: Sequence[Conflict]) -> list[tuple[str, str, list[str]]]:
    return [(c.about, c.kind, [value.value for value in c.values]) for c in found]


def ferry(number: str, published: str | None = MONDAY, place: str = "Kessel") -> Report:
    return f"{number} people were killed when a ferry sank off {place}, officials said.", published


def test_fact_in_two_reports_has_both_origins(evidence: Sequence[Evidence]) -> None:
    hospital = containing(evidence, "Fourteen people were taken to hospital")
    assert Support(evidence).origins(hospital) == {"dam", "town"}


def test_fact_in_one_report_has_one_origin(evidence: Sequence[Evidence]) -> None:
    power = containing(evidence, "400 households")
    assert Support(evidence).origins(power) == {"town"}


def test_reprint_adds_no_origin(evidence: Sequence[Evidence]) -> None:
    one_origin = [replace(e, origin="dam") for e in evidence]
    hospital = containing(one_origin, "Fourteen people were taken to hospital")
    assert Support(one_origin).origins(hospital) == {"dam"}


def test_title_of_another_report_is_no_support(evidence: Sequence[Evidence]) -> None:
    title = containing(evidence, "Lower town of Kessel flooded")
    others = [e for e in evidence if e.origin == "dam"]
    echo = replace(others[-1], text=title.text, words=title.words)
    assert Support([*others, title, echo]).origins(echo) == {"dam"}


def test_report_with_another_number_for_the_same_is_no_support() -> None:
    documents = [document(ferry(n)[0], id=n, language="en") for n in ("14", "21")]
    evidence = gather(documents, {"14": "14", "21": "21"}).evidence
    assert Support(evidence).origins(evidence[0]) == {"14"}


@pytest.mark.parametrize(("number", "n_origins"), [("800", 2), ("700", 1)])
def test_looser_wording_supports_only_with_the_same_numbers(number: str, n_origins: int) -> None:
    first = (
        "Kyushu Railway halted all trains on Monday, while Japan Airlines and Nippon Air dropped "
        "800 flights for the day, the broadcaster reported."
    )
    second = (
        "Kyushu Railway halted regular trains, and Japan Airlines and Nippon Air cancelled "
        f"{number} flights to the south, its rival wrote."
    )
    texts = (first, second, "Schools stayed closed. Two rivers burst. Shops had no power.")
    documents = [document(text, id=f"d{i}", language="en") for i, text in enumerate(texts)]
    evidence = gather(documents, {d.id: d.id for d in documents}).evidence
    assert len(Support(evidence).origins(evidence[0])) == n_origins


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_sentence_always_has_its_own_origin(texts: list[str]) -> None:
    documents = [document(text, id=f"d{i}") for i, text in enumerate(texts)]
    evidence = gather(documents, {each.id: each.id for each in documents}).evidence
    support = Support(evidence)
    assert all(e.origin in support.origins(e) for e in evidence)


def test_two_numbers_of_one_day_are_a_conflict() -> None:
    assert summary(conflicts(ferry("14"), ferry("21"))) == [("killed", "conflict", ["14", "21"])]


def test_numbers_of_two_days_are_an_update_newest_first() -> None:
    found = conflicts(ferry("14"), ferry("21", TUESDAY))
    assert summary(found) == [("killed", "update", ["21", "14"])]


def test_lower_bound_below_the_other_number_is_a_range() -> None:
    found = conflicts(ferry("At least 14"), ferry("21"))
    assert summary(found) == [("killed", "range", ["At least 14", "21"])]


def test_lower_bound_above_the_other_number_is_a_conflict() -> None:
    (found,) = conflicts(ferry("At least 24"), ferry("21"))
    assert found.kind == "conflict"


def test_versions_of_one_report_are_an_update() -> None:
    (found,) = conflicts(ferry("14"), ferry("21"), same_origin=True)
    assert found.kind == "update"


def test_conflict_of_the_newest_day_leaves_out_older_numbers() -> None:
    found = conflicts(ferry("14"), ferry("21", TUESDAY), ferry("30", TUESDAY))
    assert summary(found) == [("killed", "conflict", ["21", "30"])]


def test_report_without_a_day_is_not_taken_for_an_old_one() -> None:
    (found,) = conflicts(ferry("14"), ferry("21", None))
    assert found.kind == "conflict"


def test_equal_numbers_in_other_words_are_no_conflict() -> None:
    other = "A ferry sank off Kessel and killed fourteen people, police said.", MONDAY
    assert conflicts(ferry("14"), other) == ()


def test_each_value_cites_the_sentence_that_states_it() -> None:
    (found,) = conflicts(ferry("14"), ferry("21"))
    for value in found.values:
        assert value.value in value.citation.quote
        assert value.citation.quote == ferry(value.value)[0]


@pytest.mark.parametrize(
    "other",
    [
        "Two people were killed when a ferry sank off Kessel last year, officials said.",
        "In 2011, 21 people were killed when a ferry sank off Kessel, officials said.",
        "21 people could have been killed when the ferry sank off Kessel, officials said.",
        "Three of the people killed when a ferry sank off Kessel were children, officials said.",
        "21 soldiers were killed when a ferry sank off Kessel, officials said.",
        "2,100 people were killed when a ferry sank off Kessel, officials said.",
        "21 people have been killed since ferry services to Kessel began, officials said.",
        "Twenty-one people were killed when a lorry hit a bridge in Ostrand.",
        "21 people were injured when a ferry sank off Kessel, officials said.",
        "21 Menschen starben beim Untergang der Fähre vor Kessel.",
    ],
)
def test_number_of_something_else_is_not_compared(other: str) -> None:
    assert conflicts(ferry("14"), (other, MONDAY)) == ()


def test_report_that_knows_both_numbers_contradicts_neither() -> None:
    both = (
        "14 people were killed when a ferry sank off Kessel. Later 21 people were killed when "
        "another ferry sank off Kessel, officials said."
    )
    assert conflicts(ferry("14"), (both, MONDAY)) == ()


def test_other_slots_of_the_sentences_tell_events_apart() -> None:
    first = "14 people were killed and 30 were injured in the storm, officials said.", MONDAY
    second = "20 people were killed and 900 were injured in the storm, officials said.", MONDAY
    assert conflicts(first, second) == ()


def test_kind_of_people_is_compared_with_the_same_kind() -> None:
    first = "14 soldiers were killed in the raid on the camp, the army said.", MONDAY
    second = "20 soldiers were killed in the raid on the camp, a rebel said.", MONDAY
    assert summary(conflicts(first, second)) == [("killed", "conflict", ["14", "20"])]


def test_place_that_lies_in_the_other_is_the_same_place() -> None:
    context = "The harbour of Kessel, Varrow is closed.", MONDAY
    found = conflicts(ferry("14"), ferry("21", place="Varrow"), context)
    assert summary(found) == [("killed", "conflict", ["14", "21"])]


def test_places_of_a_list_are_two_places() -> None:
    context = "Ferries sank off Kessel and Varrow.", MONDAY
    assert conflicts(ferry("14"), ferry("21", place="Varrow"), context) == ()


def test_sentence_that_leans_takes_the_place_from_the_one_before() -> None:
    first = "A ferry sank off Kessel in a storm. They said 14 people were killed.", MONDAY
    second = "A ferry sank off Varrow in a storm. They said 21 people were killed.", MONDAY
    assert conflicts(first, second) == ()


def test_story_without_slots_has_no_conflicts() -> None:
    assert conflicts(("Nothing happened.", MONDAY), ("All is well.", MONDAY)) == ()


@given(st.lists(st.sampled_from(["14", "21", "At least 9", "30"]), min_size=1, max_size=5))
def test_every_conflict_has_at_least_two_different_values(numbers: list[str]) -> None:
    for found in conflicts(*(ferry(number) for number in numbers)):
        values = [value.value for value in found.values]
        assert len(set(values)) == len(values) >= 2
