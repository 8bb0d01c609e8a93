from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.evidence import gather
from summarizer.briefing.verify import check
from summarizer.errors import ModelError
from summarizer.models.abstract import MIN_TEXT_TOKENS, Abstract
from summarizer.models.base import Answer, Prompt
from summarizer.models.budget import Budget, Caps
from summarizer.models.calling import Caller
from summarizer.models.engine import Draft, Evidence, Failed, WriteRequest
from summarizer.models.extractive import Extractive
from summarizer.models.journal import NoJournal
from summarizer.models.tokenizer import BREAK
from summarizer.models.transformers import Transformers
from summarizer.text import lexical
from summarizer.text.normalise import document
from summarizer.types import Document
from tests.models import tiny

DAM = "The Hollin Dam held overnight while engineers released more water, officials said."
HOLE = "A hole in the spillway of the Hollin Dam grew to 40 metres on Tuesday."
FERRY = "Divers recovered seven more bodies from the wreck of the ferry Grey Heron."
PEOPLE = "Some 4,800 people were told to leave their homes below the dam on Wednesday."


@dataclass
class Summariser:
    """Says of each text what it is told to, and counts words as its tokens."""

    summarise: Callable[[str], str] = lambda text: text
    name: str = "summariser"
    window_tokens: int = 100_000
    asked: list[Prompt] = field(default_factory=list)

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def complete(self, prompt: Prompt, *, timeout_s: float) -> Answer:
        assert timeout_s > 0
        self.asked.append(prompt)
        return Answer(BREAK.join(map(self.summarise, prompt.user.split(BREAK))), 1, 1)

    @property
    def texts(self) -> list[str]:
        return [text for prompt in self.asked for text in prompt.user.split(BREAK)]


def engine(model: Summariser, text_tokens: int = 400, *, writes_short: bool = True) -> Abstract:
    caller = Caller([model], NoJournal(), Budget(Caps(), {}))
    return Abstract(caller, text_tokens, writes_short=writes_short)


def evidence(
    text: str, position: int = 0, document: str = "A", *, kind: str = "body", leans: bool = False
) -> Evidence:
    return Evidence(
        alias=f"{document}{position}",
        document=document,
        start=1_000 * position,
        end=1_000 * position + len(text),
        text=text,
        words=tuple(lexical.words(text)),
        position=position,
        origin=document,
        kind="title" if kind == "title" else "body",
        language="en",
        usable=True,
        leans=leans,
        age_days=0,
    )


def request(texts: Sequence[str] = (DAM, HOLE, FERRY), max_words: int = 100) -> WriteRequest:
    return WriteRequest(tuple(evidence(text, i) for i, text in enumerate(texts)), max_words)


def told(summary: str, max_words: int = 100, *, is_lead: bool = False) -> list[Draft]:
    """Return what is written of three sentences when this is their summary."""
    made = WriteRequest(request().evidence, max_words, is_lead)
    return engine(Summariser(lambda _: summary)).write(made)


def distinct(n: int) -> list[str]:
    """Return sentences of 20 words that share next to nothing."""
    return [f"The {' '.join(f'word{i}x{j}' for j in range(18))} rose." for i in range(n)]


def texts_of(drafts: Sequence[Draft]) -> list[str]:
    return [draft.text for draft in drafts]


stories = st.lists(
    st.lists(
        st.sampled_from(
            ["dam", "water", "gate", "ferry", "Hollin", "1,200", "engineers", "valley"]
        ),
        min_size=3,
        max_size=40,
    ).map(lambda words: f"The {' '.join(words)} rose."),
    min_size=1,
    max_size=12,
)


@given(stories, st.integers(20, 200), st.integers(MIN_TEXT_TOKENS, 120))
def test_no_text_passes_the_window_and_all_of_it_is_evidence(
    story: list[str], max_words: int, text_tokens: int
) -> None:
    model = Summariser()
    engine(model, text_tokens).write(request(story, max_words))
    assert all(0 < model.count_tokens(text) <= text_tokens for text in model.texts)
    joined = " ".join(story)
    assert all(word in joined for text in model.texts for word in text.split())


@given(stories, st.integers(20, 200))
def test_sentences_cite_evidence_and_keep_to_the_words(story: list[str], max_words: int) -> None:
    made = request(story, max_words)
    drafts = engine(Summariser()).write(made)
    known = {e.alias for e in made.evidence}
    assert all(1 <= len(draft.cites) <= 3 and known.issuperset(draft.cites) for draft in drafts)
    assert len(drafts) <= 1 or sum(lexical.count_words(d.text) for d in drafts) <= max_words


@given(stories)
def test_the_same_story_is_asked_and_written_the_same_way(story: list[str]) -> None:
    first, second = Summariser(), Summariser()
    assert engine(first).write(request(story)) == engine(second).write(request(story))
    assert first.asked == second.asked


@given(stories)
def test_the_estimate_is_of_the_question_that_is_asked(story: list[str]) -> None:
    model = Summariser()
    made = engine(model)
    estimated = made.prompt(request(story))
    made.write(request(story))
    assert model.asked == [estimated]


def test_a_copied_sentence_cites_where_it_comes_from_and_nothing_else() -> None:
    for i, text in enumerate((DAM, HOLE, FERRY)):
        assert told(text) == [Draft(text, (f"A{i}",))]


def test_a_sentence_made_of_two_cites_both_the_nearer_one_first() -> None:
    (draft,) = told("A hole in the spillway grew on Tuesday, but the dam held overnight.")
    assert draft.cites == ("A1", "A0")


def test_a_sentence_about_something_else_cites_nothing() -> None:
    assert told("Football fans celebrated.") == [Draft("Football fans celebrated.", ())]


def test_a_sentence_cites_only_what_its_own_text_held() -> None:
    story = distinct(14)
    model = Summariser(lambda text: text if story[0] in text else story[0])
    drafts = engine(model).write(request(story, 120))
    assert len(model.texts) == 2
    (held,) = (text for text in model.texts if story[0] in text)
    assert {draft.text: draft.cites for draft in drafts}[story[0]] == ("A0",)
    assert all(story[int(alias[1:])] in held for draft in drafts for alias in draft.cites)


def test_all_texts_of_a_story_are_asked_for_at_once() -> None:
    model = Summariser(lambda text: text.split(". ")[0])
    drafts = engine(model).write(request(distinct(30), 240))
    assert len(model.asked) == 1
    assert len(model.texts) == 4
    assert len({draft.cites for draft in drafts}) == len(drafts) == 4


def test_little_evidence_is_not_divided_however_many_words_are_free() -> None:
    model = Summariser()
    engine(model).write(request(max_words=500))
    assert len(model.texts) == 1


def test_the_headline_is_a_title_and_no_title_is_summarised() -> None:
    head = evidence("Dam holds in Varrow", 9, kind="title")
    model = Summariser()
    drafts = engine(model).write(WriteRequest((head, *request().evidence), 100))
    assert drafts[0] == Draft("Dam holds in Varrow", ("A9",), is_headline=True)
    assert not any("Varrow" in text for text in model.texts)


def test_a_story_of_one_short_document_is_not_asked_unless_wanted() -> None:
    model = Summariser(lambda _: FERRY)
    reluctant = engine(model, writes_short=False)
    assert reluctant.write(request()) == Extractive().write(request())
    assert reluctant.prompt(request()) is None
    two = WriteRequest((evidence(DAM), evidence(FERRY, 0, "B")), 100)
    assert reluctant.prompt(two) is not None
    assert reluctant.prompt(request([DAM, HOLE] * 10)) is not None
    assert not model.asked


def test_a_story_without_a_sentence_that_can_be_written_is_not_asked() -> None:
    model = Summariser()
    assert engine(model).write(WriteRequest((evidence(DAM, kind="title"),), 100))[0].is_headline
    assert not model.asked


def test_failed_drafts_stay_as_they_are() -> None:
    model = Summariser()
    draft = Draft("The dam broke.", ("A0",))
    made = WriteRequest(request().evidence, 100, failed=(Failed(draft, "negation"),))
    assert engine(model).write(made) == [draft]
    assert not model.asked


def test_signs_of_lines_and_loose_stops_are_put_right() -> None:
    assert texts_of(told("The Hollin Dam held .<n>Divers found a wreck .")) == [
        "The Hollin Dam held.",
        "Divers found a wreck.",
    ]


def test_what_is_said_twice_is_written_once() -> None:
    assert texts_of(told(f"{DAM} The Hollin Dam held overnight.")) == [DAM]


def test_a_sentence_that_leans_on_a_missing_one_is_left_out() -> None:
    assert texts_of(told("He said it would hold.")) == []
    assert texts_of(told(f"{DAM} They fear a wave.")) == [DAM, "They fear a wave."]
    assert texts_of(told(f"{FERRY} {FERRY} They fear a wave.")) == [FERRY]


def test_the_first_sentence_of_a_lead_story_has_none_that_leans_on_it() -> None:
    drafts = told(f"{DAM} They fear a wave. {FERRY}", is_lead=True)
    assert texts_of(drafts) == [DAM, FERRY]


def test_the_beginnings_of_all_summaries_come_before_the_rest_of_any() -> None:
    model = Summariser()
    drafts = engine(model).write(request(distinct(30), 120))
    first, second = model.texts
    n_first = sum(draft.text in first for draft in drafts)
    n_second = sum(draft.text in second for draft in drafts)
    assert (n_first, n_second) == (3, 3)
    assert drafts[0].text == first.split(". ")[0] + "."
    assert drafts[3].text == second.split(". ")[0] + "."


def test_the_first_sentence_is_written_even_when_it_is_longer_than_the_words() -> None:
    assert texts_of(told(f"{DAM} {FERRY}", max_words=5)) == [DAM]


def test_an_answer_with_other_than_one_summary_a_text_is_refused() -> None:
    with pytest.raises(ModelError) as caught:
        told(f"{DAM}{BREAK}{FERRY}")
    assert caught.value.code == "llm_schema"


def test_a_window_too_small_for_a_sentence_is_refused() -> None:
    with pytest.raises(ModelError) as caught:
        engine(Summariser(), MIN_TEXT_TOKENS - 1).write(request())
    assert caught.value.code == "llm_context"


def test_a_break_in_the_evidence_does_not_part_a_text() -> None:
    model = Summariser()
    engine(model).write(request([DAM.replace(" held", f"{BREAK}held"), HOLE]))
    assert len(model.texts) == 1


def test_sentences_of_a_language_without_stop_words_are_cited_too() -> None:
    source = replace(evidence("Jezioro wylało w nocy, podały władze okręgu."), language="xx")
    drafts = engine(Summariser()).write(WriteRequest((source,), 50))
    assert [draft.cites for draft in drafts] == [("A0",)]


def test_a_sentence_made_of_many_cites_three_of_them() -> None:
    story = [f"The {a} {b} {c} rose." for a, b, c in ("qrs", "tuv", "xyz", "klm")]
    story = [text.replace("rose", f"{text[4]}1 {text[6]}2 {text[8]}3") for text in story]
    words = " ".join(text[4:-1] for text in story)
    (draft,) = engine(Summariser(lambda _: f"The {words}.")).write(request(story))
    assert len(draft.cites) == 3


@pytest.fixture(scope="session")
def news() -> list[Document]:
    return [
        document(f"{DAM} {HOLE}", title="Dam holds", source="Wire", published="2026-03-04"),
        document(f"{PEOPLE} {DAM}", title="Thousands leave", source="Post", published="2026-03-04"),
    ]


def checked(source: Path, news: Sequence[Document]) -> tuple[list[str], list[str]]:
    """Return the texts and the verdicts of what a local summariser writes of the news."""
    model = Transformers(str(source))
    caller = Caller([model], NoJournal(), Budget(Caps(), {}))
    origin = {d.id: d.id for d in news}
    found = gather(news, origin).evidence
    drafts = Abstract(caller, model.text_tokens).write(WriteRequest(found, 60))
    result = check(drafts, found, {d.id: d for d in news}, origin, "s1")
    return [c.text for c in result.claims], [c.verdict for c in result.claims]


def test_a_bart_that_copies_its_input_writes_verbatim_claims(
    local_models: Path, news: list[Document]
) -> None:
    texts, verdicts = checked(
        tiny.copying_bart(local_models / "copying", [DAM, HOLE, PEOPLE]), news
    )
    assert texts
    assert set(texts) <= {DAM, HOLE, PEOPLE}
    assert set(verdicts) == {"verbatim"}


def test_what_a_t5_made_up_is_never_printed(local_models: Path, news: list[Document]) -> None:
    lie = "The Hollin Dam broke overnight and killed 12 people."
    source = tiny.reciting_t5(local_models / "lying", lie, [DAM, HOLE, PEOPLE])
    texts, _ = checked(source, news)
    assert lie not in texts
