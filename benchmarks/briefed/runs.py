"""One run of the program with a model behind the fake endpoint, and what is looked at in it."""

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import chain

from summarizer.briefing.staff import Staff
from summarizer.errors import ModelError
from summarizer.models.engine import Draft, Engine, WriteRequest
from summarizer.render import render
from summarizer.service import engines
from summarizer.settings import Settings
from summarizer.types import Briefing, Claim
from tests.fake_llm.endpoint import MODEL
from tests.fake_llm.server import FakeServer

WINDOW = 8_000
SOUND = frozenset({"verbatim", "supported"})
_UNPRINTED = frozenset({"withheld", "reason", "prompts"})  # fields of the JSON for whoever audits


class Recording:
    """Hands on what an engine writes, and remembers it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.drafts: list[Draft] = []  # of stories; not the corrected ones
        self.failures: list[ModelError] = []  # of stories
        self.uncorrected: list[ModelError] = []  # of their corrections

    def write(self, request: WriteRequest) -> list[Draft]:
        """Write as the engine does."""
        try:
            drafts = self._engine.write(request)
        except ModelError as error:
            (self.uncorrected if request.failed else self.failures).append(error)
            raise
        if not request.failed:
            self.drafts += drafts
        return drafts


def staffed(server: FakeServer, **settings: object) -> AbstractContextManager[Staff | None]:
    """Provide the staff that the program would have; a journal only with a `data_dir`."""
    asked = {"window_tokens": WINDOW, "engine": f"openai:{MODEL}", "base_url": server.base_url}
    run = engines.Run(has_journal="data_dir" in settings)
    return engines.staff(Settings().over(**asked | settings), run)


def claims(briefing: Briefing) -> list[Claim]:
    """Return every claim that is printed."""
    told = [claim for story in briefing.stories for claim in (story.headline, *story.claims)]
    return told + [line.claim for line in briefing.in_brief]


def printed(briefing: Briefing, format_: str) -> str:
    """Return the words that a reader sees, on one line."""
    text = render(briefing, format_)
    if format_ == "json":
        text = " ".join(_strings(json.loads(text)))
    elif format_ == "html":
        text = html.unescape(re.sub(r"<[^<>]*>", "", text))
    elif format_ == "md":
        text = re.sub(r"\\(.)", r"\1", text)
    return one_line(text)


def one_line(text: str) -> str:
    """Return a text without line ends and repeated spaces."""
    return " ".join(text.split())


def share(n: int, of: int) -> float:
    """Return a share; of nothing it is 1."""
    return n / of if of else 1.0


def _strings(value: object) -> Iterator[str]:
    """Yield every text of a JSON value but those that say what was not printed."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key not in _UNPRINTED:
                yield from _strings(item)
    elif isinstance(value, Sequence):
        yield from chain.from_iterable(map(_strings, value))
