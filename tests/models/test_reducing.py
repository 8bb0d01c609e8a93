import json
import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.articles import Newsroom
from summarizer.briefing import pipeline
from summarizer.briefing.options import Options
from summarizer.briefing.staff import Staff
from summarizer.errors import ModelError
from summarizer.models.base import Prompt
from summarizer.models.engine import Evidence
from summarizer.models.reducing import KEPT_LEAST, KEPT_SHARE, LONG_WORDS, Reducer, is_long
from summarizer.models.writing import Writer
from summarizer.text import lexical
from summarizer.text.normalise import document
from tests.models.scripted import PROMPTS, Reply, Scripted, calling, evidence, faithful, report

N_REPORT_WORDS = 100_000  # 200 pages of 500


def reducing(*replies: Reply, window_tokens: int = 8_000) -> tuple[Reducer, Scripted]:
    model = Scripted(replies, window_tokens=window_tokens)
    return Reducer(calling(model)[0], PROMPTS["extract"]), model


def ids_of(asked: Prompt) -> list[str]:
    return re.findall(r"^([A-Z]+\d+) ", asked.user, re.MULTILINE)


def picking(n: int) -> Reply:
    """Return a model that picks the last `n` sentences of a part, the last one first."""

    def pick(asked: Prompt) -> str:
        picked = ids_of(asked)[: -n - 1 : -1] if n else []
        return json.dumps({"sentences": [{"cites": [k]} for k in picked]})

    return pick


def n_words(sentences: Sequence[Evidence]) -> int:
    return sum(lexical.count_words(sentence.text) for sentence in sentences)


def test_short_reports_and_several_reports_are_not_reduced() -> None:
    reducer, model = reducing(faithful)
    for story in (report(50), (*report(150), *report(150, "B"))):
        assert reducer.reduce(story) == ()
        assert reducer.foresee(story) == ((), ())
    assert model.asked == []


@given(st.integers(1, 600), st.integers(0, 40), st.sampled_from([1_000, 2_000, 8_000]))
def test_reduction_ends_with_less_whatever_a_model_picks(
    n: int, n_picked: int, window: int
) -> None:
    reducer, model = reducing(picking(n_picked), window_tokens=window)
    story = report(n)
    left = reducer.reduce(story)
    assert set(left) <= set(story)
    if is_long(story) and n_picked:
        assert 0 < n_words(left) <= LONG_WORDS
    else:
        assert left == ()
    for asked in model.asked:
        size = model.count_tokens(f"{asked.system}\n{asked.json_form}\n{asked.user}")
        assert size + asked.max_output_tokens <= window


def test_every_pass_reads_all_that_the_last_one_left_and_leaves_at_most_half() -> None:
    reducer, model = reducing(picking(1_000), window_tokens=2_000)
    story = report(2_000)
    left = reducer.reduce(story)
    sizes = [len(ids_of(asked)) for asked in model.asked]
    n_read, passes = 0, [len(story)]
    n_kept = 0
    for size in sizes:
        n_read += size
        n_kept += min(max(KEPT_LEAST, size // KEPT_SHARE), (size + 1) // 2)
        if n_read == passes[-1]:
            passes.append(n_kept)
            n_read = n_kept = 0
    assert n_read == 0
    assert passes[-1] == len(left)
    assert len(passes) == 3
    assert all(2 * later <= earlier for earlier, later in pairwise(passes))


def test_what_matters_most_in_each_part_comes_before_what_matters_less() -> None:
    reducer, model = reducing(picking(2))
    story = report(200)
    left = reducer.reduce(story)
    parts = [ids_of(asked) for asked in model.asked]
    firsts, seconds = ({part[i] for part in parts} for i in (-1, -2))
    picked = [sentence.alias for sentence in left]
    assert (set(picked[: len(parts)]), set(picked[len(parts) :])) == (firsts, seconds)


@given(st.integers(110, 380))
def test_few_of_what_was_picked_come_from_far_apart(n: int) -> None:
    reducer, model = reducing(picking(1))
    left = reducer.reduce(report(n))
    parts = [ids_of(asked) for asked in model.asked]
    numbers = [i for sentence in left for i, part in enumerate(parts) if sentence.alias in part]
    assert sorted(numbers) == list(range(len(parts)))
    assert all(max(numbers[:few]) >= len(parts) // 2 for few in range(2, len(parts)))


@pytest.mark.parametrize("answer", ['{"sentences": []}', "[none]"])
def test_part_in_which_nothing_matters_costs_one_question(answer: str) -> None:
    n_asked = 0

    def first_only(asked: Prompt) -> str:
        nonlocal n_asked
        n_asked += 1
        return faithful(asked) if n_asked == 1 else answer

    reducer, model = reducing(first_only)
    story = report(200)
    left = reducer.reduce(story)
    assert {sentence.alias for sentence in left} < set(ids_of(model.asked[0]))
    assert n_asked == len(reducer.foresee(story)[0])


def test_report_in_which_nothing_matters_is_left_to_the_embedded_engine() -> None:
    assert reducing('{"sentences": []}')[0].reduce(report(200)) == ()


def test_part_that_no_model_answers_for_is_kept_for_the_next_pass() -> None:
    n_failed = 0

    def failing_twice(asked: Prompt) -> str:
        nonlocal n_failed
        if n_failed < 2:
            n_failed += 1
            raise ModelError("m", "llm_declined")
        return faithful(asked)

    reducer, model = reducing(failing_twice)
    left = reducer.reduce(report(400))
    assert 0 < n_words(left) <= LONG_WORDS
    assert set(ids_of(model.asked[0])) & {sentence.alias for sentence in left}


def test_dead_model_is_no_reason_to_go_on() -> None:
    reducer, model = reducing(ModelError("m", "llm_declined"))
    story = report(400)
    assert set(reducer.reduce(story)) == set(story)
    assert len(model.asked) == len(reducer.foresee(story)[0])


@pytest.mark.parametrize(("window_tokens", "n_asked"), [(8_000, 5), (1_000, 0)])
def test_sentences_as_long_as_a_part_are_read_alone_if_at_all(
    window_tokens: int, n_asked: int
) -> None:
    story = tuple(evidence([f"{i} {'water ' * 900}ran." for i in range(5)]))
    reducer, model = reducing(faithful, window_tokens=window_tokens)
    assert set(reducer.reduce(story)) == set(reducer.foresee(story)[1]) == set(story)
    assert len(model.asked) == n_asked


@pytest.mark.parametrize("window", [2_000, 8_000])
def test_report_of_two_hundred_pages_is_told_with_exact_citations(window: int) -> None:
    rows = Newsroom(3, n_vocabulary=3_000).articles(200)
    words = "\n\n".join(str(row["text"]) for row in rows).split(" ")[:N_REPORT_WORDS]
    whole = document(" ".join(words), title="The report of the commission", published="2026-03-04")
    model = Scripted([faithful], window_tokens=window)
    caller, budget = calling(model)
    staff = Staff(engine=Writer(caller, PROMPTS), budget=budget)
    made = pipeline.brief([whole], Options(one_story=True), staff=staff)
    told = [claim for story in made.stories for claim in (story.headline, *story.claims)]
    cited = [citation for claim in told for citation in claim.citations]
    assert made.status == "complete"
    assert len(told) > 3
    assert all(whole.text[c.start : c.end] == c.quote for c in cited)
    assert [asked.task for asked in model.asked].count("write") == 1
    assert all(caller.room(asked) >= 0 for asked in model.asked)
