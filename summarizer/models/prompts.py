"""The prompt files: found in the wheel or the checkout, read strictly, filled once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from string import Template

from summarizer.errors import ConfigurationError
from summarizer.models.base import Prompt
from summarizer.types import Json

TASKS = ("write", "repair", "lead", "verify", "adjudicate", "extract")
_DATA = frozenset({"sentences", "failed", "claims"})


@dataclass(frozen=True, slots=True)
class PromptFile:
    """One task's prompt as it stands in its file."""

    version: int
    system: str
    user: str
    json_form: str
    lines_form: str

    @property
    def digest(self) -> str:
        """SHA-256 of all fields, hexadecimal: comments and the order in the file do not count."""
        parts = (str(getattr(self, field.name)) for field in fields(self))
        return sha256("\0".join(parts).encode()).hexdigest()

    def fill(
        self,
        task: str,
        values: Mapping[str, object],
        *,
        schema: Mapping[str, Json],
        max_output_tokens: int,
    ) -> Prompt:
        """Put `values` into the user part; text of documents is substituted once, never again."""
        return Prompt(
            task=task,
            system=self.system.strip(),
            user=Template(self.user).substitute(values).strip(),
            json_form=self.json_form.strip(),
            lines_form=self.lines_form.strip(),
            schema=schema,
            max_output_tokens=max_output_tokens,
            digest=self.digest,
        )


@cache
def load(folder: str | None = None) -> Mapping[str, PromptFile]:
    """Read the prompt of every task.

    Args:
        folder: of files of one's own; None: those that come with the package.

    Raises:
        ConfigurationError: a file is missing, or is not what a prompt file is; it is named.
    """
    root = _own_folder() if folder is None else Path(folder)
    return {task: _read(root / f"{task}.toml") for task in TASKS}


def _own_folder() -> Path:
    """Return the folder inside the installed package, or that of the checkout."""
    package = Path(str(resources.files("summarizer")))
    packaged = package / "_prompts"
    return packaged if packaged.is_dir() else package.parent / "prompts"


def _read(path: Path) -> PromptFile:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigurationError(
            f"{path}: no such prompt file: a folder of prompts needs one for each of "
            f"{', '.join(TASKS)}"
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: not a readable TOML file in UTF-8: {error}") from error
    names = {field.name: field.type for field in fields(PromptFile)}
    if content.keys() != names.keys():
        odd = sorted(content.keys() ^ names.keys())
        raise ConfigurationError(f"{path}: needs exactly {', '.join(names)}; see {', '.join(odd)}")
    for name, kind in names.items():
        if type(content[name]) is not kind:
            raise ConfigurationError(f"{path}: {name} is of the wrong type")
    return _checked(path, PromptFile(**content))


def _checked(path: Path, prompt: PromptFile) -> PromptFile:
    """Refuse text that cannot be filled: a lone "$" would fail in the middle of a briefing."""
    template = Template(prompt.user)
    if not template.is_valid():
        raise ConfigurationError(f"{path}: user has a $ that starts no name: write $$ for a dollar")
    own = tomllib.loads((_own_folder() / path.name).read_text(encoding="utf-8"))["user"]
    known, given = (set(text.get_identifiers()) for text in (Template(own), template))
    if unknown := sorted(given - known):
        raise ConfigurationError(f"{path}: user has the unknown ${unknown[0]}")
    if missing := sorted((known & _DATA) - given):
        raise ConfigurationError(f"{path}: user needs ${missing[0]}: the model would see no text")
    return prompt
