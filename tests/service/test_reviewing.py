import io
import re
from pathlib import Path

import pytest

from summarizer.briefing.review import review
from summarizer.errors import InputError
from summarizer.service.reviewing import MAX_WIDTH, read, shortfall, table
from summarizer.text.normalise import document
from summarizer.types import Review

SOURCE = document(
    "Divers found seven bodies in the wreck on Tuesday. Schools in Kessel stay closed.",
    title="Seven bodies found",
    source="Northern Wire",
    language="en",
)
GOOD = "Schools in Kessel stay closed."
BAD = "Divers found nine bodies in the wreck on Tuesday."


def reviewed(text: str) -> Review:
    return review(text, [SOURCE], language="en")


def shown(made: Review) -> str:
    """Return the table as it is read, without colours and emphasis."""
    return re.sub(r"\x1b\[[0-9;]*m", "", table(made))


@pytest.fixture(autouse=True)
def screen(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Pretend a colour terminal 80 characters wide, as rich finds one."""
    for name in ("NO_COLOR", "COLORTERM", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    return monkeypatch


def test_file_is_read_without_its_markup(clean_folder: Path) -> None:
    (clean_folder / "a.md").write_text("# Ferry\n\n**Seven** bodies [were](x) found.\n")
    assert read("a.md", [], stdin=None) == "Ferry\n\nSeven bodies were found."


def test_documents_of_one_file_are_one_text(clean_folder: Path) -> None:
    (clean_folder / "a.jsonl").write_text('{"text": "One."}\n{"text": "Two."}\n')
    assert read("a.jsonl", [], stdin=None) == "One.\n\nTwo."


def test_standard_input_is_read() -> None:
    assert read("-", ["a.md"], stdin=io.BytesIO(GOOD.encode())) == GOOD


def test_standard_input_cannot_be_both() -> None:
    with pytest.raises(InputError, match="give one of them as a file"):
        read("-", ["a.md", "-"], stdin=io.BytesIO(b"Text."))


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "there is no such file or folder: correct the path"), (" \n", "give a file with text")],
)
def test_text_that_is_not_there_is_a_mistake_of_the_user(
    clean_folder: Path, content: str | None, message: str
) -> None:
    if content is not None:
        (clean_folder / "a.txt").write_text(content)
    with pytest.raises(InputError, match=f"the text to check: a.txt: .*{message}"):
        read("a.txt", [], stdin=None)


def test_shortfall_counts_the_sentences_that_failed() -> None:
    assert shortfall(reviewed(GOOD)) is None
    assert shortfall(reviewed(f"{BAD} {GOOD}")) == "sentences neither verbatim nor supported: 1"


def test_row_has_verdict_sentence_reason_passage_and_document() -> None:
    made = reviewed(f"{GOOD} {BAD}")
    read_aloud = " ".join(shown(made).split())
    for part in (GOOD, "verbatim", BAD, "Divers found seven bodies in the wreck on Tuesday."):
        assert part in read_aloud
    assert (made.claims[1].reason or "-").split()[0] in read_aloud
    assert read_aloud.count("[1] Seven bodies found, Northern Wire") == 2
    assert "2 sentences: 1 verbatim, 1 " in read_aloud


def test_words_of_a_verbatim_sentence_are_shown_once() -> None:
    assert shown(reviewed(GOOD)).count(GOOD) == 1


def test_colour_is_shown_unless_unwanted(screen: pytest.MonkeyPatch) -> None:
    assert "\x1b[32m= verbatim" in table(reviewed(GOOD))
    screen.setenv("NO_COLOR", "1")
    assert "\x1b[32m" not in table(reviewed(GOOD))


def test_lines_keep_to_the_terminal_and_to_what_can_be_read(screen: pytest.MonkeyPatch) -> None:
    text = f"{BAD[:-1]}, as " + "officials said and " * 20 + "others said."
    for width, most in ((60, 60), (300, MAX_WIDTH)):
        screen.setenv("COLUMNS", str(width))
        assert max(map(len, shown(reviewed(text)).splitlines())) <= most


def test_markup_in_a_text_is_printed_and_not_obeyed() -> None:
    assert "[bold]" in shown(reviewed("[bold]Schools[/bold] in Kessel stay closed."))
