"""Counters as a scraper reads them."""

import math
import re

from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from summarizer.service.api import metrics
from summarizer.service.api.metrics import Family, Metrics
from tests.service.api.clients import ARTICLES, URL

_LABELS = r'\{(?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)*\}'
SAMPLE = re.compile(rf"[a-z_]+(?:{_LABELS})? \S+")


def samples(text: str) -> dict[str, float]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


def test_requests_are_counted_by_route_not_by_address(client: TestClient) -> None:
    client.post(URL, json={"documents": ARTICLES})
    for run in ("a", "b"):
        client.get(f"{URL}/{run}")
        client.get(f"/{run}")
    answer = client.get("/metrics")
    assert answer.headers["content-type"] == metrics.MEDIA_TYPE
    found = samples(answer.text)
    name = "summarizer_http_requests_total"
    assert found[f'{name}{{method="POST",route="{URL}",status="200"}}'] == 1
    assert found[f'{name}{{method="GET",route="{URL}/{{run}}",status="404"}}'] == 2
    assert found[f'{name}{{method="GET",route="unrouted",status="404"}}'] == 2
    assert found[f'summarizer_http_request_seconds_count{{route="{URL}"}}'] == 1


def test_what_is_in_the_store_is_counted(client: TestClient) -> None:
    client.post(URL, json={"documents": ARTICLES})
    client.post(URL, json={"documents": [""]})
    found = samples(client.get("/metrics").text)
    assert found['summarizer_runs{status="done"}'] == 1
    assert found['summarizer_runs{status="failed"}'] == 1
    assert found["summarizer_queue_length"] == 0
    assert found['summarizer_model_tokens{direction="input"}'] == 0


@given(st.lists(st.floats(min_value=0, max_value=1_000)))
def test_buckets_grow_to_the_count(seconds: list[float]) -> None:
    counted = Metrics()
    for each in seconds:
        counted.observe("GET", "/x", 200, each)
    *_, times = counted.families()
    buckets = [value for suffix, _, value in times.samples if suffix == "_bucket"]
    assert buckets == sorted(buckets)
    if seconds:
        assert buckets[-1] == len(seconds)
        (total,) = (value for suffix, _, value in times.samples if suffix == "_sum")
        assert math.isclose(total, sum(seconds), abs_tol=1e-9)
        for bound, n in zip(metrics.BUCKETS_S, buckets, strict=False):
            assert n == sum(each <= bound for each in seconds)


@given(st.dictionaries(st.sampled_from(["a", "b"]), st.text()), st.floats(allow_nan=False))
def test_each_sample_is_one_line(labels: dict[str, str], value: float) -> None:
    text = metrics.text([Family("x_total", "counter", "All.", (("", labels, value),))])
    head, kind, sample, end = text.split("\n")
    assert (head, kind, end) == ("# HELP x_total All.", "# TYPE x_total counter", "")
    assert SAMPLE.fullmatch(sample)
