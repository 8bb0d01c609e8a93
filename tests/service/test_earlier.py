"""Files that `--previous` names."""

import json
from pathlib import Path

import pytest

import summarizer
from summarizer.briefing import previous
from summarizer.errors import InputError, LimitError
from summarizer.limits import MAX_FILE_BYTES
from summarizer.service import earlier
from summarizer.types import plain


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = summarizer.brief(["A gate of the dam broke early on Tuesday near Kessel."])
    path = tmp_path / "monday.json"
    path.write_text(json.dumps(plain(made)))
    return path


def test_briefings_are_read_in_the_order_named(file: Path) -> None:
    expected = previous.read(json.loads(file.read_text()), where="a")
    assert earlier.load([file, file]) == (expected, expected)
    assert earlier.load([]) == ()


def test_byte_order_mark_is_no_part_of_the_json(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert len(earlier.load([file])) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff", "not UTF-8"),
        (b"{", "not JSON"),
        (b'{"a": 1, "a": 2}', "the same key twice"),
        (b"{}", "field schema is missing"),
    ],
)
def test_file_that_holds_no_briefing_is_named(file: Path, content: bytes, message: str) -> None:
    file.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        earlier.load([file])
    assert str(caught.value).startswith(str(file))


def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.json: No such file"):
        earlier.load([tmp_path / "none.json"])
    with pytest.raises(InputError, match="directory"):
        earlier.load([tmp_path])


def test_file_beyond_the_limit_is_not_read(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(LimitError, match="without --include-text"):
        earlier.load([file])
