"""Editions as clients may put and see them: without files of this machine, without secrets."""

from collections.abc import Mapping
from typing import Any

from summarizer.briefing.options import EXTRACTIVE, Options
from summarizer.errors import InputError
from summarizer.service import bodies
from summarizer.service.api.state import Service
from summarizer.service.api.views import EditionView
from summarizer.service.editions import due, specs
from summarizer.service.store.database import stamp
from summarizer.service.store.editions import Stored
from summarizer.settings import Settings
from summarizer.settings.editions import Edition

_REMOTE = ("mailto:", "http://", "https://")


def read(body: bytes, settings: Settings) -> Edition:
    """Read the body that defines an edition.

    It may not name files: whoever has a token must not read or write those of this machine.

    Raises:
        ProblemError: it is no JSON object in UTF-8.
        InputError: a key is unknown or a value is of no use; the message names the field only.
    """
    edition = bodies.validated(bodies.decoded(body), Edition)
    bodies.addresses(list(edition.sources))
    if edition.files:
        raise InputError("files: only editions of summarizer.toml write files: use webhooks")
    if edition.on_failure is not None and not edition.on_failure.lower().startswith(_REMOTE):
        raise InputError("on_failure: write mailto:ops@example.org or a web address")
    if edition.engine not in (None, EXTRACTIVE, settings.engine, *settings.server.engines):
        raise InputError("engine: the server was not set up with it: see server.engines")
    return edition


def read_day(body: bytes) -> str | None:
    """Read the body of a request to run an edition; return its day, None for the last one due.

    Raises:
        ProblemError, InputError: as for `read`.
    """
    content = bodies.fields(body, ("day",)) if body.strip() else {}
    day = content.get("day")
    if day is not None and not isinstance(day, str):
        raise InputError("day: a calendar date such as 2026-03-04 is needed")
    return Options(day=day).day


def view(stored: Stored, service: Service) -> EditionView:
    """Return what a client sees of an edition."""
    upcoming = due.upcoming(specs.read(stored), service.clock())
    assert isinstance(stored.spec, Mapping)
    return EditionView(
        name=stored.name,
        origin=stored.origin,
        updated=stamp(stored.updated),
        next=None if upcoming is None else stamp(upcoming),
        edition=_masked(stored.spec),
    )


def _masked(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Hide the secrets of webhooks; a receiver knows its own."""
    hooks = [{**hook, "secret": "*" * 16} for hook in spec.get("webhooks", ())]
    return {**spec, "webhooks": hooks}
