"""The editions of `summarizer.toml` in the store, beside those put there over HTTP."""

import json
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from summarizer.errors import ConfigurationError, InputError
from summarizer.service.store import editions, facts
from summarizer.service.store.database import Database
from summarizer.service.store.editions import Stored
from summarizer.settings import Settings, did_you_mean
from summarizer.settings.editions import Edition

LOCAL = "local"  # who owns the editions of the file
_WEB = frozenset({"http", "https", "mailto"})


def sync(db: Database, settings: Settings, *, folder: Path, now: datetime) -> None:
    """Put the editions of the settings into the store, and take out those no longer there.

    Several folders may share a store, so those that another file put there stay.

    Args:
        db: the store.
        settings: as loaded.
        folder: of the settings' file, which paths in it are relative to.
        now: the time.
    """
    specs = {name: absolute(edition, folder) for name, edition in settings.editions.items()}
    known = {stored.name: stored for stored in editions.all(db, LOCAL)}
    for name, edition in specs.items():
        spec, stored = edition.model_dump(mode="json"), known.get(name)
        if stored is None or (stored.spec, stored.origin) != (spec, "file"):
            editions.put(db, LOCAL, name, spec, origin="file", now=now)
    fact = f"editions of {folder.resolve()}"
    written = json.dumps(sorted(specs))
    before = facts.get(db, fact)
    for name in json.loads(before or "[]"):
        if name not in specs and name in known and known[name].origin == "file":
            editions.delete(db, LOCAL, name, now=now)
    if before != written and (before or specs):
        facts.put(db, fact, written)


def find(db: Database, name: str) -> Stored:
    """Return an edition by its name: of the file rather than of others who put one.

    Raises:
        InputError: there is none.
    """
    known = editions.all(db)
    named = [stored for stored in known if stored.name == name]
    if not named:
        names = sorted({stored.name for stored in known})
        near = did_you_mean(name, names) if names else ": write [editions.NAME] in summarizer.toml"
        raise InputError(f"there is no edition {name!r}{near}")
    return min(named, key=lambda stored: (stored.owner != LOCAL, stored.owner))


def absolute(edition: Edition, folder: Path) -> Edition:
    """Return the edition with all its paths absolute: whoever makes it may run elsewhere."""
    where = edition.on_failure
    return edition.model_copy(
        update={
            "sources": tuple(_absolute(source, folder) for source in edition.sources),
            "files": tuple(_absolute(path, folder) for path in edition.files),
            "on_failure": None if where is None else _absolute(where, folder),
        }
    )


def read(stored: Stored) -> Edition:
    """Return what a stored edition asks for.

    Raises:
        ConfigurationError: this version of the program cannot read it.
    """
    try:
        return Edition.model_validate(stored.spec)
    except ValidationError as error:
        field = ".".join(map(str, error.errors(include_input=False)[0]["loc"]))
        raise ConfigurationError(
            f"edition {stored.name}: {field or 'what it says'} cannot be read: put it again"
        ) from error


def _absolute(named: str, folder: Path) -> str:
    """Return an address as it is, a path below `folder` unless it says otherwise."""
    try:
        if urlsplit(named).scheme.lower() in _WEB:
            return named
    except ValueError:  # brackets, in a glob
        pass
    return str(folder.resolve() / Path(named).expanduser())
