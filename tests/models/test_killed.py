"""A run that is killed keeps what it has paid for."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fake_llm.endpoint import Setup
from tests.fake_llm.latency import Latency
from tests.fake_llm.ledger import key_hash
from tests.fake_llm.server import serving

N_RUNS, N_STORIES, N_THREADS = 50, 8, 3

# Starts a run, kills it at a random moment, says how much is on record and runs it to its end:
# in a process of its own, because forking one with threads is not safe.
KILLER = f"""
import json, os, random, signal, sys, time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
import openai
from summarizer.errors import ConfigurationError
from summarizer.models import journal
from summarizer.models.budget import Budget, Caps
from summarizer.models.calling import Caller
from summarizer.models.engine import WriteRequest
from summarizer.models.openai import Endpoint, OpenAI
from summarizer.models.writing import Writer
from tests.models.scripted import PROMPTS, report

url, root = sys.argv[1], Path(sys.argv[2])
chance = random.Random(5)
story = report(4 * {N_STORIES})

def run(n, key):
    model = OpenAI(Endpoint(f"run-{{n}}", url, key))
    kept = journal.FileJournal(root / str(n))
    writer = Writer(Caller([model], kept, Budget(Caps(), {{}})), PROMPTS, writes_short=True)
    def write(i):
        return writer.write(WriteRequest(story[4 * i : 4 * i + 4], 60))
    with ThreadPoolExecutor({N_THREADS}) as pool:
        return sum(bool(drafts) for drafts in pool.map(write, range({N_STORIES})))

def child(n, key):
    pid = os.fork()
    if pid == 0:
        os._exit(run(n, key))
    return pid

def n_on_record(folder):
    try:
        return journal.size(folder)[0]
    except ConfigurationError:  # the file is being made
        return 0

for n in range({N_RUNS}):
    pid = child(n, "first")
    n_awaited = chance.randrange({N_STORIES})  # answers on record; then a moment more
    while n_on_record(root / str(n)) < n_awaited:
        time.sleep(0.002)
    time.sleep(0.02 * chance.random())
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    n_kept = n_on_record(root / str(n))
    _, status = os.waitpid(child(n, "again"), 0)
    print(json.dumps([n_kept, os.waitstatus_to_exitcode(status)]), flush=True)
"""


@pytest.mark.slow
def test_killed_run_is_finished_without_a_recorded_call(tmp_path: Path) -> None:
    with serving(Setup(latency=Latency("lognormal", 0.03))) as server:
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", KILLER, server.base_url, str(tmp_path)],
            stdout=subprocess.PIPE,
            check=True,
        )
        calls = server.ledger.calls()
    runs = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(runs) == N_RUNS
    assert any(0 < n_kept < N_STORIES for n_kept, _ in runs)
    key = key_hash({"authorization": "Bearer again"})
    for n, (n_kept, n_written) in enumerate(runs):
        again = [call for call in calls if call.model == f"run-{n}" and call.key_hash == key]
        assert n_written == N_STORIES
        assert len(again) == N_STORIES - n_kept
        assert len({call.digest for call in again}) == len(again)
