import json
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from summarizer.render.json import render
from summarizer.types import Briefing, plain


def test_json_is_the_contract_in_its_order(briefing: Briefing) -> None:
    read = json.loads(render(briefing))

    assert read == plain(briefing)
    assert list(read)[:4] == ["schema", "id", "title", "day"]


def test_json_holds_the_texts_only_if_asked_for(briefing: Briefing) -> None:
    without = json.loads(render(briefing))["documents"]
    with_texts = json.loads(render(briefing, include_text=True))["documents"]

    assert all("text" not in document for document in without)
    assert [d["text"] for d in with_texts] == [d.text for d in briefing.documents]


def test_json_writes_other_scripts_as_they_are_on_indented_lines(briefing: Briefing) -> None:
    rendered = render(briefing)

    assert "十四人被送往医院。" in rendered
    assert '\n  "id": ' in rendered


@given(st.text(st.characters(), max_size=30))
def test_json_of_any_text_is_valid_utf_8(hostile: Callable[[str], Briefing], text: str) -> None:
    rendered = render(hostile(text), include_text=True).encode()

    title = json.loads(rendered)["title"]
    expected = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text or "-")
    assert title == expected
