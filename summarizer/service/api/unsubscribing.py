"""The page that a link in a mail leads to, and what ends the mails (RFC 8058)."""

from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from summarizer.service.api import answers, intake, openapi
from summarizer.service.api.state import Shared
from summarizer.service.delivery import unsubscribing
from summarizer.service.problems import ProblemError

router = APIRouter(tags=["mail"])

MAX_BYTES = 10_000  # of a form that says nothing
_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>body{{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}}
button{{font:inherit;padding:.5rem 1rem}}</style></head>
<body><h1>{title}</h1><p>{text}</p>{form}</body></html>
"""
_FORM = '<form method="post"><button>Unsubscribe</button></form>'
_RESPONSES = openapi.responses(None, "A page", "not_found") | openapi.other(
    "text/html", "A page", "<!DOCTYPE html>"
)


@router.get(
    unsubscribing.PATH,
    summary="Ask whether to end the mails of an edition",
    response_class=HTMLResponse,
    responses=_RESPONSES,
)
def confirm(token: str, service: Shared) -> Response:
    """Show a page with a button: who only looks at links, as scanners do, ends nothing."""
    found = unsubscribing.check(service.db, token)
    if found is None:
        raise _unknown()
    return _page("Unsubscribe", f"End the mails of the edition {found.edition}?", form=_FORM)


@router.post(
    unsubscribing.PATH,
    summary="End the mails of an edition to one recipient",
    response_class=HTMLResponse,
    responses=_RESPONSES,
)
async def end(request: Request, token: str, service: Shared) -> Response:
    """End them."""
    await intake.body(request, service, media_type=None, max_bytes=MAX_BYTES)
    ended = await run_in_threadpool(unsubscribing.end, service.db, token, service.clock())
    if ended is None:
        raise _unknown()
    text = f"The edition {ended.edition} is no longer sent to {ended.recipient}."
    return _page("Unsubscribed", text)


def _unknown() -> ProblemError:
    return ProblemError("not_found", "the link is not whole: copy it again from the mail")


def _page(title: str, text: str, *, form: str = "") -> Response:
    page = _PAGE.format(title=title, text=escape(text), form=form)
    return HTMLResponse(page, headers=answers.page_policy(has_form=bool(form)))
