import os
from pathlib import Path

import pytest

from summarizer.sources import paths


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Text.", encoding="utf-8")


def found(name: Path | str, base: Path) -> list[str]:
    return [path.relative_to(base).as_posix() for path in paths.find(str(name)).files]


def codes(name: Path | str) -> list[str]:
    return [note.code for note in paths.find(str(name)).notes]


def test_a_folder_is_its_readable_files_in_path_order(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.md", "a/b/c.html", "a.txt", "B", ".hidden.txt", ".git/x.txt")
    assert found(tmp_path, tmp_path) == ["B", "a/b/c.html", "a/z.md", "a.txt", "b.txt"]


def test_other_formats_in_a_folder_are_counted_in_one_note(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.pdf", "c.docx")
    notes = paths.find(str(tmp_path)).notes
    assert [note.code for note in notes] == ["skipped_files"]
    assert "2 files were skipped" in notes[0].message


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    make(tmp_path, "a/one.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to("self")
    assert found(tmp_path, tmp_path) == ["a/one.txt", "self"]


def test_a_linked_folder_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "a/one.txt")
    (tmp_path / "b").symlink_to(tmp_path / "a", target_is_directory=True)
    assert found(tmp_path, tmp_path) == ["a/one.txt"]


def test_pipes_in_a_folder_are_skipped(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert found(tmp_path, tmp_path) == []
    assert codes(tmp_path) == ["skipped_files"]


def test_an_empty_folder_is_empty(tmp_path: Path) -> None:
    assert codes(tmp_path) == ["empty"]


@pytest.mark.parametrize("name", ["missing.txt", "no*match", "a\0b", "x" * 5_000, ""])
def test_what_is_not_there_is_missing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert codes(name) == (["missing"] if name else ["empty"])


def test_a_glob_matches_files_and_folders_in_order(tmp_path: Path) -> None:
    make(tmp_path, "day2/b.txt", "day1/a.txt", "day1/.x.txt", "day3.txt", "other.txt", "day4.pdf")
    assert found(tmp_path / "day*", tmp_path) == ["day1/a.txt", "day2/b.txt", "day3.txt"]
    assert codes(tmp_path / "day*") == ["skipped_files"]


def test_a_recursive_glob_names_each_file_once(tmp_path: Path) -> None:
    make(tmp_path, "a/one.txt", "a/b/two.txt")
    assert found(tmp_path / "**", tmp_path) == ["a/b/two.txt", "a/one.txt"]


def test_an_existing_file_is_no_pattern(tmp_path: Path) -> None:
    make(tmp_path, "a[1].txt", "a1.txt")
    assert found(tmp_path / "a[1].txt", tmp_path) == ["a[1].txt"]


def test_a_file_of_unknown_format_is_named(tmp_path: Path) -> None:
    make(tmp_path, "report.pdf")
    notes = paths.find(str(tmp_path / "report.pdf")).notes
    assert [note.code for note in notes] == ["unknown_format"]
    assert ".pdf is not a format that can be read" in notes[0].message


def test_a_folder_that_cannot_be_listed_is_noted(tmp_path: Path) -> None:
    # Deeper than a path may be long: listing the last folder fails for every user.
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("d" * 200, dir_fd=folder)
        below = os.open("d" * 200, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    os.close(folder)
    assert codes(tmp_path) == ["unreadable"]


@pytest.mark.parametrize("name", ["a\nb", "a\x1b[31mb", "a\udc80b", "a\u202eb"])
def test_a_name_is_shown_as_one_printable_line(name: str) -> None:
    assert paths.shown(name).isprintable()
    assert paths.shown(name).startswith("a\ufffd")


def test_feed_is_read_where_it_is_named_and_not_with_its_folder(tmp_path: Path) -> None:
    (tmp_path / "post.xml").write_text("<rss/>")
    (tmp_path / "summarizer.toml").write_text("words = 100")
    (tmp_path / "article.md").write_text("The bridge is closed.")
    assert paths.find(str(tmp_path)) == paths.Found((tmp_path / "article.md",))
    assert paths.find(str(tmp_path / "*.xml")).files == (tmp_path / "post.xml",)
    assert paths.find(str(tmp_path / "post.xml")).files == (tmp_path / "post.xml",)
