"""From settings to the engine of one run, with its journal, its budget and its judges."""

import math
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from summarizer.briefing import estimate as estimates
from summarizer.briefing.options import EXTRACTIVE, Options
from summarizer.briefing.staff import Staff
from summarizer.errors import ConfigurationError
from summarizer.models import prompts
from summarizer.models.base import Model
from summarizer.models.budget import Budget, Caps, Price
from summarizer.models.calling import Caller, Terms
from summarizer.models.deadline import Deadline
from summarizer.models.engine import Engine
from summarizer.models.journal import FileJournal, Journal, NoJournal
from summarizer.models.judging import Judge
from summarizer.models.prompts import PromptFile
from summarizer.models.writing import Writer
from summarizer.service.terminal import columns
from summarizer.settings import Settings
from summarizer.types import Document, Usage

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
OPENAI_URL = "https://api.openai.com/v1"
APPLICATION = "summarizer"


@dataclass(frozen=True, slots=True)
class Run:
    """What one run asks beyond the settings."""

    owner: str = ""  # answers on record are not shared between owners
    has_journal: bool = True
    writes_short: bool = False  # ask a model also for a story of one short document
    is_offline: bool = False  # nothing leaves this machine
    spent: Usage = field(default_factory=Usage)  # on it by a process that was ended


@contextmanager
def staff(
    settings: Settings, run: Run = Run(), *, journal: Journal | None = None
) -> Iterator[Staff | None]:
    """Provide who writes and judges with `settings.engine`; None: the embedded engine does it all.

    Args:
        settings: with what the run asks for.
        run: what it asks beyond them.
        journal: where answers are kept; None: a file in the data folder, if the run has one.

    Raises:
        ConfigurationError: a model, key, prompt, price or folder is missing or wrong.
    """
    if settings.engine == EXTRACTIVE:
        yield None
        return
    files = prompts.load(settings.prompts)
    models = [_model(name, settings, run) for name in (settings.engine, *settings.fallback)]
    if _mode(models[0]) == "abstract" and len(models) > 1:
        raise ConfigurationError("an engine that knows no instructions can have no fallback")
    others = [_model(settings.verify_model, settings, run)] if settings.verify_model else []
    _refuse_abstract((*models[1:], *others))
    budget = Budget(_caps(settings), _prices(settings, (*models, *others)), run.spent)
    deadline = Deadline(math.inf if settings.deadline_s is None else settings.deadline_s)
    terms = Terms(run.owner, settings.call_timeout_s, deadline)
    with _journal(settings, run, journal) as kept:
        caller = Caller(models, kept, budget, terms)
        second = Judge(Caller(others, kept, budget, terms), files) if others else None
        is_abstract = _mode(models[0]) == "abstract"
        yield Staff(
            engine=_engine(caller, files, run),
            judge=None if is_abstract else Judge(caller, files),
            second=second,
            budget=budget,
            prompts={name: file.digest for name, file in files.items()},
            # One generation runs at a time in this process; others would only wait for it.
            concurrency=1 if _mode(models[0]) else settings.concurrency,
        )


@contextmanager
def _journal(settings: Settings, run: Run, given: Journal | None) -> Iterator[Journal]:
    """Provide where answers are kept, and close what was opened for it."""
    if given is not None or not run.has_journal:
        yield given or NoJournal()
        return
    with closing(FileJournal(data_folder(settings))) as opened:
        opened.prune(older_than_days=settings.server.retention_days)
        yield opened


def _engine(caller: Caller, files: Mapping[str, PromptFile], run: Run) -> Engine:
    """Return what writes: a summariser that knows no instructions is asked in its own way."""
    if _mode(caller.model) != "abstract":
        return Writer(caller, files, writes_short=run.writes_short)
    from summarizer.models.abstract import Abstract

    text_tokens: int = getattr(caller.model, "text_tokens", 0)
    return Abstract(caller, text_tokens, writes_short=run.writes_short)


def _mode(model: Model) -> str:
    """Return how a local model writes, "write" or "abstract"; an endpoint has no mode."""
    return str(getattr(model, "mode", ""))


def _refuse_abstract(models: Iterable[Model]) -> None:
    for model in models:
        if _mode(model) == "abstract":
            raise ConfigurationError(
                f"{model.name} knows no instructions: it can be the engine, not its fallback nor "
                "verify_model"
            )


def estimate(documents: Iterable[Document], options: Options, given: Staff | None) -> str:
    """Return a table of what models are likely to cost, as text.

    Raises:
        NoUsableSourceError: no document has text that can be summarised.
    """
    stages = estimates.estimate(documents, options, given)
    if not stages:
        return "no model is asked: it costs nothing\n"
    rows: list[tuple[str, ...]] = [
        ("stage", "calls", "input tokens", "output tokens", "US dollars")
    ]
    rows += [_row(s.task, s.calls, s.input_tokens, s.output_tokens, s.cost_usd) for s in stages]
    costs = [stage.cost_usd for stage in stages]
    known = [cost for cost in costs if cost is not None]
    totals = (sum(s.calls for s in stages), sum(s.input_tokens for s in stages))
    n_output = sum(s.output_tokens for s in stages)
    rows.append(_row("all", *totals, n_output, sum(known) if len(known) == len(costs) else None))
    return columns(rows)


def _row(name: str, calls: int, n_input: int, n_output: int, usd: float | None) -> tuple[str, ...]:
    cost = "unknown: set prices" if usd is None else f"{usd:.4f}"
    return name, f"{calls:,}", f"{n_input:,}", f"{n_output:,}", cost


def data_folder(settings: Settings) -> Path:
    """Return the folder where answers are kept: the setting, else the user's data folder."""
    if settings.data_dir:
        return Path(settings.data_dir).expanduser()
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base).expanduser() / APPLICATION


def _model(name: str, settings: Settings, run: Run) -> Model:
    kind, _, model = name.partition(":")
    if kind == "transformers":
        from summarizer.models.transformers import Transformers

        return Transformers(model, is_offline=run.is_offline)
    from summarizer.models.openai import Endpoint, OpenAI

    base_url, api_key = _address(settings, os.environ)
    if run.is_offline and urlsplit(base_url).hostname not in _LOOPBACK:
        raise ConfigurationError(f"{name} is asked over the network: leave out --offline")
    return OpenAI(Endpoint(model, base_url, api_key, settings.window_tokens))


def _address(settings: Settings, environment: Mapping[str, str]) -> tuple[str, str]:
    """Return where to ask and with which key: a key goes to the address it was set with.

    `api_key` belongs to the configured `base_url`, and OPENAI_API_KEY to OPENAI_BASE_URL or, where
    that is not set, to OpenAI itself; to another host no key is sent.
    """
    theirs = environment.get("OPENAI_BASE_URL") or OPENAI_URL
    base_url = settings.base_url or theirs
    if settings.api_key is not None:
        return base_url, settings.api_key.get_secret_value()
    key = environment.get("OPENAI_API_KEY", "")
    is_theirs = urlsplit(base_url)[:2] == urlsplit(theirs)[:2]  # scheme and host
    if base_url.startswith(OPENAI_URL) and not (key and is_theirs):
        raise ConfigurationError(
            "no key for OpenAI: set OPENAI_API_KEY, or base_url for another endpoint such as "
            "http://127.0.0.1:11434/v1"
        )
    return base_url, key if is_theirs else ""


def _caps(settings: Settings) -> Caps:
    return Caps(
        tokens=settings.budget_tokens,
        usd=settings.budget_usd,
        requests_per_minute=settings.requests_per_minute,
        tokens_per_minute=settings.tokens_per_minute,
    )


def _prices(settings: Settings, models: Iterable[Model]) -> dict[str, Price]:
    """Return the price of each model that has one, by its full name: MODEL@HOST/PATH.

    A model in this process costs nothing.
    """
    known = {name: Price(price.input, price.output) for name, price in settings.prices.items()}
    found = {}
    for model in models:
        price = known.get(model.name.partition("@")[0], Price(0, 0) if _mode(model) else None)
        if price is not None:
            found[model.name] = price
    return found
