"""Reads word tables: what a word stands for -> the words, one TOML file a language.

Entries end at a comma or at the end of a line. What stands in `und.toml` belongs to all languages.
"""

import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

Words = tuple[str, ...]
Table = Mapping[str, Words]

_ENTRY_END = re.compile(r"[,\n]")
SHARED = "und"


def read(package: str, language: str) -> dict[str, Any]:
    """Return the tables, word lists and switches that a package has for a language, by name.

    Words come in the order written, those that all languages share after the language's own.
    """
    shared = _file(package, SHARED)
    own = {} if language == SHARED else _file(package, language)
    return {name: _merge(own.get(name), shared.get(name)) for name in {**shared, **own}}


def entries(text: str) -> Words:
    """Return the entries of a list, each once, in the order written."""
    return tuple(dict.fromkeys(filter(None, map(str.strip, _ENTRY_END.split(text)))))


def flat(table: Table) -> dict[str, str]:
    """Return what each word stands for, a space for each hyphen in it; the last entry wins."""
    return {word.replace("-", " "): key for key, words in table.items() for word in words}


def _file(package: str, language: str) -> dict[str, Any]:
    file = resources.files(package).joinpath(f"{language}.toml")
    if not (language.isalpha() and file.is_file()):
        return {}
    return {name: _parsed(value) for name, value in tomllib.loads(file.read_text("utf-8")).items()}


def _parsed(value: Any) -> Any:  # noqa: ANN401 - what TOML holds
    if isinstance(value, dict):
        return {key: _parsed(item) for key, item in value.items()}
    if isinstance(value, str):
        return entries(value)
    return tuple(value) if isinstance(value, list) else value


def _merge(own: Any, shared: Any) -> Any:  # noqa: ANN401 - what TOML holds
    if own is None or shared is None:
        return shared if own is None else own
    if isinstance(own, dict):
        return {key: (*own.get(key, ()), *shared.get(key, ())) for key in {**own, **shared}}
    return (*own, *shared)
