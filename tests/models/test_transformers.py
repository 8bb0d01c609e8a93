import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import ConfigurationError, ModelError
from summarizer.models import prompts
from summarizer.models.base import Prompt
from summarizer.models.budget import Budget, Caps
from summarizer.models.calling import Caller
from summarizer.models.engine import Draft, Evidence, WriteRequest
from summarizer.models.journal import NoJournal
from summarizer.models.tokenizer import BREAK
from summarizer.models.transformers import BATCH, MAX_TEXTS, Transformers
from summarizer.models.writing import Writer
from summarizer.text import lexical
from tests.models import tiny

DAM = "The dam held overnight, officials said."
FERRY = "Divers recovered seven more bodies from the wreck of the ferry on Wednesday."
TEXTS = [DAM, FERRY, "Write the story. Answer in plain lines."]
LINES = ["# [A0] Dam holds\n", "[A1] The dam held overnight, officials said."]
SUMMARY = "Seven more bodies were recovered."
NO_SYSTEM = (
    "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no system') }}"
    "{% endif %}<|{{ m.role }}|>{{ m.content }}</s>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
TIMEOUT_S = 60.0


def prompt(user: str = DAM, *, system: str = "Write.", n_tokens: int = 100) -> Prompt:
    return Prompt("write", system, user, "as JSON", "in lines", {}, n_tokens)


def complete(model: Transformers, asked: Prompt, timeout_s: float = TIMEOUT_S) -> str:
    return model.complete(asked, timeout_s=timeout_s).text


def outcome(model: Transformers, asked: Prompt, timeout_s: float = TIMEOUT_S) -> str:
    """Return the answer, or the code of the reason why there is none."""
    try:
        return complete(model, asked, timeout_s)
    except ModelError as error:
        return error.code


@pytest.fixture(scope="session")
def bart(local_models: Path) -> Path:
    return tiny.copying_bart(local_models / "bart", TEXTS, forced_eos_token_id=2)


@pytest.fixture(scope="session")
def t5(local_models: Path) -> Path:
    return tiny.reciting_t5(
        local_models / "t5",
        SUMMARY,
        TEXTS,
        task_specific_params={"summarization": {"prefix": "summarize: "}},
    )


@pytest.fixture(scope="session")
def llama(local_models: Path) -> Path:
    return tiny.reciting_llama(local_models / "llama", LINES, TEXTS)


@pytest.fixture(scope="session")
def untrained(local_models: Path) -> Callable[[str], Path]:
    made: dict[str, Path] = {}

    def make(kind: str) -> Path:
        if kind not in made:
            made[kind] = tiny.random_model(local_models / f"untrained-{kind}", kind, TEXTS)
        return made[kind]

    return make


def test_an_instruction_model_answers_its_prompt(llama: Path) -> None:
    model = Transformers(str(llama))
    answer = model.complete(prompt(), timeout_s=TIMEOUT_S)
    assert model.mode == "write"
    assert answer.text == "".join(LINES)
    assert answer.output_tokens == len(LINES) + 1
    assert not answer.estimated


def test_input_tokens_are_those_the_model_read(llama: Path) -> None:
    model = Transformers(str(llama))
    short = model.complete(prompt(""), timeout_s=TIMEOUT_S)
    long = model.complete(prompt(DAM), timeout_s=TIMEOUT_S)
    assert long.input_tokens - short.input_tokens == model.count_tokens(DAM) > 0


def test_a_model_without_a_template_gets_a_plain_prompt(local_models: Path) -> None:
    source = tiny.reciting_llama(local_models / "plain", LINES, TEXTS, template=None)
    assert complete(Transformers(str(source)), prompt()) == "".join(LINES)


def test_instructions_reach_a_model_whose_template_refuses_a_system_message(
    local_models: Path,
) -> None:
    source = tiny.reciting_llama(local_models / "no-system", LINES, TEXTS, template=NO_SYSTEM)
    model = Transformers(str(source))
    assert complete(model, prompt()) == "".join(LINES)
    with_rules = model.complete(prompt(system=FERRY), timeout_s=TIMEOUT_S)
    without = model.complete(prompt(system=""), timeout_s=TIMEOUT_S)
    assert with_rules.input_tokens - without.input_tokens == model.count_tokens(FERRY)


def test_instructions_reach_a_model_whose_template_drops_a_system_message(
    local_models: Path,
) -> None:
    template = "{% for m in messages if m.role == 'user' %}{{ m.content }}{% endfor %}<|assistant|>"
    model = Transformers(
        str(tiny.reciting_llama(local_models / "deaf", LINES, TEXTS, template=template))
    )
    with_rules = model.complete(prompt(system=FERRY), timeout_s=TIMEOUT_S)
    without = model.complete(prompt(system=""), timeout_s=TIMEOUT_S)
    assert with_rules.input_tokens - without.input_tokens == model.count_tokens(FERRY)


def test_control_tokens_in_a_document_are_mere_text(llama: Path, bart: Path) -> None:
    for source, mark in ((llama, "</s><|system|>"), (bart, "</s>")):
        model = Transformers(str(source))
        plain = model.complete(prompt(DAM), timeout_s=TIMEOUT_S)
        marked = model.complete(prompt(DAM + mark), timeout_s=TIMEOUT_S)
        assert marked.input_tokens - plain.input_tokens >= len(mark) - 3
    assert complete(Transformers(str(bart)), prompt("a</s>b")) == "a</s>b"


def test_a_summariser_gives_one_summary_for_each_text(bart: Path) -> None:
    model = Transformers(str(bart))
    assert model.mode == "abstract"
    texts = [DAM, FERRY, "a", DAM]
    assert complete(model, prompt(BREAK.join(texts), n_tokens=400)) == BREAK.join(texts)


def test_the_prefix_of_the_task_stands_before_each_text(t5: Path) -> None:
    model = Transformers(str(t5))
    answer = model.complete(prompt(BREAK.join([DAM, FERRY])), timeout_s=TIMEOUT_S)
    assert answer.text == BREAK.join([SUMMARY, SUMMARY])
    n_bare = model.count_tokens(DAM) + model.count_tokens(FERRY)
    assert answer.input_tokens == n_bare + 2 * model.count_tokens("summarize: ")
    assert model.text_tokens == 512 - model.count_tokens("summarize: ")


def test_many_texts_come_out_as_they_do_one_by_one(bart: Path) -> None:
    model = Transformers(str(bart))
    texts = [f"{DAM[: i + 1]} {i}" for i in range(2 * BATCH + 3)]
    together = complete(model, prompt(BREAK.join(texts), n_tokens=100 * len(texts)))
    assert together.split(BREAK) == [complete(model, prompt(text)) for text in texts]


def test_an_option_forces_the_mode(bart: Path, llama: Path) -> None:
    assert Transformers(str(bart), mode="write").mode == "write"
    with pytest.raises(ConfigurationError, match="encoder-decoder"):
        Transformers(str(llama), mode="abstract")


def test_a_cut_answer_is_an_error_even_where_the_model_forces_an_end(bart: Path) -> None:
    with pytest.raises(ModelError, match="cut at 5 tokens") as caught:
        complete(Transformers(str(bart)), prompt(FERRY, n_tokens=5))
    assert caught.value.code == "llm_truncated"


def test_an_empty_answer_is_an_error(bart: Path) -> None:
    with pytest.raises(ModelError) as caught:
        complete(Transformers(str(bart)), prompt(BREAK.join([DAM, ""]), n_tokens=200))
    assert caught.value.code == "llm_envelope"


def test_an_answer_stops_when_its_time_is_over(bart: Path) -> None:
    ticks = count()
    model = Transformers(str(bart), clock=lambda: float(next(ticks)))
    with pytest.raises(ModelError, match="in 4 s") as caught:
        complete(model, prompt(FERRY), timeout_s=4)
    assert caught.value.code == "llm_deadline"
    assert next(ticks) < model.count_tokens(FERRY)


def test_the_time_counts_while_another_answer_is_written(bart: Path) -> None:
    is_writing, go_on = threading.Event(), threading.Event()
    ticks = count()

    def clock() -> float:
        if next(ticks) == 1:  # the first is looked at before the model is free
            is_writing.set()
            go_on.wait(TIMEOUT_S)
        return 0.0

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(complete, Transformers(str(bart), clock=clock), prompt())
        assert is_writing.wait(TIMEOUT_S)
        second = outcome(Transformers(str(bart)), prompt(), 0.01)
        go_on.set()
        assert first.result(TIMEOUT_S) == DAM
    assert second == "llm_deadline"


def test_threads_get_the_answers_they_asked_for(bart: Path) -> None:
    model = Transformers(str(bart))
    texts = [f"{i} {DAM}" for i in range(8)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: complete(model, prompt(text)), texts)) == texts


@settings(max_examples=15)
@given(st.lists(st.sampled_from(["dam", "ferry", "é", "鉄", "\u0301"]), max_size=60))
@pytest.mark.parametrize("kind", ["bart", "t5"])
def test_exactly_the_texts_that_pass_the_window_are_refused(
    untrained: Callable[[str], Path], kind: str, words: list[str]
) -> None:
    model = Transformers(str(untrained(kind)))
    text = " ".join(words)
    fits = model.count_tokens(text) <= model.text_tokens
    assert (outcome(model, prompt(text, n_tokens=5)) != "llm_context") == fits


@settings(max_examples=15)
@given(words=st.integers(0, 100), n_tokens=st.integers(1, 100))
def test_prompt_and_answer_share_the_window_of_a_causal_model(
    untrained: Callable[[str], Path], words: int, n_tokens: int
) -> None:
    model = Transformers(str(untrained("llama")))
    n_left = model.window_tokens - model.count_tokens("z" * words) - n_tokens
    asked = Prompt("write", "", "z" * words, "", "", {}, n_tokens)
    assert (outcome(model, asked) != "llm_context") == (n_left >= 0)


@pytest.mark.parametrize("kind", ["bart", "llama", "t5"])
def test_the_same_files_give_the_same_answers(
    tmp_path: Path, untrained: Callable[[str], Path], kind: str
) -> None:
    source = untrained(kind)
    again = tiny.random_model(tmp_path / source.name, kind, TEXTS)
    models = [Transformers(str(source)), Transformers(str(again)), Transformers(str(source))]
    assert len({model.name for model in models}) == 1
    asked = [prompt(text, n_tokens=30) for text in (*TEXTS, "a", "wreck")]
    first, *others = [[outcome(model, one) for one in asked] for model in models]
    assert all(other == first for other in others)
    assert any(text not in {"llm_truncated", "llm_envelope"} for text in first)


def test_too_many_texts_do_not_fit(bart: Path) -> None:
    with pytest.raises(ModelError) as caught:
        complete(Transformers(str(bart)), prompt(BREAK.join(["a"] * (MAX_TEXTS + 1))))
    assert caught.value.code == "llm_context"


def test_the_longest_text_that_fits_is_summarised_however_much_room_is_asked_for(
    bart: Path,
) -> None:
    model = Transformers(str(bart))
    text = "z" * model.text_tokens
    assert model.count_tokens(text) == model.text_tokens
    assert complete(model, prompt(text, n_tokens=10_000)) == text
    assert outcome(model, prompt(text + "z")) == "llm_context"


def evidence(text: str, position: int, kind: str = "body") -> Evidence:
    return Evidence(
        alias=f"A{position}",
        document="d",
        start=100 * position,
        end=100 * position + len(text),
        text=text,
        words=tuple(lexical.words(text)),
        position=max(0, position - 1),
        origin="d",
        kind="title" if kind == "title" else "body",
        language="en",
        usable=True,
        leans=False,
        age_days=0,
    )


def test_a_local_model_writes_a_story_as_any_other_does(local_models: Path) -> None:
    source = tiny.reciting_llama(local_models / "writer", LINES, TEXTS)
    caller = Caller([Transformers(str(source))], NoJournal(), Budget(Caps(), {}))
    story = (evidence("Dam holds", 0, "title"), evidence(DAM, 1), evidence(FERRY, 2))
    written = Writer(caller, prompts.load(), writes_short=True).write(WriteRequest(story, 40))
    assert written == [Draft("Dam holds", ("A0",), is_headline=True), Draft(DAM, ("A1",))]


def test_a_model_stored_in_half_precision_answers_as_well(local_models: Path) -> None:
    import torch

    source = tiny.reciting_llama(local_models / "half", LINES, TEXTS, dtype=torch.bfloat16)
    assert complete(Transformers(str(source)), prompt()) == "".join(LINES)
