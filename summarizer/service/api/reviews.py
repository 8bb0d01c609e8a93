"""The route that checks a text written elsewhere."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from summarizer.briefing import review
from summarizer.render import verification
from summarizer.service import requests
from summarizer.service.api import answers, intake, openapi
from summarizer.service.api.auth import Reader
from summarizer.service.api.state import Shared
from summarizer.settings import Settings
from summarizer.types import Review

router = APIRouter(tags=["reviews"])


@router.post(
    "/v1/verify",
    summary="Check a text written elsewhere",
    description=(
        "Each sentence of the text gets its nearest passages in the documents, however weak, "
        "and a verdict. The format is that of the Accept header. Nothing is kept."
    ),
    response_class=Response,
    responses=openapi.responses(
        Review,
        "Each sentence with its verdict",
        *openapi.READS_BODY,
        "not_acceptable",
        "no_usable_source",
        formats=True,
    ),
    openapi_extra=openapi.body(openapi.review_schema(), openapi.REVIEW_EXAMPLES),
)
async def verify(request: Request, service: Shared, _caller: Reader) -> Response:
    """Answer with each sentence's nearest passages and its verdict."""
    wanted = answers.wanted(request)
    body = await intake.body(request, service)
    return await run_in_threadpool(_review, body, wanted, service.settings)


def _review(body: bytes, wanted: str, settings: Settings) -> Response:
    asked = requests.read_review(body, settings)
    made = review.review(asked.text, asked.documents, language=asked.language)
    text = verification.render(made, wanted, include_text=asked.include_text)
    return answers.rendered(text, wanted, {})
