from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.evidence import Gathered, gather, main_language
from summarizer.limits import MAX_STORY_CHARS
from summarizer.models.engine import Evidence
from summarizer.text.normalise import document
from summarizer.types import Document

ENGLISH = "A gate of the dam broke early on Tuesday near the town of Kessel."
SPANISH = "Una compuerta de la presa se rompió el martes cerca del pueblo de Kessel."


def alone(documents: Sequence[Document]) -> dict[str, str]:
    """Let each document be its own origin."""
    return {each.id: each.id for each in documents}


def of(*documents: Document) -> Gathered:
    return gather(documents, alone(documents))


def only(text: str, title: str = "") -> tuple[Evidence, ...]:
    return of(document(text, title=title, language="en")).evidence


@given(st.lists(st.text(max_size=80), min_size=1, max_size=4), st.text(max_size=20))
def test_evidence_is_a_slice_of_its_document(texts: list[str], title: str) -> None:
    documents = [document(text, title=title, id=f"d{i}") for i, text in enumerate(texts)]
    by_id = {each.id: each for each in documents}
    for sentence in of(*documents).evidence:
        assert sentence.text == by_id[sentence.document].text[sentence.start : sentence.end]


@given(st.lists(st.text(max_size=80), min_size=1, max_size=30))
def test_no_two_sentences_share_an_alias(texts: list[str]) -> None:
    documents = [document(text, id=f"d{i}") for i, text in enumerate(texts)]
    aliases = [sentence.alias for sentence in of(*documents).evidence]
    assert len(aliases) == len(set(aliases))


def test_aliases_go_on_after_the_alphabet() -> None:
    documents = [document(f"Water rose by {i} metres.", id=f"d{i}") for i in range(28)]
    assert [e.alias for e in of(*documents).evidence][-3:] == ["Z0", "AA0", "AB0"]


def test_title_is_evidence_that_is_no_body_sentence() -> None:
    title, body = only(ENGLISH, title="Dam gate fails above Kessel")
    assert (title.kind, title.position, body.kind, body.position) == ("title", 0, "body", 0)
    assert title.usable


def test_headings_are_no_evidence() -> None:
    texts = [e.text for e in only(f"{ENGLISH}\n\n## What is known\n\nThe town is under water.")]
    assert texts == [ENGLISH, "The town is under water."]


def test_title_of_an_opinion_piece_is_never_usable() -> None:
    piece = document(ENGLISH, title="We deserve to see the contract", kind="opinion", language="en")
    assert [e.usable for e in of(piece).evidence] == [False, True]


def test_dateline_is_left_out_of_the_first_sentence() -> None:
    first, second = only(f"KESSEL, March 3 (Wire) - {ENGLISH}\n\nKESSEL - {ENGLISH} Water rose.")[
        :2
    ]
    assert first.text == ENGLISH
    assert second.text.startswith("KESSEL")


def test_date_above_the_first_sentence_does_not_take_its_position() -> None:
    date, first, second = only(f"Saturday, 1 January 2005.\n\n{ENGLISH} Water rose in the town.")
    assert (date.position, first.position, second.position) == (0, 0, 1)


def test_furniture_is_kept_for_its_words_but_not_usable() -> None:
    caption, sentence = only(f"Photo: The dam at dawn on Tuesday in Kessel.\n\n{ENGLISH}")
    assert (caption.usable, sentence.usable) == (False, True)


def test_sentence_with_a_pronoun_in_front_leans_on_the_one_before() -> None:
    first, second = only(f"{ENGLISH} It had been inspected in the month of May.")
    assert (first.leans, second.leans) == (False, True)


def test_document_without_a_sentence_that_stands_alone_is_used_as_it_is() -> None:
    (sentence,) = only("It had been inspected")
    assert (sentence.usable, sentence.leans) == (True, False)


def test_documents_in_another_language_are_left_out() -> None:
    english = document(f"{ENGLISH} The town of Kessel is under water.", language="en", id="en")
    spanish = document(SPANISH, language="es", id="es")
    assert {e.document for e in of(spanish, english).evidence} == {"en"}


def test_documents_of_unknown_language_are_read_with_the_others() -> None:
    known, unknown = document(ENGLISH, language="en"), document("Kessel 2026", id="unknown")
    assert "unknown" in {e.document for e in of(known, unknown).evidence}


def test_main_language_has_most_words_rather_than_most_documents() -> None:
    short = [document("Agua.", language="es") for _ in range(3)]
    assert main_language([*short, document(ENGLISH, language="en")]) == "en"


def test_main_language_is_the_earlier_one_at_a_tie() -> None:
    tied = [document("Agua subió.", language="es"), document("Water rose.", language="en")]
    assert (main_language(tied), main_language(tied[::-1])) == ("es", "en")


def test_main_language_is_known_when_any_is() -> None:
    unknown = document("x y z", language="und")
    assert main_language([unknown]) == "und"
    assert main_language([unknown, document("Agua.", language="es")]) == "es"


def test_reprints_come_last_and_add_only_what_their_origin_lost() -> None:
    extra = "The school of Kessel stays closed until the end of March."
    report = document(ENGLISH, language="en", id="report")
    reprint = document(f"{ENGLISH} {extra}", language="en", id="reprint")
    other = document("The mayor of Kessel asked for help.", language="en", id="other")
    origin = {"report": "report", "reprint": "report", "other": "other"}
    gathered = gather([report, reprint, other], origin)
    assert [(e.document, e.text, e.origin) for e in gathered.evidence] == [
        ("report", ENGLISH, "report"),
        ("other", "The mayor of Kessel asked for help.", "other"),
        ("reprint", extra, "report"),
    ]


def test_sentence_of_two_origins_is_usable_once_and_speaks_for_both() -> None:
    documents = [document(ENGLISH, language="en", id=name) for name in "ab"]
    assert [(e.origin, e.usable) for e in of(*documents).evidence] == [("a", True), ("b", False)]


def test_whole_article_is_read() -> None:
    assert of(document(f"{ENGLISH} " * 100, language="en")).cut == ()


def test_only_the_beginning_of_a_book_is_read_and_it_is_named() -> None:
    book = document(f"{ENGLISH}\n" * (MAX_STORY_CHARS // 30), language="en", id="book")
    gathered = of(book)
    assert gathered.cut == ("book",)
    assert max(e.end for e in gathered.evidence) <= MAX_STORY_CHARS


def test_large_story_reads_the_beginning_of_many_documents(
    articles: Mapping[str, Document],
) -> None:
    long = "\n\n".join(each.text for each in articles.values() if each.language == "en")
    documents = [document(long, language="en", id=f"d{i}") for i in range(40)]
    gathered = of(*documents)
    read: dict[str, int] = {}
    for sentence in gathered.evidence:
        read[sentence.document] = max(sentence.end, read.get(sentence.document, 0))
    assert sum(read.values()) <= MAX_STORY_CHARS
    assert len(read) > 20
    assert set(gathered.cut) == {each.id for each in documents}


def test_main_language_decides_how_unknown_documents_are_read() -> None:
    known = document(ENGLISH, language="en")
    unknown = replace(document("Kessel 2026", id="unknown"), language="und")
    assert {e.language for e in of(known, unknown).evidence} == {"en"}


def test_dateline_below_a_byline_is_left_out() -> None:
    report = document(
        "By Della Marchbank\n\nKESSEL, March 3 (Northern Wire) - The dam broke on Tuesday night.",
        language="en",
    )
    found = gather([report], {report.id: report.id}).evidence
    assert [e.text for e in found if e.usable] == ["The dam broke on Tuesday night."]
