"""Hand a finished briefing to its reader: a file, written in one step, or standard output."""

import os
import shutil
import sys
from pathlib import Path

from summarizer.errors import InputError, SummarizerError

_FORMAT_OF_SUFFIX = {
    ".md": "md",
    ".html": "html",
    ".json": "json",
    ".txt": "text",
    ".eml": "eml",
}


def format_of(path: Path | None) -> str | None:
    """Return the format a file's suffix stands for; None for standard output or another suffix."""
    return None if path is None else _FORMAT_OF_SUFFIX.get(path.suffix.lower())


def check(path: Path | None) -> None:
    """Find out before the work whether its result can be written to `path`.

    None is standard output, which is not looked at.

    Raises:
        InputError: it cannot; the message says why and what to do.
    """
    if path is None:
        return
    try:
        is_folder, has_folder = path.is_dir(), path.parent.is_dir()
    except OSError as error:  # a name that cannot be
        raise InputError(f"{path}: {error.strerror}: name another file") from error
    if is_folder:
        raise InputError(f"{path}: this is a folder: name a file in it")
    if not has_folder:
        raise InputError(f"{path}: there is no folder {path.parent}: make it first")
    if not os.access(path.parent, os.W_OK):
        raise InputError(f"{path}: folder {path.parent} cannot be written: choose another")


def deliver(text: str, path: Path | None) -> None:
    """Write `text` to a file, or to standard output where none is named.

    Raises:
        SummarizerError: the system refuses.
    """
    if path is None:
        to_stdout(text)
    else:
        to_file(text, path)


def to_file(text: str, path: Path) -> None:
    """Write `text` as UTF-8, so that nobody ever reads half of it.

    Raises:
        SummarizerError: the system refuses.
    """
    try:
        if path.exists() and not path.is_file():  # a device or a pipe must not be replaced
            path.write_bytes(text.encode())
        else:
            _replace(path.resolve(), text.encode())
    except OSError as error:
        raise SummarizerError(f"{path}: {error.strerror}: write to another file") from error


def to_stdout(text: str) -> None:
    """Write `text` as UTF-8 whatever the locale is; a reader that has gone away is no error.

    Raises:
        SummarizerError: the system refuses.
    """
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Python flushes once more when it ends; let that go nowhere.
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
    except OSError as error:
        raise SummarizerError(f"standard output: {error.strerror}: write to a file") from error


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name[:200]}.{os.getpid()}")
    try:
        temporary.write_bytes(content)
        if path.exists():
            shutil.copymode(path, temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
