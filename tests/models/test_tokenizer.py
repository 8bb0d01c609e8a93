from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.models.base import Prompt
from summarizer.models.checkpoint import Mode
from summarizer.models.tokenizer import BREAK, Tokenizer
from tests.models import tiny

ROLES = ["<|system|>", "<|user|>", "<|assistant|>"]
SPECIALS = ["<s>", "<pad>", "</s>", "<mask>", *ROLES]
NO_SYSTEM = (
    "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('refused') }}{% endif %}"
    "{{ m.content }}{% endfor %}<|assistant|>"
)
USER_ONLY = "{% for m in messages if m.role == 'user' %}{{ m.content }}{% endfor %}<|assistant|>"

hostile = st.lists(
    st.one_of(st.sampled_from([*SPECIALS, "<|", "|>", " "]), st.text(max_size=3))
).map("".join)


def prompt(user: str, system: str = "") -> Prompt:
    return Prompt("write", system, user, "as JSON", "in lines", {}, 10)


@pytest.fixture(scope="session")
def trained(local_models: Path) -> Callable[[str | None, Mode], Tokenizer]:
    folder = local_models / "tokenizer"
    tiny.tokenizer(["The dam held overnight, officials said."], SPECIALS).save_pretrained(folder)

    def make(template: str | None, mode: Mode) -> Tokenizer:
        from transformers import AutoTokenizer

        inner: Any = AutoTokenizer.from_pretrained(folder)
        inner.chat_template = template
        return Tokenizer(inner, mode)

    return make


@pytest.mark.parametrize(
    ("template", "mode", "n_marks"),
    [
        (tiny.TEMPLATE, "write", 5),
        (NO_SYSTEM, "write", 1),
        (USER_ONLY, "write", 1),
        (None, "write", 2),
        (None, "abstract", 2),
    ],
)
def test_no_text_of_a_document_becomes_a_control_token(
    trained: Callable[[str | None, Mode], Tokenizer],
    template: str | None,
    mode: Mode,
    n_marks: int,
) -> None:
    tokenizer = trained(template, mode)
    marks = set(tokenizer.inner.convert_tokens_to_ids(SPECIALS))

    @given(hostile, hostile)
    def check(user: str, system: str) -> None:
        for row in tokenizer.inputs(prompt(user.replace(BREAK, ""), system)):
            assert sum(token in marks for token in row) == n_marks

    check()


@pytest.mark.parametrize("template", [tiny.TEMPLATE, NO_SYSTEM, USER_ONLY, None])
def test_instructions_form_and_question_all_reach_the_model(
    trained: Callable[[str | None, Mode], Tokenizer], template: str | None
) -> None:
    tokenizer = trained(template, "write")
    (read,) = tokenizer.decode(tokenizer.inputs(prompt("The dam held.", "Be brief.")))
    assert read.index("Be brief.\nin lines") < read.index("The dam held.")
    assert "JSON" not in read


@given(st.lists(hostile.map(lambda text: text.replace(BREAK, " ")), min_size=1, max_size=4))
def test_texts_to_be_summarised_stay_apart_and_whole(
    trained: Callable[[str | None, Mode], Tokenizer], texts: list[str]
) -> None:
    tokenizer = trained(None, "abstract")
    rows = tokenizer.inputs(prompt(BREAK.join(texts), "never read"))
    assert tokenizer.decode(rows) == texts


@given(hostile)
def test_a_text_counts_as_many_tokens_as_it_adds_to_the_frame(
    trained: Callable[[str | None, Mode], Tokenizer], text: str
) -> None:
    tokenizer = trained(None, "abstract")
    text = text.replace(BREAK, "")
    (row,) = tokenizer.inputs(prompt(text))
    assert len(row) == tokenizer.frame() + tokenizer.count(text)
