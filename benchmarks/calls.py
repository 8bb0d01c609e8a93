"""Our own processor time for one call of a language model, its latency being none.

Run `python -m benchmarks.calls [--calls N] [--record]`. The model is the fake endpoint of the tests
in a process of its own: what this process uses is the program's, from the prompt to the answer that
is read and on record. Beside it stands what choosing the evidence of a story takes, which a story
of the embedded engine takes, too.
"""

import contextlib
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import results
from benchmarks.data import arguments
from summarizer.briefing import evidence, plan
from summarizer.briefing.options import Options
from summarizer.models import answers, prompts
from summarizer.models.base import Prompt
from summarizer.models.budget import Budget, Caps
from summarizer.models.calling import Caller
from summarizer.models.engine import WriteRequest
from summarizer.models.journal import FileJournal
from summarizer.models.openai import Endpoint, OpenAI
from summarizer.models.writing import Writer
from summarizer.sources.files import load

GOALS = {"new call, CPU ms": 5.0}  # at most
N_CALLS, N_ROUNDS = 200, 3  # the least of the rounds is taken
MAX_WORDS = 120
EXAMPLES = Path(__file__).parent.parent / "examples"
FAKE = (sys.executable, "-m", "tests.fake_llm")


def measure(n_calls: int) -> dict[str, float]:
    """Return processor milliseconds of a new call, of a recorded one and of a story's prompt."""
    stories = _stories()
    with _serving() as base_url, tempfile.TemporaryDirectory() as folder:
        journal = FileJournal(Path(folder))
        caller = Caller([OpenAI(Endpoint("fake", base_url))], journal, Budget(Caps(), {}))
        writer = Writer(caller, prompts.load())
        asked = [prompt for story in stories for prompt in writer.prompts(story)]
        for prompt in asked:
            _ask(caller, prompt)  # connects, and puts each on record
        new = (replace(asked[i % len(asked)], user=f"{asked[0].user}\n{i}") for i in range(10**9))
        figures = {
            "new call, CPU ms": _least_ms(lambda _: _ask(caller, next(new)), n_calls),
            "recorded call, CPU ms": _least_ms(
                lambda i: _ask(caller, asked[i % len(asked)]), n_calls
            ),
            "choosing evidence, CPU ms": _least_ms(
                lambda i: writer.prompts(stories[i % len(stories)]), min(n_calls, len(stories))
            ),
        }
        journal.close()
    return figures


def _ask(caller: Caller, prompt: Prompt) -> None:
    ids = [line.partition(" ")[0] for line in prompt.user.splitlines()]
    caller.ask(prompt, lambda text: answers.story(text, ids))


def _least_ms(act: Callable[[int], object], n: int) -> float:
    """Return the processor milliseconds of one act in the best round."""
    rounds = []
    for _ in range(N_ROUNDS):
        began = time.process_time()
        for i in range(n):
            act(i)
        rounds.append(1_000 * (time.process_time() - began) / n)
    return min(rounds)


def _stories() -> Sequence[WriteRequest]:
    """Return the stories of the example articles that have more than one document."""
    planned = plan.make(load([str(EXAMPLES)]).documents, Options())
    return [
        WriteRequest(evidence.gather(story.documents, story.origin).evidence, MAX_WORDS)
        for story in planned.stories
        if len(story.documents) > 1
    ]


@contextlib.contextmanager
def _serving() -> Iterator[str]:
    """Run the fake endpoint in a process of its own and yield its base URL."""
    with subprocess.Popen(FAKE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as fake:
        assert fake.stdout is not None
        try:
            yield fake.stdout.readline().decode().strip()
        finally:
            fake.send_signal(signal.SIGINT)


def main() -> None:
    """Print the table; figures beyond their goal are marked."""
    parser = arguments(__doc__)
    parser.add_argument("--calls", type=int, default=N_CALLS, metavar="N")
    given = parser.parse_args()
    figures = measure(given.calls)
    for name, value in figures.items():
        goal = GOALS.get(name)
        met = "" if goal is None else f"  goal {goal:g}{'' if value <= goal else '  MISSED'}"
        print(f"{name:<28}{value:>10.2f}{met}")
    if given.record:
        results.record("calls", figures)


if __name__ == "__main__":
    main()
