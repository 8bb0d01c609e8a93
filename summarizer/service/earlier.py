"""Earlier briefings as files: what `--previous` names."""

from collections.abc import Iterable
from pathlib import Path

from summarizer.briefing import previous
from summarizer.briefing.previous import Previous
from summarizer.errors import InputError, LimitError
from summarizer.limits import MAX_FILE_BYTES
from summarizer.sources import records


def load(paths: Iterable[Path]) -> tuple[Previous, ...]:
    """Read the JSON of earlier briefings.

    Raises:
        LimitError: a file is larger than a file may be.
        InputError: a file cannot be read or holds no briefing; the message names it.
    """
    return tuple(map(_read, paths))


def _read(path: Path) -> Previous:
    try:
        text = _text(path)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}: name the JSON of a briefing") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8: name the JSON of a briefing") from error
    try:
        content = records.loads(text)
    except InputError as error:
        raise InputError(f"{path}: {error}: name the JSON of a briefing") from error
    return previous.read(content, where=str(path))


def _text(path: Path) -> str:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise LimitError(
            f"{path}: larger than {MAX_FILE_BYTES:,} bytes: write it without --include-text"
        )
    return path.read_text(encoding="utf-8-sig")
