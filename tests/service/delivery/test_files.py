"""Writing results: whole or not at all, UTF-8 everywhere."""

import io
import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import InputError, SummarizerError
from summarizer.service.delivery import files

WRITABLE_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(WRITABLE_TEXT)
def test_file_holds_the_text_as_utf_8(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("out") / "briefing.md"
    files.to_file(text, path)
    assert path.read_bytes() == text.encode()
    assert list(path.parent.iterdir()) == [path]


def test_existing_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "briefing.md"
    path.write_text("old")
    path.chmod(0o640)
    files.to_file("new", path)
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_link_stays_and_its_target_is_written(tmp_path: Path) -> None:
    link = tmp_path / "latest.md"
    link.symlink_to(tmp_path / "today.md")
    files.to_file("text", link)
    assert link.is_symlink()
    assert (tmp_path / "today.md").read_text() == "text"


def test_device_is_written_and_not_replaced() -> None:
    files.to_file("text", Path(os.devnull))
    assert not Path(os.devnull).is_file()


def test_failed_write_leaves_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "briefing.md"
    with pytest.raises(SummarizerError, match="No such file or directory: write to another file"):
        files.to_file("text", path)
    assert list(tmp_path.iterdir()) == []


def test_usable_path_passes(tmp_path: Path) -> None:
    files.check(tmp_path / "briefing.md")
    assert list(tmp_path.iterdir()) == []


def test_folder_is_no_file_to_write(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="this is a folder: name a file in it"):
        files.check(tmp_path)


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no folder .*missing: make it first"):
        files.check(tmp_path / "missing" / "briefing.md")


def test_impossible_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="File name too long: name another file"):
        files.check(tmp_path / ("x" * 300))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs Linux")
def test_folder_that_cannot_be_written_is_named() -> None:
    with pytest.raises(InputError, match="/proc/self cannot be written: choose another"):
        files.check(Path("/proc/self/briefing.md"))


def stdout_on(path: str, monkeypatch: pytest.MonkeyPatch) -> io.TextIOWrapper:
    stream = io.TextIOWrapper(io.FileIO(path, "w"), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    return stream


def test_standard_output_is_utf_8_whatever_the_locale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stdout_on(str(tmp_path / "out"), monkeypatch):
        files.to_stdout("Gr\u00fc\u00dfe\n")
    assert (tmp_path / "out").read_bytes() == "Gr\u00fc\u00dfe\n".encode()


def test_reader_that_has_gone_away_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        files.to_stdout("text")
        files.to_stdout("more")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux")
def test_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BufferedWriter(io.FileIO("/dev/full", "w")))
    monkeypatch.setattr(sys, "stdout", stream)
    with pytest.raises(SummarizerError, match="standard output: No space left on device"):
        files.to_stdout("text")
    with pytest.raises(OSError, match="No space left"):  # as nothing was written
        stream.close()
