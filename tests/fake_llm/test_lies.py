import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_llm.answers import Line
from tests.fake_llm.asking import fenced, prompted
from tests.fake_llm.brains import faithful, liar
from tests.fake_llm.lies import change, find


def changed(text: str, kind: str, *others: str) -> str:
    items = [item for item in find(text) if item.kind == kind]
    return change(Line(("A1",), text), items, prompted(texts=[text, *others]))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Divers from Kessel found 14 people.", ["name", "number"]),
        ("The dam was safe and the road is shut.", ["negation"]),
        ("It cost 1,200.50 and 3.", ["number", "number"]),
        ("nothing here", []),
        ("The B12 and 12th and v1.2x are codes.", ["negation"]),
    ],
)
def test_what_can_be_told_otherwise(text: str, kinds: list[str]) -> None:
    assert [item.kind for item in find(text)] == kinds


def test_negation_is_added_or_dropped() -> None:
    assert changed("The dam was safe.", "negation") == "The dam was not safe."
    assert changed("The dam was not safe.", "negation") == "The dam was safe."


def test_name_becomes_one_of_another_sentence_or_an_invented_one() -> None:
    told = changed("Talks in Kessel failed.", "name", "Talks in Varrow failed.")
    assert told == "Talks in Varrow failed."
    assert changed("Talks in Kessel failed.", "name") == "Talks in Halvorsen failed."


def test_another_form_of_a_name_is_no_lie() -> None:
    text = "Boats in Chinese waters sank."
    told = changed(text, "name", "Rain fell in China there.", "Rain fell in Varrow there.")
    assert told == "Boats in Varrow waters sank."


def test_number_below_one_stays_below_one() -> None:
    assert changed("It rose 0.65 points.", "number") == "It rose 0.68 points."


def test_weekday_becomes_a_weekday_and_month_a_month() -> None:
    assert changed("Rain fell on Monday there.", "name") == "Rain fell on Tuesday there."
    assert changed("Rain fell in January there.", "name") == "Rain fell in February there."


def test_what_is_denied_already_is_not_denied_twice() -> None:
    assert find("there were no reports and nobody was found") == []


@given(st.integers(0, 10**9 - 1), st.lists(st.integers(0, 99), max_size=5))
def test_number_becomes_one_that_the_cited_text_does_not_hold(
    number: int, others: list[int]
) -> None:
    text = f"It cost {number} and {' or '.join(map(str, others))} more."
    told = change(Line(("A1",), text), find(text)[:1], prompted(texts=[text]))
    wrong = re.findall(r"\d+", told)[0]
    assert wrong not in re.findall(r"\d+", text)


def test_grouped_number_keeps_its_form() -> None:
    assert changed("It cost 1,200 there.", "number") == "It cost 1,203 there."


@given(st.integers(1, 6))
def test_every_kth_item_is_changed(k: int) -> None:
    texts = [f"In total {n} of {n + 50} tested sites, say crews, are safe." for n in range(10, 18)]
    prompt = prompted(texts=texts)
    honest, lying = faithful(prompt), liar(k)(prompt)
    honest_text = " ".join(line.text for line in (honest.headline, *honest.lines) if line)
    lying_text = " ".join(line.text for line in (lying.headline, *lying.lines) if line)
    n_items = sum(len(find(line.text)) for line in (honest.headline, *honest.lines) if line)
    before, after = honest_text.replace(" not", "").split(), lying_text.replace(" not", "").split()
    n_changed = sum(a != b for a, b in zip(before, after, strict=True))
    n_changed += lying_text.count(" not")
    assert n_changed == n_items // k


def test_each_lie_keeps_its_truth() -> None:
    answer = liar(1)(prompted(texts=["The dam was safe."]))
    assert answer.lies == (("The dam was not safe.", "The dam was safe."),) * 2


def test_liar_turns_every_kth_opinion() -> None:
    claims = [{"k": k, "claim": "The dam held.", "evidence": "The dam held."} for k in (1, 2)]
    claims.append({"k": 4, "claim": "5 fell", "evidence": "4 fell"})
    opinions = liar(2)(prompted("verify", user=fenced("claims", claims))).opinions
    assert [o.verdict for o in opinions] == ["supported", "unsupported", "supported"]


def test_number_without_a_free_neighbour_grows_a_digit() -> None:
    text = "All of " + " ".join(map(str, range(10))) + " count."
    assert changed(text, "number").split()[2] == "00"
