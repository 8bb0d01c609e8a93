"""The routes of the pages for people; `summarizer.service.web` makes what they answer with."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from summarizer.service.api import answers
from summarizer.service.api import runs as told
from summarizer.service.api.auth import Reader
from summarizer.service.api.state import Shared
from summarizer.service.store import editions
from summarizer.service.web import audit, briefing, edition, frame, home, missing, search
from summarizer.service.web.frame import Page
from summarizer.settings.editions import NAME

router = APIRouter(include_in_schema=False)

Cursor = Annotated[str | None, Query(max_length=1_000)]


@router.get("/")
def first(request: Request, service: Shared, caller: Reader) -> Response:
    """Show the caller's editions and newest briefings."""
    base = (service.settings.server.public_url or str(request.base_url)).rstrip("/")
    return _shown(home.page(service.db, caller.owner, now=service.clock(), base=base))


@router.get("/editions/{name}")
def of_edition(name: str, service: Shared, caller: Reader, cursor: Cursor = None) -> Response:
    """Show an edition."""
    stored = editions.get(service.db, caller.owner, name) if NAME.fullmatch(name) else None
    if stored is None:
        return _missing()
    return _shown(edition.page(service.db, stored, now=service.clock(), cursor=cursor))


@router.get("/briefings/{run}")
def of_run(run: str, service: Shared, caller: Reader, claim: str | None = None) -> Response:
    """Show a briefing, or how far it is; with a claim, lead to where that stands."""
    found = told.find(service, run, caller.owner)
    if found is None:
        return _missing()
    if claim is not None:
        anchor = briefing.anchor(service.db, found, claim)
        where = frame.part("briefings", found.id) + (f"#{anchor}" if anchor else "")
        return RedirectResponse(where, HTTPStatus.SEE_OTHER)
    return _shown(briefing.page(service.db, found))


@router.get("/briefings/{run}/audit")
def on_record(run: str, service: Shared, caller: Reader) -> Response:
    """Show how a briefing came about."""
    found = told.find(service, run, caller.owner)
    return _missing() if found is None else _shown(audit.page(service.db, found))


@router.get("/search")
def among_claims(service: Shared, caller: Reader, q: str = "", cursor: Cursor = None) -> Response:
    """Show the printed sentences that hold all words of `q`."""
    return _shown(search.page(service.db, caller.owner, q=q, cursor=cursor))


def _missing() -> Response:
    return _shown(missing.page(), HTTPStatus.NOT_FOUND)


def _shown(page: Page, status: HTTPStatus = HTTPStatus.OK) -> Response:
    policy = (
        answers.page_policy() if page.policy is None else {"Content-Security-Policy": page.policy}
    )
    return HTMLResponse(page.text, status, policy)
