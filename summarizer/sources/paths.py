"""Which files a file, a folder or a glob stands for."""

import glob
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from summarizer.sources import formats
from summarizer.types import Note

_CONFIGURATION = "summarizer.toml"  # lies beside the articles it is about


@dataclass(frozen=True, slots=True)
class Found:
    """The readable files of one source in path order, and notes on what else was there."""

    files: tuple[Path, ...] = ()
    notes: tuple[Note, ...] = ()


def find(name: str) -> Found:
    """Find the files that `name` stands for: an existing path, else a glob."""
    path = Path(name)
    if _exists(path):
        return _folder([path], name) if path.is_dir() else _file(path)
    if not glob.has_magic(name):
        why = "there is no such file or folder: correct the path"
        return Found(notes=(Note("missing", f"{shown(name)}: {why}"),))
    matches = sorted(map(Path, glob.glob(name, recursive=True)))  # noqa: PTH207 - any root
    if not matches:
        why = "no file matches: correct the pattern"
        return Found(notes=(Note("missing", f"{shown(name)}: {why}"),))
    return _folder(matches, name)


def shown(path: Path | str) -> str:
    """Return a path as one printable line; a file name may hold any byte but NUL and "/"."""
    return "".join(char if char.isprintable() else "\ufffd" for char in str(path))


def _exists(path: Path) -> bool:
    try:
        path.stat()
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return False
    return True


def _file(path: Path) -> Found:
    if formats.of(path) is not None or not path.is_file():
        return Found((path,))
    why = f"{path.suffix} is not a format that can be read: save it as {formats.READABLE}"
    return Found(notes=(Note("unknown_format", f"{shown(path)}: {why}"),))


def _folder(roots: Iterable[Path], name: str) -> Found:
    files: dict[Path, None] = {}
    notes: list[Note] = []
    n_skipped = 0
    for root in roots:
        for path in _walk(root, notes) if root.is_dir() else (root,):
            # A broken link is opened, so that it is reported; a pipe or a device never is.
            if formats.of(path) is not None and (path.is_file() or path.is_symlink()):
                files[path] = None
            else:
                n_skipped += 1
    if n_skipped:
        why = f"{n_skipped:,} files were skipped: they are not {formats.READABLE}"
        notes.append(Note("skipped_files", f"{shown(name)}: {why}"))
    elif not files and not notes:
        notes.append(Note("empty", f"{shown(name)}: there are no files in this folder"))
    return Found(tuple(files), tuple(notes))


def _may_be_article(path: Path) -> bool:
    """Tell articles from what tells where they are: a feed is read where it is named."""
    return formats.of(path) != "feed" and path.name != _CONFIGURATION


def _walk(folder: Path, notes: list[Note]) -> list[Path]:
    """Return the files below `folder` in path order, without hidden ones.

    Linked folders are followed, each folder once, so that a loop of links ends. What cannot be
    listed is added to `notes`.
    """

    def report(error: OSError) -> None:
        why = f"{error.strerror}: correct its permissions"
        notes.append(Note("unreadable", f"{shown(error.filename)}: {why}"))

    files: list[Path] = []
    seen: set[Path] = set()
    for root, folders, names in os.walk(folder, followlinks=True, onerror=report):
        real = Path(root).resolve()
        if real in seen:
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files += (Path(root, name) for name in names if not name.startswith("."))
    return sorted(filter(_may_be_article, files), key=lambda path: path.parts)
