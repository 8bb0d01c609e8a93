"""The routes that look over all briefings of an owner: claims that were printed, what they cost."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from summarizer.errors import InputError
from summarizer.service.api import answers, openapi
from summarizer.service.api.auth import Reader
from summarizer.service.api.state import Shared
from summarizer.service.api.views import ClaimPage, ClaimView, DayView, SpentView, UsageView
from summarizer.service.store import claims, usage
from summarizer.service.store.claims import Hit
from summarizer.service.store.usage import Spent
from summarizer.types import plain

router = APIRouter(tags=["search"])

PAGE = 20
MAX_PAGE = 100
MAX_QUERY_CHARS = 500

From = Annotated[date | None, Query(alias="from", description="The first day.")]
To = Annotated[date | None, Query(alias="to", description="The last day.")]

_CLAIM_EXAMPLE = {
    "run": "0f8fad5bd9cb469fa16570867728950e",
    "briefing": "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab",
    "day": "2026-03-04",
    "edition": "morning",
    "claim": "s1c1",
    "text": "The city council voted 9 to 4 on Tuesday to close the old bridge.",
    "verdict": "verbatim",
    "story": "s1",
    "headline": "Council closes the old bridge",
}
_SPENT_EXAMPLE = {
    "runs": 1,
    "calls": 12,
    "cached_calls": 0,
    "input_tokens": 21_500,
    "output_tokens": 2_100,
    "usd": 0.01,
    "unpriced": 0,
}


@router.get(
    "/v1/claims",
    summary="Search the claims that were printed",
    description="Every term must occur, in any case and with or without accents; quote phrases.",
    responses=openapi.responses(
        ClaimPage,
        "A page of claims, newest first",
        "invalid_input",
        example={"claims": [_CLAIM_EXAMPLE], "next": None},
    ),
    response_class=Response,
)
def search(  # noqa: PLR0913 - one argument a parameter
    service: Shared,
    caller: Reader,
    *,
    q: Annotated[str, Query(max_length=MAX_QUERY_CHARS, description="Terms and phrases.")],
    from_day: From = None,
    to_day: To = None,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE, description="How many at most.")] = PAGE,
    cursor: Annotated[str | None, Query(description="`next` of the page before.")] = None,
) -> Response:
    """List claims in which all terms occur."""
    if "\x00" in q:
        raise InputError("q: a character in it cannot be searched for")
    hits, after = claims.search(
        service.db,
        owner=caller.owner,
        q=q,
        from_day=None if from_day is None else from_day.isoformat(),
        to_day=None if to_day is None else to_day.isoformat(),
        limit=limit,
        cursor=cursor,
    )
    return answers.plain(plain(ClaimPage(tuple(map(_claim, hits)), after)))


@router.get(
    "/v1/usage",
    summary="See what models cost",
    responses=openapi.responses(
        UsageView,
        "This month, and day by day",
        "invalid_input",
        example={
            "owner": "desk",
            "month": _SPENT_EXAMPLE,
            "budget_usd_month": 20.0,
            "days": [{"day": "2026-03-04", "spent": _SPENT_EXAMPLE}],
        },
    ),
    response_class=Response,
)
def spent(service: Shared, caller: Reader, from_day: From = None, to_day: To = None) -> Response:
    """Answer with what the runs of the caller cost."""
    days = usage.per_day(
        service.db,
        caller.owner,
        None if from_day is None else from_day.isoformat(),
        None if to_day is None else to_day.isoformat(),
    )
    view = UsageView(
        owner=caller.owner,
        month=_spent(usage.month(service.db, caller.owner, service.clock())),
        budget_usd_month=caller.budget_usd_month,
        days=tuple(DayView(day, _spent(cost)) for day, cost in days),
    )
    return answers.plain(plain(view))


def _claim(hit: Hit) -> ClaimView:
    return ClaimView(
        run=hit.run,
        briefing=hit.briefing,
        day=hit.day,
        edition=hit.edition,
        claim=hit.claim_id,
        text=hit.text,
        verdict=hit.verdict,
        story=hit.story,
        headline=hit.headline,
    )


def _spent(cost: Spent) -> SpentView:
    return SpentView(
        runs=cost.runs,
        calls=cost.calls,
        cached_calls=cost.cached_calls,
        input_tokens=cost.input_tokens,
        output_tokens=cost.output_tokens,
        usd=cost.usd,
        unpriced=cost.n_unpriced,
    )
