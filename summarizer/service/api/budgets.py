"""What a token may still spend this month, as a cap of each of its runs."""

from dataclasses import replace

from summarizer.briefing.options import EXTRACTIVE
from summarizer.service import requests
from summarizer.service.api.auth import Caller
from summarizer.service.api.state import Service
from summarizer.service.problems import ProblemError
from summarizer.service.store import runs, usage
from summarizer.service.store.runs import NewRun
from summarizer.types import Json


def accept(service: Service, caller: Caller, new: NewRun) -> tuple[runs.Run, bool]:
    """Accept a run, capped by what the token has left, and tell whether it is a new one.

    One at a time in this process, so that two runs do not count on the same money.

    Raises:
        ProblemError: a model would write and nothing is left.
        InputError, QueueFullError: as `runs.accept`.
    """
    server = service.settings.server
    with service.spending:
        return runs.accept(
            service.db,
            _capped(service, caller, new),
            now=service.clock(),
            max_waiting=server.max_waiting + server.max_running,
        )


def check(service: Service, caller: Caller, engine: str | None) -> float | None:
    """Return what the token has left for a run of this engine, by default the server's.

    None means no limit: the token has none, or no model writes.

    Raises:
        ProblemError: nothing is left.
    """
    if caller.budget_usd_month is None or (engine or service.settings.engine) == EXTRACTIVE:
        return None
    spent = usage.month(service.db, caller.owner, service.clock()).usd
    left = caller.budget_usd_month - spent - _promised(service, caller.owner)
    if left <= 0:
        raise ProblemError(
            "budget",
            f"this month's {caller.budget_usd_month:g} US dollars of the token are used or "
            "promised: set options.engine to extractive, or wait for the next month",
        )
    return left


def _capped(service: Service, caller: Caller, new: NewRun) -> NewRun:
    engine = _option(new.request, "engine")
    left = check(service, caller, engine if isinstance(engine, str) else None)
    return new if left is None else replace(new, request=requests.capped(new.request, left))


def _promised(service: Service, owner: str) -> float:
    """Return what unfinished runs of an owner may still cost."""
    waiting = [runs.get(service.db, run_id, owner=owner) for run_id in runs.waiting(service.db)]
    unfinished = [*runs.running(service.db), *filter(None, waiting)]
    return sum(_cap(run.request) for run in unfinished if run.owner == owner)


def _cap(request: Json) -> float:
    cap = _option(request, "budget_usd")
    return float(cap) if isinstance(cap, int | float) else 0.0


def _option(request: Json, name: str) -> Json:
    options = request.get("options") if isinstance(request, dict) else None
    return options.get(name) if isinstance(options, dict) else None
