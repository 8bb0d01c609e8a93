import json

from hypothesis import given
from hypothesis import strategies as st

from summarizer.models import blocks


@given(st.lists(st.text()))
def test_no_text_leaves_its_line(texts: list[str]) -> None:
    block = blocks.lines({"text": text} for text in texts)
    read = [json.loads(line)["text"] for line in block.split("\n") if line]
    assert read == texts


@given(st.lists(st.text(st.sampled_from("A1 B2:\n\r\x0b\x0c\x1c\x85\u2028\u2029<>/"))))
def test_no_text_begins_a_line(texts: list[str]) -> None:
    block = blocks.labelled((f"A{i}", text) for i, text in enumerate(texts))
    read = [line.partition(" ") for line in block.splitlines()]
    assert [label for label, _, _ in read] == [f"A{i}" for i in range(len(texts))]
    assert [text.split() for _, _, text in read] == [text.split() for text in texts]


@given(st.lists(st.text(min_size=1), min_size=1))
def test_marker_is_the_same_for_the_same_text_and_unknown_to_it(texts: list[str]) -> None:
    nonce = blocks.nonce(*texts)
    assert nonce == blocks.nonce(*texts)
    assert nonce != blocks.nonce(*texts, "more")
    assert not any(nonce in text for text in texts)


def test_ids_come_before_the_text_they_support() -> None:
    schema = blocks.piece(["A1"], numbered=True)
    assert schema["required"] == ["k", "cites", "text"]
    assert list(schema["properties"]) == ["k", "cites", "text"]  # type: ignore[arg-type]
    assert schema["additionalProperties"] is False


def test_ids_are_listed_up_to_the_length_that_servers_take() -> None:
    few, many = ([f"A{i}" for i in range(n)] for n in (blocks.MAX_IDS, blocks.MAX_IDS + 1))
    assert blocks.cites(few)["items"] == {"type": "string", "enum": few}
    assert blocks.cites(many)["items"] == {"type": "string"}
