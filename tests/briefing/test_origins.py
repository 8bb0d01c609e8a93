from collections.abc import Iterable, Mapping

from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.origins import group
from summarizer.text.normalise import document
from summarizer.types import Document

WORDS = ("dam", "gate", "ferry", "port", "bank", "rate")
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


def made(texts: Iterable[str]) -> list[Document]:
    return [document(text, language="en", id=f"d{i}") for i, text in enumerate(texts)]


def prose(name: str, n_words: int) -> str:
    """Return words that no other name shares."""
    return " ".join(f"{name}x{i}" for i in range(n_words))


def body(article: Document) -> list[str]:
    """Return the paragraphs of an article without its title."""
    return article.text.split("\n\n")[1:]


@given(st.lists(texts, max_size=8))
def test_origin_is_named_by_its_first_document(written: list[str]) -> None:
    origins = group(made(written))
    assert len(origins) == len(written)
    for i, origin in enumerate(origins):
        assert origin <= i
        assert origins[origin] == origin


@given(st.lists(texts.filter(bool), max_size=6))
def test_exact_copies_share_the_origin_of_what_they_copy(written: list[str]) -> None:
    origins = group(made(written + written))
    assert origins[len(written) :] == origins[: len(written)]


def test_documents_without_words_are_no_copies_of_each_other() -> None:
    assert group(made(["", "!", ""])) == [0, 1, 2]


def test_documents_of_one_word_are_told_apart_by_it() -> None:
    assert group(made(["dam", "ferry", "dam"])) == [0, 1, 0]


def test_forty_copies_under_other_titles_are_one_origin(articles: Mapping[str, Document]) -> None:
    paragraphs = "\n\n".join(body(articles["03/dam-northern-wire"]))
    copies = [document(paragraphs, title=f"Version {i}", source=f"Paper {i}") for i in range(40)]
    assert group(copies) == [0] * 40


def test_shortened_copy_with_another_title_and_dateline_is_the_same_origin(
    articles: Mapping[str, Document],
) -> None:
    for name in ("03/dam-northern-wire", "03/ferry-northern-wire", "03/cheese-harbour-post"):
        original = articles[name]
        paragraphs = body(original)
        n_kept = round(0.6 * len(paragraphs))
        for kept in (paragraphs[:n_kept], paragraphs[-n_kept:]):
            copy = document("HALVERN (Wire) - " + "\n\n".join(kept), title="Quite another title")
            assert group([original, copy]) == [0, 0]
            assert group([copy, original]) == [0, 0]


def test_reports_of_one_event_by_two_newsrooms_are_two_origins(
    articles: Mapping[str, Document],
) -> None:
    reports = [articles[f"03/ferry-{name}"] for name in ("northern-wire", "meridian-daily")]
    assert group(reports) == [0, 1]


def test_boilerplate_of_two_hundred_documents_joins_nothing() -> None:
    boilerplate = prose("legal", 60)
    documents = made(f"{prose(f'report{i}', 300)}\n\n{boilerplate}" for i in range(200))
    assert group(documents) == list(range(200))


def test_copy_of_a_copy_with_other_paragraphs_is_the_same_origin() -> None:
    first, second, third = (prose(name, 120) for name in ("one", "two", "three"))
    documents = made([f"{first}\n{second}", f"{second}\n{third}", third])
    assert group(documents) == [0, 0, 0]


def test_short_notice_under_two_titles_is_one_origin() -> None:
    titles = ("Lake rises", "Water near the school")
    notices = [document("Water rose today.", title=title) for title in titles]
    assert group(notices) == [0, 0]


def test_copy_belongs_to_the_report_it_shares_most_with() -> None:
    statement = prose("statement", 100)
    reports = [f"{statement}\n{prose(name, 300)}" for name in ("first", "second")]
    copy = "\n".join([statement, " ".join(prose("second", 300).split()[:40])])
    assert group(made([*reports, copy])) == [0, 1, 1]
