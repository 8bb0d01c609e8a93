import pytest

from summarizer.sources.fetch import Fetcher
from summarizer.sources.status import SourceError
from tests.sources.servers.site import LOCAL, Routes, answer, in_turn, serving

OK = answer(b"news")


def failure(
    routes: Routes, path: str = "/", timeout_s: float = 5.0
) -> tuple[SourceError, list[str]]:
    """Return why a fetch fails, and what it asked for until then."""
    with serving(routes) as site, site.fetcher(timeout_s=timeout_s) as fetcher:
        with pytest.raises(SourceError) as caught:
            fetcher.fetch(site.url(path=path))
        return caught.value, site.paths()


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (400, "refused"),
        (401, "refused"),
        (402, "paywalled"),
        (403, "refused"),
        (404, "missing"),
        (410, "missing"),
        (451, "refused"),
        (501, "unreachable"),
    ],
)
def test_refusal_is_final(status: int, word: str) -> None:
    error, paths = failure({"/": answer(status=status)})
    assert (error.status, error.http_status, len(paths)) == (word, status, 1)


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_busy_server_is_asked_three_times(status: int) -> None:
    error, paths = failure({"/": answer(status=status)})
    assert (error.status, error.http_status, len(paths)) == ("unreachable", status, 3)


def test_third_try_may_succeed() -> None:
    busy = answer(status=503)
    with serving({"/": in_turn(busy, busy, OK)}) as site, site.fetcher() as fetcher:
        assert fetcher.fetch(site.url()).body == b"news"


def test_waits_grow_and_heed_the_server() -> None:
    slept: list[float] = []
    asks = [answer(status=503), answer(status=429, headers={"Retry-After": "3"}), OK]
    with (
        serving({"/": in_turn(*asks)}) as site,
        Fetcher(policy=LOCAL, delay_s=0.0, sleep=slept.append) as fetcher,
    ):
        fetcher.fetch(site.url())
    assert slept == [0.5, 3.0]


@pytest.mark.parametrize(
    ("retry_after", "date", "wait_s"),
    [
        ("Wed, 04 Mar 2026 06:00:03 GMT", "Wed, 04 Mar 2026 06:00:00 GMT", 3.0),
        ("Wed, 04 Mar 2026 06:00:03 GMT", "Wed, 04 Mar 1970 06:00:00 GMT", None),
        ("Wed, 04 Mar 2026 05:00:00 GMT", "Wed, 04 Mar 2026 06:00:00 GMT", 0.5),
        ("Wed, 04 Mar 2026 06:00:03 GMT", "", 0.5),
        ("Wed, 04 Mar 2026 06:00:03 GMT", "Wed, 04 Mar 2026 06:00:00", 0.5),
        ("soon", "Wed, 04 Mar 2026 06:00:00 GMT", 0.5),
    ],
)
def test_date_to_come_back_is_one_of_the_clock_of_the_server(
    retry_after: str, date: str, wait_s: float | None
) -> None:
    slept: list[float] = []
    busy = answer(status=503, headers={"Retry-After": retry_after, "Date": date})
    with (
        serving({"/": in_turn(busy, OK)}) as site,
        Fetcher(policy=LOCAL, delay_s=0.0, sleep=slept.append) as fetcher,
    ):
        if wait_s is None:  # too long a wait
            with pytest.raises(SourceError):
                fetcher.fetch(site.url())
        else:
            fetcher.fetch(site.url())
    assert slept == ([] if wait_s is None else [wait_s])


@pytest.mark.parametrize("asked", ["300", "99999999999", "5"])
def test_server_that_asks_for_too_long_a_wait_is_not_asked_again(asked: str) -> None:
    error, paths = failure({"/": answer(status=429, headers={"Retry-After": asked})}, timeout_s=4.0)
    assert error.status == "unreachable"
    assert len(paths) == (3 if len(asked) > 9 else 1)  # what is no sane number is no wish


@pytest.mark.parametrize(
    ("status", "header"),
    [(403, "cf-mitigated"), (503, "cf-mitigated"), (202, "x-amzn-waf-action")],
)
def test_test_for_programs_is_a_challenge_and_final(status: int, header: str) -> None:
    error, paths = failure({"/": answer(status=status, headers={header: "challenge"})})
    assert (error.status, len(paths)) == ("challenge", 1)
