"""Routes for who runs the service: whether it lives, whether it can work, what it counts."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.concurrency import run_in_threadpool

from summarizer.service.api import answers, metrics, openapi
from summarizer.service.api.auth import Admin
from summarizer.service.api.metrics import Family
from summarizer.service.api.state import Service, Shared
from summarizer.service.problems import ProblemError
from summarizer.service.store import facts, outbox, runs, usage
from summarizer.service.store.database import stamp
from summarizer.types import Json

router = APIRouter(tags=["health"])

_OK: Json = {"status": "ok"}
_METRICS_EXAMPLE = (
    "# HELP summarizer_runs Runs by status.\n# TYPE summarizer_runs gauge\n"
    'summarizer_runs{status="done"} 12\n'
)


@router.get(
    "/healthz",
    summary="Tell whether the service runs",
    responses={HTTPStatus.OK.value: {"content": {"application/json": {"example": _OK}}}},
    response_class=Response,
)
async def healthz() -> Response:
    """Answer."""
    return answers.plain(_OK)


@router.get("/openapi.json", include_in_schema=False)
def described(request: Request) -> Response:
    """Answer with what all routes take and give."""
    return answers.plain(openapi.document(request.app))


@router.get(
    "/readyz",
    summary="Tell whether a request would be accepted and done",
    responses=openapi.responses(None, "It would", "storage", "stopping", example=_OK),
    response_class=Response,
)
def readyz(service: Shared) -> Response:
    """Write to the store and look at the jobs."""
    if service.stopping.is_set() or not service.jobs.is_ready:
        raise ProblemError("stopping", "no run is begun now: ask again in a moment")
    facts.put(service.db, "ready", stamp(service.clock()))
    return answers.plain(_OK)


@router.get(
    "/metrics",
    summary="Counters for Prometheus",
    response_class=Response,
    responses=openapi.responses(None, "Counters")
    | openapi.other(metrics.MEDIA_TYPE, "Counters", _METRICS_EXAMPLE),
)
async def counters(service: Shared, _caller: Admin) -> Response:
    """Answer with all counters."""
    stored = await run_in_threadpool(lambda: list(_stored(service)))
    text = metrics.text([*service.metrics.families(), *stored])
    return PlainTextResponse(text, media_type=metrics.MEDIA_TYPE)


def _stored(service: Service) -> Iterator[Family]:
    """Return what is counted in the store, by whatever process."""
    statuses = runs.counts(service.db)
    yield _family("summarizer_runs", "Runs by status.", "status", statuses)
    waiting = float(statuses.get("accepted", 0))
    yield Family("summarizer_queue_length", "gauge", "Runs nobody has begun.", (("", {}, waiting),))
    deliveries = outbox.counts(service.db)
    yield _family("summarizer_deliveries", "Deliveries by status.", "status", deliveries)
    costs = [cost for _, cost in usage.per_day(service.db, None)]
    tokens = {
        "input": sum(cost.input_tokens for cost in costs),
        "output": sum(cost.output_tokens for cost in costs),
    }
    yield _family("summarizer_model_tokens", "Tokens of models by direction.", "direction", tokens)
    usd = sum(cost.usd for cost in costs)
    yield Family("summarizer_model_usd", "gauge", "US dollars models cost.", (("", {}, usd),))


def _family(name: str, meaning: str, label: str, values: Mapping[str, int]) -> Family:
    samples = tuple(("", {label: key}, float(value)) for key, value in sorted(values.items()))
    return Family(name, "gauge", meaning, samples)
