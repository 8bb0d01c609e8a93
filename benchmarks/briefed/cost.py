"""What a model is paid for: reruns, estimates, and tokens beside those of a plain map-reduce."""

import json
import tempfile
import threading
import urllib.request
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from benchmarks.articles import Newsroom
from benchmarks.briefed import runs
from benchmarks.data import as_document
from summarizer.briefing import estimate as estimates
from summarizer.briefing import pipeline
from summarizer.briefing.options import Options
from summarizer.models.engine import Draft, Engine, WriteRequest
from summarizer.types import Document
from tests.fake_llm import brains, tokens
from tests.fake_llm.answers import Answer
from tests.fake_llm.endpoint import MODEL, Setup
from tests.fake_llm.prompt import Prompt
from tests.fake_llm.server import FakeServer, serving

Figures = Mapping[str, float]

OPTIONS = Options()
N_ESTIMATES = 20
N_STORIES = 20  # of the comparison with map-reduce
ARTICLES_A_STORY = 5
CHUNK_CHARS = 3_000  # as is usual: https://python.langchain.com/docs/tutorials/summarization/
CHUNK_SUMMARY_WORDS = 100
_MAP = "Write a concise summary of the following:\n\n{}\n\nCONCISE SUMMARY:"
_REDUCE = (
    "The following is a set of summaries:\n\n{}\n\nTake these and distill it into a final, "
    "consolidated summary of the main themes.\n\nHelpful Answer:"
)


def articles(n: int, seed: int = 1) -> list[Document]:
    """Return `n` made-up articles of a day, ten a story."""
    return [as_document(row | {"date": row["published"]}) for row in Newsroom(seed).articles(n)]


def separate_stories(n: int, n_each: int) -> list[Document]:
    """Return the articles of `n` stories that share no word but the common ones."""
    found = (Newsroom(seed, n_vocabulary=3_000).articles(n_each) for seed in range(n))
    rows = (row for story in found for row in story)
    return [as_document(row | {"date": row["published"]}) for row in rows]


def reruns(documents: Sequence[Document]) -> Figures:
    """Brief, brief the same again, then with one document changed; count the calls."""
    with tempfile.TemporaryDirectory() as folder, serving() as server:
        first = asked(server, documents, folder)
        again = asked(server, documents, folder)
        (changed, *others) = documents
        later = asked(server, [_updated(changed), *others], folder)
    return {
        "calls of the first run": sum(first.values()),
        "calls of an unchanged rerun": sum(again.values()),
        "calls after one document changed": sum(later.values()),
        "calls for stories without it": sum(
            n for ids, n in later.items() if ids and changed.id not in ids
        ),
    }


def _updated(document: Document) -> Document:
    """Return a document that opens with more than it did."""
    title, _, body = document.text.partition("\n\n")
    news = f"{document.title}: the number of people injured has risen to 41, the ministry said."
    return replace(document, text=f"{title}\n\n{news}\n\n{body}")


class _Counting:
    """Notes how many calls each story takes; for one story at a time."""

    def __init__(self, engine: Engine, server: FakeServer) -> None:
        self._engine = engine
        self._server = server
        self.calls = Counter[frozenset[str]]()

    def write(self, request: WriteRequest) -> list[Draft]:
        """Write as the engine does."""
        n_before = len(self._server.ledger.calls())
        try:
            return self._engine.write(request)
        finally:
            story = frozenset(sentence.document for sentence in request.evidence)
            self.calls[story] += len(self._server.ledger.calls()) - n_before


def asked(
    server: FakeServer, documents: Sequence[Document], folder: str, options: Options = OPTIONS
) -> Counter[frozenset[str]]:
    """Return the calls of one run by the documents of the story; no documents: the lead."""
    n_before = len(server.ledger.calls())
    with runs.staffed(server, data_dir=folder, concurrency=1) as staff:
        assert staff is not None
        counting = _Counting(staff.engine, server)
        pipeline.brief(documents, options, staff=replace(staff, engine=counting))
    n_all = len(server.ledger.calls()) - n_before
    counting.calls[frozenset()] = n_all - sum(counting.calls.values())
    return counting.calls


def estimated(n: int = N_ESTIMATES) -> Figures:
    """Compare the estimate with what is spent, for runs of different size."""
    errors = []
    for i in range(n):
        documents = articles(10 + 5 * i, seed=i)
        options = Options(words=200 + 40 * i, stories=3 + i // 2)
        with serving() as server, runs.staffed(server) as staff:
            stages = estimates.estimate(documents, options, staff)
            said = sum(stage.input_tokens + stage.output_tokens for stage in stages)
            usage = pipeline.brief(documents, options, staff=staff).usage
            errors.append(said / (usage.input_tokens + usage.output_tokens) - 1)
    within = sum(abs(error) <= 0.15 for error in errors)
    return {
        "runs within 15 %": within,
        "least estimate over spent": 1 + min(errors),
        "greatest estimate over spent": 1 + max(errors),
    }


def compared(documents: Sequence[Document], n_stories: int = N_STORIES) -> Figures:
    """Count the input tokens of a briefing and of a map-reduce over all text."""
    reader = _Reader()
    with serving(Setup(brain=reader.read)) as server, runs.staffed(server) as staff:
        options = Options(words=60 * n_stories, stories=n_stories)
        pipeline.brief(documents, options, staff=staff)
        n_ours, _ = server.ledger.tokens
        n_calls = len(server.ledger.calls())
        _map_reduce(server, documents)
        n_both, _ = server.ledger.tokens
        n_all_calls = len(server.ledger.calls())
    return {
        "input tokens": n_ours,
        "tokens of the selected evidence": reader.n_tokens,
        "input over evidence": n_ours / reader.n_tokens,
        "calls": n_calls,
        "input tokens of map-reduce": n_both - n_ours,
        "calls of map-reduce": n_all_calls - n_calls,
    }


class _Reader:
    """A faithful brain that counts the evidence it reads to write, and summarises any prose."""

    def __init__(self) -> None:
        self.n_tokens = 0
        self._lock = threading.Lock()

    def read(self, prompt: Prompt) -> Answer:
        """Answer a prompt."""
        if prompt.task == "other":
            words = islice(prompt.user.split(), CHUNK_SUMMARY_WORDS)
            return Answer("other", prose=" ".join(words))
        if prompt.task == "write":
            with self._lock:
                self.n_tokens += sum(tokens.count(s.text) for s in prompt.sentences)
        return brains.faithful(prompt)


def _map_reduce(server: FakeServer, documents: Sequence[Document]) -> str:
    """Summarise chunks of a fixed size one by one, then their summaries."""
    text = "\n\n".join(document.text for document in documents)
    chunks = (text[i : i + CHUNK_CHARS] for i in range(0, len(text), CHUNK_CHARS))
    summaries = [_complete(server, _MAP.format(chunk)) for chunk in chunks]
    return _complete(server, _REDUCE.format("\n\n".join(summaries)))


def _complete(server: FakeServer, user: str) -> str:
    asked = {"model": MODEL, "messages": [{"role": "user", "content": user}]}
    request = urllib.request.Request(  # noqa: S310 - the address is that of our own server
        f"{server.base_url}/chat/completions",
        data=json.dumps(asked).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:  # noqa: S310 - as above
        return str(json.load(response)["choices"][0]["message"]["content"])
