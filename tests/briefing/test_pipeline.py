from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.briefing.options import Options
from summarizer.briefing.pipeline import brief
from summarizer.errors import NoUsableSourceError
from summarizer.limits import MAX_DOCUMENT_CHARS
from summarizer.text.lexical import count_words
from summarizer.text.normalise import document
from summarizer.types import Briefing, Claim, Document, Note, Source

ENGLISH = "A gate of the dam broke early on Tuesday near the town of Kessel."
SPANISH = "Una compuerta de la presa se rompió el martes cerca del pueblo de Kessel."
GERMAN = "Ein Tor des Damms brach am Dienstag früh in der Nähe der Stadt Kessel."

# Pieces that have broken splitters, quotations, layout and offsets.
PIECES = [
    *"\n\t .!?…。！？।؟;:'\"“”„«»「」()[]#*-—•|>",
    *"\u00ad\u200b\u200d\u202e\ufeff\ufffd\U000e0041\x00\r\u2028\u0301\ud800\U0001f600",
    *("\n\n", "\n- ", "\n# ", "...", '." ', "U.S. ", "5 p.m. ", "Dr. ", "KESSEL - "),
    *("The dam broke on Tuesday. ", "It sank. ", '"No," he said. ', "By Jane Doe\n"),
    *("大坝决堤。", "ไทย", "انهار السد. ", "बांध टूट गया। ", "e\u0301", "word", "12.5% "),
]
adversarial = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def shown(briefing: Briefing) -> list[Claim]:
    return [
        *briefing.lead,
        *(claim for story in briefing.stories for claim in (story.headline, *story.claims)),
        *(line.claim for line in briefing.in_brief),
    ]


def assert_exact(briefing: Briefing) -> None:
    """Check that each claim has citations and that each quote is the span it names."""
    texts = {entry.id: entry.text for entry in briefing.documents}
    for claim in shown(briefing):
        assert claim.citations
        for citation in claim.citations:
            assert citation.quote
            assert citation.quote == texts[citation.document][citation.start : citation.end]


@settings(max_examples=60)
@given(
    st.lists(st.tuples(adversarial, adversarial), min_size=1, max_size=5),
    st.builds(
        Options, words=st.integers(1, 300), stories=st.integers(1, 4), one_story=st.booleans()
    ),
)
def test_adversarial_text_is_cited_exactly(
    given_texts: list[tuple[str, str]], options: Options
) -> None:
    documents = [document(text, title=title) for text, title in given_texts]
    documents.append(document(ENGLISH))
    briefing = brief(documents, options)
    assert_exact(briefing)
    assert len(briefing.documents) == len(documents)
    assert len({entry.id for entry in briefing.documents}) == len(documents)


@given(st.text(max_size=200).filter(lambda text: any(map(str.isalnum, text))))
def test_any_text_alone_makes_a_briefing(text: str) -> None:
    made = document(text)
    if any(map(str.isalnum, made.text)):
        assert_exact(brief([made], Options()))


@pytest.mark.parametrize("name", ["03/dam-northern-wire", "03/rate-al-sahil"])
def test_one_article_alone_is_one_story_headed_by_its_title(
    articles: Mapping[str, Document], name: str
) -> None:
    briefing = brief([articles[name]], Options())
    (story,) = briefing.stories
    assert story.headline.text == articles[name].title
    assert story.claims
    assert (story.origins, story.articles, briefing.lead, briefing.in_brief) == (1, 1, (), ())


def test_forty_copies_say_the_same_as_one(articles: Mapping[str, Document]) -> None:
    article = articles["03/dam-northern-wire"]
    copies = [replace(article, id=f"copy{i:02}") for i in range(40)]
    (story,) = brief(copies, Options()).stories
    (alone,) = brief([article], Options()).stories
    assert [claim.text for claim in story.claims] == [claim.text for claim in alone.claims]
    assert (story.origins, story.articles) == (1, 40)


def test_document_of_one_word_is_told_as_it_is() -> None:
    briefing = brief([document("Water")], Options())
    assert [claim.text for claim in shown(briefing)] == ["Water", "Water"]


def test_ten_thousand_documents_of_one_word_make_a_briefing() -> None:
    briefing = brief([document(f"word{i}") for i in range(10_000)], Options())
    assert len({entry.id for entry in briefing.documents}) == 10_000
    assert_exact(briefing)


def test_document_beyond_the_limit_is_excluded_and_the_others_are_told() -> None:
    long = document("x" * (MAX_DOCUMENT_CHARS + 1), id="long", language="en")
    briefing = brief([long, document(ENGLISH, language="en")], Options())
    assert [(e.use, e.story) for e in briefing.documents if e.id == "long"] == [("excluded", None)]
    assert [note.documents for note in briefing.notes] == [("long",)]
    assert len(briefing.stories) == 1


def test_only_unusable_documents_are_no_source() -> None:
    with pytest.raises(NoUsableSourceError):
        brief([document(""), document("---")], Options())


def test_order_of_the_documents_makes_no_difference(articles: Mapping[str, Document]) -> None:
    given_order = list(articles.values())
    expected = brief(given_order, Options())
    assert brief(given_order[::-1], Options()) == expected
    assert brief(sorted(given_order, key=lambda each: each.text), Options()) == expected


@pytest.mark.parametrize(
    ("n_english", "n_spanish", "n_german", "language"),
    [(3, 1, 1, "en"), (1, 3, 1, "es"), (1, 1, 3, "de")],
)
def test_story_in_three_languages_is_told_in_the_one_with_most_words(
    n_english: int, n_spanish: int, n_german: int, language: str
) -> None:
    written = {"en": ENGLISH * n_english, "es": SPANISH * n_spanish, "de": GERMAN * n_german}
    documents = [document(text, language=name, id=name) for name, text in written.items()]
    (story,) = brief(documents, Options(one_story=True)).stories
    cited = {citation.document for claim in story.claims for citation in claim.citations}
    assert cited == {language}
    assert set(story.documents) == {"en", "es", "de"}


@pytest.mark.parametrize("words", [1, 30, 100, 600])
def test_words_of_the_stories_stay_within_the_budget(
    articles: Mapping[str, Document], words: int
) -> None:
    briefing = brief(articles.values(), Options(words=words))
    printed = [claim for story in briefing.stories for claim in story.claims]
    assert sum(count_words(claim.text) for claim in printed) <= words or len(printed) == 1


def test_no_sentence_is_printed_twice(articles: Mapping[str, Document]) -> None:
    briefing = brief(articles.values(), Options())
    printed = Counter(claim.text for story in briefing.stories for claim in story.claims)
    assert max(printed.values()) == 1


def test_progress_counts_the_stories_that_are_done(articles: Mapping[str, Document]) -> None:
    seen: list[tuple[str, int, int]] = []
    brief(articles.values(), Options(stories=3), progress=lambda *step: seen.append(step))
    stages, done, totals = zip(*seen, strict=True)
    assert set(stages) == {"stories"}
    assert done == tuple(range(len(seen)))
    assert set(totals) == {done[-1]}


def test_sources_and_notes_of_loading_are_on_record() -> None:
    source = Source("examples", None, "ok", 1)
    note = Note("charset", "read as cp1252")
    briefing = brief([document(ENGLISH)], Options(), sources=[source], notes=[note])
    assert (briefing.sources, briefing.notes) == ((source,), (note,))
