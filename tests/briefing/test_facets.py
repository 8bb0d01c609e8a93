import pytest

from summarizer.briefing import facets
from summarizer.briefing.evidence import gather
from summarizer.text.normalise import document
from summarizer.types import Citation, Claim, Conflict, ConflictKind, ConflictValue, Document

MONDAY = "2025-03-03"


def report(text: str, name: str = "d0", language: str = "en") -> Document:
    return document(text, id=name, published=MONDAY, language=language)


def claim(doc: Document, text: str | None = None, *, origins: int = 1) -> Claim:
    citation = Citation(doc.id, 0, len(doc.text), doc.text)
    return Claim(
        id=f"c{doc.id}",
        text=text or doc.text,
        verdict="verbatim",
        origins=origins,
        articles=1,
        citations=(citation,),
    )


def facet(text: str, language: str = "en") -> str:
    doc = report(text, language=language)
    (told,) = facets.assign([claim(doc)], (), gather([doc], {"d0": "d0"}).evidence, {"d0": doc})
    return told.facet


def differing(doc: Document, value: str, kind: ConflictKind = "conflict") -> Conflict:
    citation = Citation(doc.id, 0, len(doc.text), doc.text)
    return Conflict("killed", kind, (ConflictValue(value, citation), ConflictValue("9", citation)))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The cause of the fire was not immediately clear.", "open"),
        ("en", "The cause of the crash is under investigation, police said.", "open"),
        ("en", "The fire was caused by a cigarette, police said.", "why"),
        ("en", "The court will hear the case on 20 March 2025.", "next"),
        ("en", "The court heard the case on 20 January 2025.", "timeline"),
        ("en", "The court will hear the case soon.", "happened"),
        ("en", "The court will be closed by 2030.", "happened"),
        ("en", "The court heard the case on Sunday.", "happened"),
        ("de", "Das Gericht wird den Fall am 20. März 2025 verhandeln.", "next"),
        ("en", "A gate of the dam broke early in the morning.", "happened"),
        ("en", "Is it unclear why the gate of the dam broke?", "happened"),
        ("en", 'He said: "It is unclear why it broke."', "happened"),
        ("de", "Die Ursache des Feuers war zunächst unklar.", "open"),
        ("fr", "Le bilan reste à déterminer.", "open"),
        ("es", "Se desconoce la causa del incendio.", "open"),
        ("pt", "Ainda não se sabe quem provocou o fogo.", "open"),
        ("ru", "Причины пожара выясняются.", "open"),
        ("ar", "لم يتضح سبب الحريق.", "open"),
        ("zh", "起火原因不明。", "open"),
        ("und", "The cause of the fire was not immediately clear.", "happened"),
    ],
)
def test_facet_is_read_from_the_words_of_the_claim(language: str, text: str, expected: str) -> None:
    assert facet(text, language) == expected


def test_claim_with_one_side_of_a_conflict_differs() -> None:
    doc = report("14 people were killed when a ferry sank.")
    evidence = gather([doc], {"d0": "d0"}).evidence
    (told,) = facets.assign([claim(doc)], [differing(doc, "14")], evidence, {"d0": doc})
    assert told.facet == "differ"


def test_same_value_in_another_sentence_differs_too() -> None:
    doc, other = report("14 people were killed when a ferry sank."), report("14 died.", "d1")
    evidence = gather([doc, other], {"d0": "d0", "d1": "d1"}).evidence
    by_id = {"d0": doc, "d1": other}
    (told,) = facets.assign([claim(other)], [differing(doc, "14")], evidence, by_id)
    assert told.facet == "differ"


@pytest.mark.parametrize("kind", ["update", "range"])
def test_value_of_an_update_or_range_is_no_dispute(kind: ConflictKind) -> None:
    doc = report("14 people were killed when a ferry sank.")
    evidence = gather([doc], {"d0": "d0"}).evidence
    (told,) = facets.assign([claim(doc)], [differing(doc, "14", kind)], evidence, {"d0": doc})
    assert told.facet == "happened"


def test_claim_that_leaves_the_disputed_value_out_is_no_dispute() -> None:
    doc = report("14 people were killed when a ferry sank.")
    evidence = gather([doc], {"d0": "d0"}).evidence
    short = claim(doc, "A ferry sank.")
    (told,) = facets.assign([short], [differing(doc, "14")], evidence, {"d0": doc})
    assert told.facet == "happened"


STORY = (
    "A gate of the Orlen dam broke early on Tuesday and flooded the lower town of Kessel.",
    "The gate of the dam at Orlen broke on Tuesday, and the lower town of Kessel was flooded.",
    "Water stands in Kessel's lower town after a gate of the Orlen dam broke on Tuesday.",
)
SCOOP = "The operator of the dam had postponed an inspection of its rusted hinges twice."


def alone(n_reports: int, text: str = SCOOP, *, origins: int = 1) -> str:
    documents = [report(STORY[i], f"d{i}") for i in range(n_reports - 1)] + [report(text, "last")]
    evidence = gather(documents, {d.id: d.id for d in documents}).evidence
    by_id = {d.id: d for d in documents}
    told = facets.assign([claim(documents[-1], origins=origins)], (), evidence, by_id)
    return told[0].facet


def test_what_one_of_three_reports_tells_is_alone() -> None:
    assert alone(3) == "alone"


def test_two_reports_are_too_few_to_be_alone() -> None:
    assert alone(2) == "happened"


def test_supported_claim_is_not_alone() -> None:
    assert alone(3, origins=2) == "happened"


def test_claim_that_another_report_tells_in_other_words_is_not_alone() -> None:
    assert alone(3, STORY[2]) == "happened"


def test_short_claim_is_not_alone() -> None:
    assert alone(3, "The hinges had rusted.") == "happened"


def test_at_most_three_claims_of_a_story_are_alone() -> None:
    texts = (
        "Merchants of the old harbour promised their painter a new boat before winter.",
        "Seven teachers founded an orchestra inside the empty county library last autumn.",
        "The bishop sold his red tractor and bought twelve goats for the monastery.",
        "Miners donated lamps, blankets and tea to a hospital across the border.",
    )
    documents = [report(text, f"d{i}") for i, text in enumerate(texts)]
    evidence = gather(documents, {d.id: d.id for d in documents}).evidence
    told = facets.assign([*map(claim, documents)], (), evidence, {d.id: d for d in documents})
    assert [each.facet for each in told].count("alone") == facets.MAX_ALONE


def test_claims_keep_their_order_and_words() -> None:
    documents = [report(text, f"d{i}") for i, text in enumerate(STORY)]
    claims = [*map(claim, documents)]
    evidence = gather(documents, {d.id: d.id for d in documents}).evidence
    told = facets.assign(claims, (), evidence, {d.id: d for d in documents})
    assert [(c.id, c.text) for c in told] == [(c.id, c.text) for c in claims]
