import math
from statistics import median, stdev

import pytest

from tests.fake_llm import latency
from tests.fake_llm.chance import share


def test_chance_depends_on_its_parts_alone() -> None:
    assert share("a", 1) == share("a", 1)
    assert len({share("a", n) for n in range(1000)}) == 1000


def test_chance_is_even() -> None:
    drawn = [share("even", n) for n in range(4000)]
    assert min(drawn) > 0
    assert max(drawn) < 1
    assert 0.27 < sum(x < 0.3 for x in drawn) / len(drawn) < 0.33


def test_lognormal_has_its_median_and_its_sigma() -> None:
    drawn = [latency.parse("lognormal:2:0.8").draw(n) for n in range(4000)]
    assert 1.9 < median(drawn) < 2.1
    assert 0.75 < stdev(map(math.log, drawn)) < 0.85


def test_seed_changes_what_is_drawn() -> None:
    draws = {latency.parse("lognormal:2", seed).draw("call") for seed in range(5)}
    assert len(draws) == 5


def test_constant_takes_what_it_says_and_none_takes_nothing() -> None:
    assert latency.parse("constant:0.25").draw("any") == 0.25
    assert latency.parse("none").draw("any") == 0


@pytest.mark.parametrize(
    "text", ["", "none:1", "constant", "constant:x", "constant:-1", "lognormal:nan", "fast:1"]
)
def test_unknown_latency_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not known"):
        latency.parse(text)
