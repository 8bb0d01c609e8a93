from typing import Any

import pytest

from summarizer.briefing.topics import MIN_MENTIONS, OPENING_CHARS, Topic, search
from summarizer.errors import InputError
from summarizer.types import Document

FILLER = "Nothing else was said that day. " * (OPENING_CHARS // 30)


def subjects(text: str, title: str = "") -> tuple[int, ...]:
    document = Document(id="d", text=text, title=title, language="en")
    return search([document], [Topic(name="Dam", terms=("dam",))]).subjects.get("d", ())


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": " ", "terms": ("dam",)}, "no name"),
        ({"name": "Dam", "terms": ()}, "topic Dam: add a term"),
        ({"name": "Dam", "terms": ("NOT dam",)}, "topic Dam: add a term"),
        ({"name": "Dam", "terms": ("dam", "!")}, "no word"),
        ({"name": "Dam", "terms": ("dam",), "mode": "hide"}, "unknown mode"),
    ],
)
def test_a_topic_that_cannot_be_found_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Topic(**fields)


def test_a_document_is_about_what_its_title_or_opening_mentions() -> None:
    assert subjects("The dam broke.\n\n" + FILLER, title="The dam broke.") == (0,)
    assert subjects("Water rose. The dam broke. " + FILLER) == (0,)


def test_a_mention_in_passing_does_not_make_a_subject() -> None:
    assert subjects(FILLER + "The dam broke.") == ()
    assert subjects(FILLER + "The dam broke. " * MIN_MENTIONS) == (0,)


def test_a_story_is_about_what_most_of_its_documents_are_about() -> None:
    texts = {"a": "The dam broke.", "b": "The dam holds.", "c": "Water rose.", "d": "Rain fell."}
    documents = {name: Document(id=name, text=text) for name, text in texts.items()}
    found = search(list(documents.values()), [Topic(name="Dam", terms=("dam",))])
    assert found.of_story([documents[name] for name in "abc"]) == (0,)
    assert found.of_story([documents[name] for name in "abcd"]) == ()
    assert found.of_story([]) == ()


def test_modes_decide_what_becomes_of_a_story() -> None:
    modes = ("watch", "boost", "section", "mute", "section")
    found = search([], [Topic(name=str(i), terms=("x",), mode=m) for i, m in enumerate(modes)])  # type: ignore[arg-type]
    assert [found.is_asked([i]) for i in range(5)] == [False, True, True, False, True]
    assert [found.section([i]) for i in range(5)] == [5, 5, 2, 5, 4]
    assert found.section([2, 4]) == 2
    assert found.muting([0, 1, 2]) is None
    muting = found.muting([0, 3])
    assert muting is not None
    assert muting.name == "3"
