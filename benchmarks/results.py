"""The figures last measured, in `results.json` beside this file: one section a benchmark."""

import json
from collections.abc import Mapping
from pathlib import Path

PATH = Path(__file__).with_name("results.json")
N_DIGITS = 4  # after the point; more is noise and makes every comparison of two files differ


def record(section: str, figures: Mapping[str, object], *, path: Path = PATH) -> None:
    """Replace one section of the file and keep the others.

    Keys are sorted and no time or place is written, so that equal figures give equal bytes. The
    file is replaced as a whole: a reader never sees half of it.
    """
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known[section] = _rounded(figures)
    written = json.dumps(known, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    beside = path.with_suffix(".part")
    beside.write_text(written, encoding="utf-8")
    beside.replace(path)


def _rounded(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _rounded(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_rounded(item) for item in value]
    return round(value, N_DIGITS) if isinstance(value, float) else value
