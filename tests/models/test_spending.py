"""What a run spends, counted by the endpoint: under any cap, with faults, from many threads."""

from concurrent.futures import ThreadPoolExecutor
from random import Random  # noqa: TID251 - seeded

import pytest

from summarizer.errors import ModelError
from summarizer.models.budget import Budget, Caps, Price
from summarizer.models.calling import Caller
from summarizer.models.engine import WriteRequest
from summarizer.models.journal import NoJournal
from summarizer.models.openai import Endpoint, OpenAI
from summarizer.models.writing import Writer
from tests.fake_llm import faults
from tests.fake_llm.endpoint import MODEL, Setup
from tests.fake_llm.server import serving
from tests.models.scripted import PROMPTS, report

N_THREADS, N_STORIES = 16, 48
PRICE = Price(2.0, 8.0)
FAULTS = ("truncated", "two_answers", "rate_limited_bare", "cut", "unknown_citation", "usage_null")


@pytest.mark.parametrize("seed", range(12))
def test_endpoint_never_sees_more_than_the_caps(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - a seeded choice of cases
    caps = Caps(
        tokens=chance.choice([None, 2_000 + chance.randrange(40_000)]),
        usd=chance.choice([None, chance.random() / 5]),
    )
    plans = [faults.Plan(chance.choice(FAULTS), share=0.3, seed=seed)]
    story = report(4 * N_STORIES)
    with serving(Setup(plans=plans)) as server:
        model = OpenAI(Endpoint(MODEL, server.base_url))
        budget = Budget(caps, {model.name: PRICE})
        caller = Caller([model], NoJournal(), budget, sleep=lambda _: None)
        writer = Writer(caller, PROMPTS, writes_short=True)

        def write(i: int) -> str:
            try:
                writer.write(WriteRequest(story[4 * i : 4 * i + 4], 60))
            except ModelError as error:
                return error.code
            return "written"

        with ThreadPoolExecutor(N_THREADS) as pool:
            ends = list(pool.map(write, range(N_STORIES)))
        n_in, n_out = server.ledger.tokens
    usage = budget.usage
    n_counted = usage.input_tokens + usage.output_tokens
    assert ("budget" in ends) <= (caps != Caps())
    assert caps.tokens is None or max(n_in + n_out, n_counted) <= caps.tokens
    assert caps.usd is None or PRICE.of(n_in, n_out) <= caps.usd
    assert n_counted >= n_in + n_out or plans[0].fault == "rate_limited_bare"
