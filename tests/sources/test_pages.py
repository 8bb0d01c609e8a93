import pytest

from summarizer.sources import pages
from summarizer.sources.fetch import Fetched
from summarizer.sources.status import SourceError

SENTENCE = "The storm hit the coast on Monday night and cut the power of many homes there. "
LOCKED = (
    '<script type="application/ld+json">'
    '{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
)
URL = "https://www.news.example/storm"


def fetched(
    body: str,
    *,
    url: str = URL,
    content_type: str = "text/html",
    head: str = "",
    codec: str = "utf-8",
) -> Fetched:
    html = f"<!doctype html><html><head>{head}</head><body><article>{body}</article></body></html>"
    return Fetched(200, html.encode(codec), {"content-type": content_type}, url)


def test_page_has_the_address_it_was_fetched_from_and_its_site_for_a_source() -> None:
    page = pages.read(fetched(f"<p>{SENTENCE}</p>"), asked="http://other.example/")
    assert (page.text, page.url, page.source) == (SENTENCE.strip(), URL, "news.example")


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("https://news.example/storm?main", "https://news.example/storm?main"),
        ("https://elsewhere.example/storm", URL),
    ],
)
def test_canonical_address_counts_within_the_site_alone(canonical: str, url: str) -> None:
    head = f'<link rel="canonical" href="{canonical}">'
    assert pages.read(fetched(f"<p>{SENTENCE}</p>", head=head), asked=URL).url == url


@pytest.mark.parametrize(
    ("content_type", "codec"),
    [
        ("text/html; charset=ISO-8859-1", "latin-1"),
        ('text/html;charset="windows-1252"; x=y', "cp1252"),
        ("text/html; charset=nonsense", "utf-8"),
        ("", "utf-8"),
    ],
)
def test_charset_of_the_server_is_heeded(content_type: str, codec: str) -> None:
    made = fetched(f"<p>é {SENTENCE}</p>", content_type=content_type, codec=codec)
    assert pages.read(made, asked=URL).text.startswith("é ")


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (fetched(""), "empty"),
        (fetched("<div " + "a=b " * 3_000 + ">"), "unreadable"),
        (fetched(SENTENCE, url="https://consent.news.example/ask"), "consent_page"),
        (fetched(SENTENCE, url="https://news.example/privacygate/x"), "consent_page"),
    ],
)
def test_page_without_a_text_to_read_says_why(page: Fetched, status: str) -> None:
    with pytest.raises(SourceError) as caught:
        pages.read(page, asked=URL)
    assert caught.value.status == status
    assert URL in str(caught.value)


def test_article_on_consent_is_no_consent_page() -> None:
    url = "https://news.example/consent/what-it-means"
    assert pages.read(fetched(f"<p>{SENTENCE}</p>", url=url), asked=url).text


@pytest.mark.parametrize(
    ("head", "n_sentences", "is_paywalled"),
    [(LOCKED, 2, True), (LOCKED, 40, False), ("", 2, False)],
)
def test_paywall_is_one_that_the_page_declares_and_that_hides_the_text(
    head: str, n_sentences: int, *, is_paywalled: bool
) -> None:
    page = pages.read(fetched(f"<p>{SENTENCE * n_sentences}</p>", head=head), asked=URL)
    assert pages.is_paywalled(page) is is_paywalled


@pytest.mark.slow
def test_page_that_its_parser_dies_of_gives_its_paragraphs() -> None:
    links = f"<p><a href='/x'>{SENTENCE}</a></p>" * 90_000  # take more than all its time
    page = pages.read(fetched(links, head="<title>Storm</title>"), asked=URL)
    assert page.text.startswith(f"{SENTENCE.strip()}\n\n{SENTENCE.strip()}")
    assert (page.title, page.source) == ("Storm", "news.example")
