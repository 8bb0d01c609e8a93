"""How several sources are read until a deadline."""

import threading
from collections.abc import Iterator
from datetime import timedelta

from summarizer.service import reading
from summarizer.service.reading import Answer, Task
from summarizer.sources.web import Request
from tests.service.newsroom import NOW, STORM, Route, feed, statuses, whole
from tests.sources.servers.site import Asked, answer, serving


def sources(answers: list[Answer]) -> dict[str, str]:
    return dict(statuses(source for each in answers for source in each.loaded.sources))


def test_at_the_deadline_what_is_ready_is_there_and_the_rest_is_named() -> None:
    open_again = threading.Event()

    def hang(_: Asked) -> Iterator[bytes]:
        open_again.wait(10.0)
        yield b""

    routes: dict[str, Route] = {"/feed": feed(whole("/a", *STORM)), "/slow": hang}
    with serving(routes) as site, site.fetcher() as fetcher:
        slow = site.url("slow.test", "/slow")
        task = Task(
            owner="desk",
            edition="morning",
            sources=[slow, site.url("news.test", "/feed")],
            run_id="run",
            now=NOW,
            deadline=NOW + timedelta(seconds=20),
        )
        seconds = iter((0.0, 0.0, 20.0))  # when it begins, before the feed, after it
        request = Request(fetcher=fetcher, now=NOW)
        found = [*reading.read(task, request, clock=lambda: next(seconds))]
        open_again.set()
    assert sources(found) == {"Harbour News": "ok", slow: "unreachable"}
    (note,) = found[1].loaded.notes
    assert "not read by the deadline, 2026-03-04 06:00 UTC" in note.message


def test_answers_know_their_place_among_the_sources() -> None:
    def subscriptions(asked: Asked) -> list[bytes]:
        outlines = "".join(f"<outline xmlUrl='http://{asked.host}/{n}'/>" for n in range(3))
        return [answer(f"<opml><body>{outlines}</body></opml>".encode())]

    with serving({"/list": subscriptions}) as site, site.fetcher() as fetcher:
        task = Task(
            owner="desk",
            edition="morning",
            sources=[site.url(path="/first"), site.url(path="/list"), site.url(path="/1")],
            run_id="run",
            now=NOW,
        )
        found = [*reading.read(task, Request(fetcher=fetcher, now=NOW))]
    assert sorted((each.place, each.source[-2:]) for each in found) == [
        ((0,), "st"),
        ((1,), "st"),
        ((1, 0), "/0"),
        ((1, 2), "/2"),  # the second is a source by itself
        ((2,), "/1"),
    ]
