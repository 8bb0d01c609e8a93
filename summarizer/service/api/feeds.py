"""The feed of an edition: its last briefings, one a day, for readers of feeds."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from summarizer.render import atom
from summarizer.render.atom import Entry
from summarizer.service import requests
from summarizer.service.api import answers, openapi
from summarizer.service.api import editions as defined
from summarizer.service.api.auth import Reader
from summarizer.service.api.state import Service, Shared
from summarizer.service.editions import specs
from summarizer.service.store import briefings, runs
from summarizer.service.store.database import stamp
from summarizer.service.store.editions import Stored
from summarizer.service.store.run import Run
from summarizer.service.stored import restore

router = APIRouter(tags=["editions"])

N_ENTRIES = 14
N_RUNS = 50  # that are looked at for them

_EXAMPLE = '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'


@router.get(
    "/v1/editions/{name}/feed.atom",
    summary="Read an edition as an Atom feed",
    description="Readers of feeds may send the token as the password of HTTP Basic.",
    response_class=Response,
    responses=openapi.responses(None, "The feed", "not_found")
    | openapi.other(atom.MEDIA_TYPE, "The feed", _EXAMPLE),
)
def read(request: Request, name: str, service: Shared, caller: Reader) -> Response:
    """Answer with the last briefings of an edition."""
    stored = defined.own(service, name, caller.owner)
    newest = _newest(service, stored)
    finished = [run.finished for run in newest if run.finished is not None]
    updated = max(finished, default=stored.updated)
    etag = requests.digest([stamp(stored.updated), *(run.id for run in newest)])
    headers = {"ETag": f'"{etag}"', "Cache-Control": "private, no-cache"}
    if answers.is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    base = (service.settings.server.public_url or str(request.base_url)).rstrip("/")
    written = atom.feed(
        [_entry(service, stored, run, base) for run in newest],
        id=atom.urn(stored.owner, stored.name),
        title=specs.read(stored).title or stored.name,
        self_url=f"{base}/v1/editions/{stored.name}/feed.atom",
        updated=updated,
    )
    return Response(written.encode(), media_type=atom.MEDIA_TYPE, headers=headers)


def _newest(service: Service, stored: Stored) -> list[Run]:
    """Return the last run of each of the last days that has a briefing, newest first."""
    found, _ = runs.page(
        service.db, owner=stored.owner, limit=N_RUNS, cursor=None, edition=stored.name
    )
    by_day: dict[str | None, Run] = {}
    for run in found:
        if run.briefing is not None:
            by_day.setdefault(run.day, run)
    return list(by_day.values())[:N_ENTRIES]


def _entry(service: Service, stored: Stored, run: Run, base: str) -> Entry:
    assert isinstance(run.finished, datetime)
    return Entry(
        id=atom.urn(stored.owner, stored.name, run.day),
        briefing=restore(briefings.get(service.db, run.id)),
        updated=run.finished,
        url=f"{base}/briefings/{run.id}",
    )
