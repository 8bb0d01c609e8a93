from collections.abc import Sequence

import pytest

from summarizer.briefing import agreement
from summarizer.briefing.evidence import gather
from summarizer.text.normalise import document
from summarizer.types import Citation, Claim, Conflict, Document

MONDAY, TUESDAY = "2025-03-03", "2025-03-04"


def reports(*texts: str, published: Sequence[str] = ()) -> list[Document]:
    days = published or [MONDAY] * len(texts)
    return [
        document(text, id=f"d{i}", published=day, language="en")
        for i, (text, day) in enumerate(zip(texts, days, strict=True))
    ]


def conflicts(*texts: str, published: Sequence[str] = ()) -> list[tuple[str, str, list[str]]]:
    documents = reports(*texts, published=published)
    evidence = gather(documents, {d.id: d.id for d in documents}).evidence
    found: tuple[Conflict, ...] = agreement.conflicts(evidence, {d.id: d for d in documents})
    return [(c.about, c.kind, [value.value for value in c.values]) for c in found]


def claim_of(text: str, cited: Document) -> Claim:
    citation = Citation(cited.id, 0, len(cited.text), cited.text)
    return Claim(
        id="c", text=text, verdict="supported", origins=1, articles=1, citations=(citation,)
    )


@pytest.mark.parametrize(
    ("about", "values", "first", "second"),
    [
        (
            "magnitude",
            ["6.1", "6.4"],
            "A magnitude 6.1 earthquake shook Kessel.",
            "Kessel was shaken by a 6.4-magnitude earthquake.",
        ),
        (
            "vote",
            ["51-48", "50 votes to 49"],
            "The council of Kessel voted 51-48 to build the bridge.",
            "The bridge was approved by 50 votes to 49 in the council of Kessel.",
        ),
        (
            "score",
            ["3-1", "2-1"],
            "Kessel Rovers beat Orlen United 3-1 in the cup final.",
            "Kessel Rovers had a 2-1 win over Orlen United in the cup final.",
        ),
        (
            "money: fine",
            ["$5 million", "$7 million"],
            "The Kessel plant paid a fine of $5 million for the spill.",
            "The Kessel plant must pay a $7 million fine for the spill.",
        ),
        (
            "date: sank",
            ["Sunday", "Saturday"],
            "The ferry Aurora sank on Sunday off Kessel with timber aboard.",
            "The ferry Aurora sank on Saturday off Kessel with timber aboard.",
        ),
        (
            "role: mayor",
            ["Ada Brenn", "Otto Lind"],
            "Kessel mayor Ada Brenn cancelled the carnival after the storm.",
            "The carnival was cancelled by Kessel mayor Otto Lind after the storm.",
        ),
    ],
)
def test_reports_that_differ_on_a_particular_are_a_conflict(
    about: str, values: list[str], first: str, second: str
) -> None:
    assert conflicts(first, second) == [(about, "conflict", values)]


def test_later_value_is_an_update() -> None:
    first = "A magnitude 6.1 earthquake shook Kessel."
    second = "A magnitude 6.4 earthquake shook Kessel."
    found = conflicts(first, second, published=[MONDAY, TUESDAY])
    assert found == [("magnitude", "update", ["6.4", "6.1"])]


def test_bound_that_allows_the_other_sum_is_a_range() -> None:
    first = "The Kessel plant paid a fine of more than $5 million for the spill."
    second = "The Kessel plant paid a fine of $7 million for the spill."
    assert conflicts(first, second) == [
        ("money: fine", "range", ["more than $5 million", "$7 million"])
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "The Kessel plant paid a fine of about $3 billion for the spill.",
            "The Kessel plant paid a fine of $2.9 billion for the spill.",
        ),
        (
            "A magnitude 6.1 earthquake shook Kessel.",
            "A magnitude 6.4 earthquake shook Kessel. A second magnitude 6.1 earthquake followed.",
        ),
        (
            "The ferry Aurora sank on Sunday off Kessel with timber aboard.",
            "Rescuers of the coast guard say that a yacht sank on Saturday in high waves.",
        ),
        (
            "Kessel mayor Ada Brenn cancelled the carnival after the storm.",
            "Kessel mayor Otto Lind cancelled the carnival after the storm. Ada Brenn retired.",
        ),
        (
            "A magnitude 6.1 earthquake struck near Kessel.",
            "A magnitude 6.4 earthquake struck near Orlen.",
        ),
    ],
)
def test_particulars_of_two_things_are_not_compared(first: str, second: str) -> None:
    assert conflicts(first, second) == []


def test_another_match_of_one_side_does_not_hide_a_conflict() -> None:
    first = "Kessel Rovers beat Orlen United 3-1 in the final. Kessel Rovers beat Tarvik 5-4."
    second = "Kessel Rovers beat Orlen United 2-1 in the final."
    assert conflicts(first, second) == [("score", "conflict", ["3-1", "2-1"])]


def test_long_list_of_officials_is_read_only_at_its_beginning() -> None:
    names = ["Ada", "Bo", "Cleo", "Dora", "Emil"]
    listed = " ".join(f"Kessel mayor {a}{b.lower()}a spoke." for a in names for b in names)
    assert conflicts(listed, "Kessel mayor Otto Lind spoke.") == []


def test_claim_that_states_one_side_is_disputed() -> None:
    documents = reports(
        "The mayor of Kessel, Ada Brenn, cancelled the carnival after the storm.",
        "Kessel mayor Otto Lind cancelled the carnival after the storm.",
    )
    by_id = {d.id: d for d in documents}
    evidence = gather(documents, {d.id: d.id for d in documents}).evidence
    found = agreement.conflicts(evidence, by_id)
    assert found
    for number, text, expected in [
        (0, "Kessel mayor Ada Brenn cancelled it.", True),
        (1, "Ada Brenn is the town's mayor.", False),
        (0, "Ada Brenn is the town's mayor.", True),
        (0, "The carnival was cancelled.", False),
    ]:
        claim = claim_of(text, documents[number])
        assert agreement.is_disputed(claim, found, by_id) is expected


def test_claim_that_states_one_number_of_an_update_is_not_disputed() -> None:
    documents = reports(
        "A magnitude 6.1 earthquake shook Kessel.",
        "A magnitude 6.4 earthquake shook Kessel.",
        published=[MONDAY, TUESDAY],
    )
    by_id = {d.id: d for d in documents}
    evidence = gather(documents, {d.id: d.id for d in documents}).evidence
    found = agreement.conflicts(evidence, by_id)
    claim = claim_of("A magnitude 6.4 earthquake shook Kessel.", documents[1])
    assert found
    assert not agreement.is_disputed(claim, found, by_id)


def test_number_of_a_disputed_sentence_in_other_words_is_disputed() -> None:
    documents = reports(
        "14 people were killed when a ferry sank off Kessel, officials said.",
        "21 people were killed when a ferry sank off Kessel, officials said.",
    )
    by_id = {d.id: d for d in documents}
    evidence = gather(documents, {d.id: d.id for d in documents}).evidence
    found = agreement.conflicts(evidence, by_id)
    claim = claim_of("The sinking cost fourteen of them their lives.", documents[0])
    assert agreement.is_disputed(claim, found, by_id)
