from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from summarizer.limits import MAX_FEED_PAGES
from summarizer.sources import web
from summarizer.sources.fetch import Fetcher, Validators
from summarizer.sources.web import Loaded, Request
from tests.sources.servers.site import LOCAL, Asked, Routes, answer, page, redirect, serving

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
LONG = "".join(
    f"<p>The storm hit the coast on Monday night and cut the power of {n} homes there.</p>"
    for n in range(20)
)
ARTICLE = page(f"<article>{LONG}</article>", head="<title>Storm hits coast</title>")
LOCKED = (
    '<script type="application/ld+json">'
    '{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
)


def feed(*links: str, text: str = "Short.", more: str = "") -> bytes:
    items = "".join(
        f"<item><title>About {link}</title><link>{link}</link><description>{text}</description>"
        f"</item>"
        for link in links
    )
    return answer(
        f"<rss version='2.0'><channel><title>News</title>{more}{items}</channel></rss>".encode()
    )


def load(
    routes: Routes,
    *paths: str,
    have: Mapping[str, Validators] | None = None,
) -> tuple[list[Loaded], list[str]]:
    """Return what each path gives, and what was asked for."""
    with serving(routes) as site, site.fetcher() as fetcher:
        known = {site.url("news.test", path): value for path, value in (have or {}).items()}
        request = Request(fetcher=fetcher, now=NOW, have=known)
        made = web.load([site.url("news.test", path) for path in paths or ("/",)], request)
        return list(made), site.paths()


def only(routes: Routes, path: str = "/") -> tuple[str, Loaded]:
    """Return the status and all of what one path gives."""
    (loaded,), _ = load(routes, path)
    assert loaded.sources[0].documents == len(loaded.documents)
    return loaded.sources[0].status, loaded


def test_page_becomes_a_document() -> None:
    status, loaded = only({"/": redirect("/storm"), "/storm": ARTICLE})
    (document,) = loaded.documents
    assert (status, document.title, document.source) == ("ok", "Storm hits coast", "news.test")
    assert document.url is not None
    assert document.url.endswith("/storm")
    assert loaded.notes == ()


def test_page_that_robots_txt_forbids_is_refused() -> None:
    robots = answer(b"User-agent: *\nDisallow: /")
    status, loaded = only({"/robots.txt": robots, "/": ARTICLE})
    assert (status, loaded.documents) == ("refused", ())


def test_feed_is_not_for_robots_txt_to_forbid_but_its_pages_are() -> None:
    robots = answer(b"User-agent: *\nDisallow: /")
    status, loaded = only({"/robots.txt": robots, "/": feed("/a"), "/a": ARTICLE})
    assert (status, len(loaded.documents)) == ("teaser_only", 1)
    assert [note.code for note in loaded.notes] == ["refused", "teaser_only"]


def test_paywalled_page_gives_its_beginning_and_says_so() -> None:
    first = "The storm hit the coast on Monday night and cut the power of many homes there."
    status, loaded = only({"/": page(f"<article><p>{first}</p></article>", head=LOCKED)})
    assert status == "paywalled"
    assert loaded.documents[0].text == first
    assert loaded.notes[0].documents == (loaded.documents[0].id,)


@pytest.mark.parametrize(
    ("routes", "status"),
    [
        ({}, "missing"),
        ({"/": answer(status=500)}, "unreachable"),
        ({"/": answer(status=403)}, "refused"),
        ({"/": answer(status=402)}, "paywalled"),
        ({"/": answer(status=403, headers={"cf-mitigated": "challenge"})}, "challenge"),
        ({"/": redirect("/consent/"), "/consent/": ARTICLE}, "consent_page"),
        ({"/": page("")}, "empty"),
        ({"/": answer(b"")}, "empty"),
        ({"/": answer(b"%PDF-1.7 ...")}, "unreadable"),
        ({"/": answer(b"<rss version='2.0'><channel/></rss>")}, "empty"),
        ({"/": answer(b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>")}, "unreadable"),
        ({"/": answer(b"<opml><body/></opml>")}, "empty"),
        ({"/": answer(b"<opml><body>")}, "unreadable"),
        ({"/": page("<div " + "a=b " * 3_000 + ">")}, "unreadable"),
    ],
)
def test_source_that_gives_nothing_ends_with_a_status_and_a_note(
    routes: Routes, status: str
) -> None:
    found, loaded = only(routes)
    assert found == status
    assert not any(document.text for document in loaded.documents)
    assert loaded.notes
    assert "news.test" in loaded.notes[0].message


def test_bad_address_does_not_stop_the_others() -> None:
    with serving({"/": ARTICLE}) as site, site.fetcher() as fetcher:
        urls = ["http://[", site.url(), "http://10.0.0.1/"]
        made = web.load(urls, Request(fetcher=fetcher, now=NOW))
    assert [loaded.sources[0].status for loaded in made] == ["refused", "ok", "refused"]
    assert made[0].sources[0].url is None


def test_text_and_json_are_read_as_the_files_they_are() -> None:
    line = b'{"text": "The dam held overnight.", "title": "Dam holds", "url": "http://a.example/"}'
    routes = {
        "/text": answer(b"The dam held overnight, officials said."),
        "/json": answer(line),
    }
    (text, records), _ = load(routes, "/text", "/json")
    assert text.documents[0].url is not None
    assert text.documents[0].url.endswith("/text")
    assert records.documents[0].url == "http://a.example/"
    assert (text.sources[0].status, records.sources[0].status) == ("ok", "ok")


def test_teaser_is_replaced_by_the_text_of_its_page() -> None:
    status, loaded = only({"/": feed("/a"), "/a": ARTICLE})
    (document,) = loaded.documents
    assert status == "ok"
    assert (document.title, document.source) == ("About /a", "News")
    assert "19 homes" in document.text
    assert document.url is not None
    assert document.url.endswith("/a")


def test_entry_with_the_whole_text_is_not_fetched() -> None:
    (loaded,), asked = load({"/": feed("/a", text="word " * 200)})
    assert (loaded.sources[0].status, asked) == ("ok", ["/"])


def test_page_that_says_less_than_the_feed_is_not_taken() -> None:
    short = page("<article><p>The storm hit the coast on Monday night, they said.</p></article>")
    status, loaded = only({"/": feed("/a", text="word " * 100), "/a": short})
    assert status == "teaser_only"
    assert "word word" in loaded.documents[0].text


def test_one_article_in_full_makes_the_feed_ok_and_the_failures_are_noted() -> None:
    status, loaded = only({"/": feed("/a", "/gone"), "/a": ARTICLE})
    assert status == "ok"
    assert len(loaded.documents) == 2
    assert [note.code for note in loaded.notes] == ["missing"]


def test_many_failures_are_counted_in_one_note() -> None:
    status, loaded = only({"/": feed(*[f"/gone{n}" for n in range(9)])})
    assert status == "teaser_only"
    assert [note.code for note in loaded.notes] == [*["missing"] * 5, "teaser_only", "teaser_only"]
    assert "4 more" in loaded.notes[5].message


def test_feed_does_not_cause_more_fetches_than_the_limit() -> None:
    links = [f"/gone{n}" for n in range(MAX_FEED_PAGES + 5)]
    (loaded,), asked = load({"/": feed(*links)})
    assert len(loaded.documents) == MAX_FEED_PAGES + 5
    assert len([path for path in asked if path.startswith("/gone")]) == MAX_FEED_PAGES


def test_article_whose_page_was_read_before_is_neither_made_nor_fetched() -> None:
    routes = {"/": feed("/old", "/new"), "/old": ARTICLE, "/new": ARTICLE}
    (loaded,), asked = load(routes, have={"/old": Validators()})
    assert [document.title for document in loaded.documents] == ["About /new"]
    assert "/old" not in asked


def test_feed_of_nothing_but_articles_read_before_is_unchanged() -> None:
    (loaded,), _ = load({"/": feed("/old")}, have={"/old": Validators()})
    assert (loaded.sources[0].status, loaded.notes) == ("unchanged", ())


def test_feed_is_asked_for_as_a_whole_while_a_page_of_it_cannot_be_reached() -> None:
    routes = {"/": feed("/a", "/b"), "/a": ARTICLE, "/b": answer(status=503)}
    (loaded,), _ = load(routes)
    assert [url[-2:] for url in loaded.validators] == ["/a"]
    (loaded,), _ = load(routes | {"/b": answer(status=410)})
    assert len(loaded.validators) == 2


def test_address_of_an_article_that_its_feed_carries_whole_is_named() -> None:
    (loaded,), _ = load({"/": feed("/a", text="word " * 200)})
    assert [url[-2:] for url in loaded.carried] == ["/a"]


def test_feed_goes_by_its_title_and_a_page_by_its_address() -> None:
    (of_feed, of_page), _ = load({"/": feed("/a", text="word " * 200), "/a": ARTICLE}, "/", "/a")
    assert of_feed.sources[0].name == "News"
    assert of_page.sources[0].name.endswith("/a")


def test_feed_without_an_answer_goes_by_the_name_its_list_has_for_it() -> None:
    def subscriptions(asked: Asked) -> list[bytes]:
        outline = f"<outline title='Harbour  News' xmlUrl='http://{asked.host}/gone'/>"
        return [answer(f"<opml><body>{outline}</body></opml>".encode())]

    _, loaded = only({"/": subscriptions})
    assert loaded.sources[0].name == "Harbour News"


def test_entry_that_says_nothing_is_no_document() -> None:
    empty = answer(b"<rss version='2.0'><channel><item><guid>1</guid></item></channel></rss>")
    status, loaded = only({"/": empty})
    assert (status, loaded.documents) == ("empty", ())


def test_entries_beyond_the_limit_are_noted() -> None:
    items = "<item><title>a</title></item>" * 510
    _, loaded = only({"/": answer(f"<rss version='2.0'>{items}</rss>".encode())})
    assert [note.code for note in loaded.notes if "10 entries" in note.message] == [
        "limit_documents"
    ]


def test_unchanged_feed_is_not_read_again() -> None:
    def changing(asked: Asked) -> list[bytes]:
        if asked.headers.get("if-none-match") == '"7"':
            return [answer(status=304)]
        return [feed("/a", text="word " * 200).replace(b"Connection", b'ETag: "7"\r\nConnection')]

    routes: Routes = {"/": changing}
    (first,), _ = load(routes)
    (validators,) = first.validators.values()
    assert validators == Validators(etag='"7"')
    (again,), _ = load(routes, have={"/": validators})
    assert (again.sources[0].status, again.documents) == ("unchanged", ())


def test_list_of_feeds_gives_a_source_for_each() -> None:
    def subscriptions(asked: Asked) -> list[bytes]:
        names = ("a", "gone", "page", "seen")
        outlines = "".join(f"<outline xmlUrl='http://{asked.host}/{name}'/>" for name in names)
        return [answer(f"<opml><body><outline>{outlines}</outline></body></opml>".encode())]

    routes: Routes = {
        "/": subscriptions,
        "/a": feed("/x", text="word " * 200),
        "/page": ARTICLE,
        "/seen": answer(status=304),
    }
    (loaded,), _ = load(routes, have={"/seen": Validators(etag='"7"')})
    statuses = [source.status for source in loaded.sources]
    assert statuses == ["ok", "missing", "unreadable", "unchanged"]
    assert [document.title for document in loaded.documents] == ["About /x"]
    assert len(loaded.notes) == 2
    assert len(loaded.validators) == 1


def test_scripts_of_pages_and_feeds_are_nowhere_in_the_text() -> None:
    script = "<script>alert(1)</script><p onclick='alert(1)'>Text</p>"
    escaped = script.replace("<", "&lt;")
    routes = {
        "/page": page(f"<article>{LONG}{script}</article>"),
        "/feed": feed("", text=escaped),
    }
    made, _ = load(routes, "/page", "/feed")
    texts = [document.text for loaded in made for document in loaded.documents]
    assert len(texts) == 2
    assert not any("alert" in text or "<" in text for text in texts)


def test_feed_that_is_read_at_the_deadline_gives_what_it_has() -> None:
    now = [0.0]

    def last(_: Asked) -> list[bytes]:
        now[0] = 60.0
        return [ARTICLE]

    routes: Routes = {"/": feed("/a", "/b", "/c"), "/a": ARTICLE, "/b": last, "/c": ARTICLE}
    with (
        serving(routes) as site,
        Fetcher(policy=LOCAL, delay_s=0.0, deadline_s=60.0, clock=lambda: now[0]) as fetcher,
    ):
        loaded = web.read(site.url(), Request(fetcher=fetcher, now=NOW))
    assert [document.kind for document in loaded.documents] == ["article", "article", "teaser"]
    assert (loaded.sources[0].status, loaded.notes[0].code) == ("ok", "unreachable")
    assert site.url() not in loaded.validators
