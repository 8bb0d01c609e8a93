import json
import os
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.render import verification
from summarizer.render.html import render
from summarizer.render.safety import web_address
from summarizer.types import Briefing, Review

VOID = {"meta"}
ATTRIBUTES = {
    "html": {"lang", "dir"},
    "head": set(),
    "meta": {"charset", "http-equiv", "content", "name"},
    "title": set(),
    "style": set(),
    "body": set(),
    "a": {"class", "href", "aria-label", "rel", "lang"},
    "header": set(),
    "main": {"id"},
    "footer": set(),
    "section": {"class", "aria-labelledby"},
    "article": set(),
    "div": set(),
    "h1": {"dir"},
    "h2": {"id", "class", "dir"},
    "h3": {"dir"},
    "p": {"class", "lang", "dir"},
    "ul": {"class"},
    "ol": {"class"},
    "li": {"id", "class", "dir"},
    "span": {"class", "id", "lang", "dir", "aria-hidden"},
    "bdi": {"class", "lang", "dir"},
    "abbr": {"class", "title"},
    "blockquote": {"lang", "dir"},
    "mark": {"id"},
    "table": {"class", "id", "role"},
    "caption": set(),
    "thead": {"role"},
    "tbody": {"role"},
    "tr": {"id", "role"},
    "th": {"role", "scope"},
    "td": {"role"},
}
PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    'https://a.example/" onclick="alert(1)',
    "https://a.example/' onclick='alert(1)'><b>",
    "</style><script>alert(1)</script>",
    "</title><svg/onload=alert(1)>",
    "</bdi></span></p></main><form action=//a.example>",
    "{{ 7 * 7 }}{% raw %}",
    "<!-- --><base href=//a.example>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "\x00<\x00script\x00>",
    "&lt;script&gt;&#x3C;b>",
)


@dataclass(frozen=True, slots=True)
class Element:
    name: str
    attributes: dict[str, str]
    text: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """The elements of a page in their order, each with its own text and that of those inside."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes)
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text.append(data)

    def handle_comment(self, data: str) -> None:
        pytest.fail(f"a comment: {data}")

    def named(self, name: str) -> list[Element]:
        return [element for element in self.elements if element.name == name]

    def text(self, identifier: str) -> str:
        (element,) = (e for e in self.elements if e.attributes.get("id") == identifier)
        return "".join(element.text)


def _assert_only_ours(markup: str) -> None:
    page = Page(markup)
    assert page.open == []
    for element in page.elements:
        assert set(element.attributes) <= ATTRIBUTES[element.name], element
        href = element.attributes.get("href")
        assert href is None or href.lower().startswith(("#", "http://", "https://")), href
        if href and not href.startswith("#"):
            assert urlsplit(href).hostname
    ids = Counter(e.attributes["id"] for e in page.elements if "id" in e.attributes)
    assert set(ids.values()) <= {1}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_a_source_becomes_markup(
    payload: str, hostile: Callable[[str], Briefing]
) -> None:
    _assert_only_ours(render(hostile(payload), ledger=True))


@given(st.text(st.one_of(st.sampled_from("<>\"'&=/ {}%#"), st.characters()), max_size=40))
def test_no_text_at_all_becomes_markup(hostile: Callable[[str], Briefing], text: str) -> None:
    markup = render(hostile(text), ledger=True)

    markup.encode()
    _assert_only_ours(markup)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_markup_of_a_review(
    payload: str, hostile: Callable[[str], Briefing]
) -> None:
    briefing = hostile(payload)
    claims = (*briefing.lead, *briefing.stories[0].claims)

    _assert_only_ours(
        verification.render(
            Review(language=payload, claims=claims, documents=briefing.documents), "html"
        )
    )


def _evaluation_file(*parts: str) -> Path:
    data = os.environ.get("EVALUATION_DATA")  # noqa: TID251 - names a folder of test data
    path = Path(data or "-").resolve().parent.joinpath("hostile", *parts)
    if data and path.is_file():
        return path
    message = f"EVALUATION_DATA names no folder beside which there is {'/'.join(parts)}"
    if "data" in os.environ.get("TEST_REQUIRE", "").split(","):  # noqa: TID251 - as above
        pytest.fail(message)
    pytest.skip(message)


def test_no_payload_of_public_lists_becomes_markup(hostile: Callable[[str], Briefing]) -> None:
    lines = _evaluation_file("xss_payloadbox", "xss-payload-list.txt").read_text().splitlines()
    vectors = json.loads(_evaluation_file("dompurify", "payloads.json").read_text())
    batches = ["\n".join(lines[i : i + 25]) for i in range(0, len(lines), 25)]

    for payload in [*batches, *(vector["payload"] for vector in vectors)]:
        _assert_only_ours(render(hostile(payload), ledger=True))
    addresses = {web_address(line) for line in lines} - {None}
    assert all(str(address).lower().startswith(("http://", "https://")) for address in addresses)


def test_every_sentence_links_to_its_quote_and_back(briefing: Briefing) -> None:
    page = Page(render(briefing))

    sentences = [e for e in page.elements if e.attributes.get("class") == "sentence"]
    cites = [e for e in page.elements if e.attributes.get("class") == "cite"]
    backs = [e for e in page.elements if e.attributes.get("class") == "back"]
    assert len(sentences) == 9
    assert len(cites) == len(backs) == 11
    assert {e.attributes["href"][1:] for e in backs} == {e.attributes["id"] for e in sentences}
    quotes = {page.text(e.attributes["href"][1:]) for e in cites}
    story = briefing.stories[0]
    assert {c.quote for claim in story.claims for c in claim.citations} <= quotes
    assert all(e.attributes["aria-label"].startswith("Source ") for e in cites)


def test_the_policy_admits_exactly_the_pages_own_style(briefing: Briefing) -> None:
    markup = render(briefing)
    style = markup.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    (policy,) = (
        e.attributes["content"]
        for e in Page(markup).named("meta")
        if e.attributes.get("http-equiv") == "Content-Security-Policy"
    )

    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in style
    assert "@import" not in style


def test_sentences_and_passages_carry_their_language_and_direction(briefing: Briefing) -> None:
    page = Page(render(briefing))

    spoken = {
        "".join(e.text): (e.attributes["lang"], e.attributes["dir"])
        for e in page.elements
        if e.attributes.get("class") == "sentence"
    }
    assert spoken["十四人被送往医院。"] == ("zh", "ltr")
    assert spoken["افتتاح ميناء نادر"] == ("ar", "rtl")
    assert [e.attributes["dir"] for e in page.named("blockquote")] == [
        "ltr", "ltr", "rtl", "ltr", "ltr",
    ]  # fmt: skip


def test_a_page_in_arabic_runs_from_right_to_left(briefing: Briefing) -> None:
    (root,) = Page(render(replace(briefing, language="ar"))).named("html")

    assert root.attributes == {"lang": "ar", "dir": "rtl"}


def test_headings_descend_one_level_at_a_time_below_one_title(briefing: Briefing) -> None:
    page = Page(render(briefing, ledger=True))

    levels = [int(e.name[1]) for e in page.elements if e.name in {"h1", "h2", "h3"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("day", ["briefing", "second_day"])
def test_every_link_within_the_page_arrives(day: str, request: pytest.FixtureRequest) -> None:
    page = Page(render(request.getfixturevalue(day), ledger=True))

    targets = {e.attributes["id"] for e in page.elements if "id" in e.attributes}
    links = {e.attributes["href"][1:] for e in page.named("a") if e.attributes["href"][0] == "#"}
    labelled = {e.attributes["aria-labelledby"] for e in page.named("section")}
    assert links | labelled <= targets


def test_links_to_publishers_tell_them_nothing(briefing: Briefing) -> None:
    outward = [e for e in Page(render(briefing)).named("a") if e.attributes["href"][0] != "#"]

    assert len(outward) == 4
    assert {e.attributes["rel"] for e in outward} == {"noopener noreferrer nofollow"}


def test_a_reworded_claim_says_why_it_is_marked(briefing: Briefing) -> None:
    (mark,) = Page(render(briefing)).named("abbr")

    assert mark.attributes["title"] == (
        "not the source's own words, checked against it: shorter than the source"
    )


def test_a_table_of_conflicts_names_its_rows_and_columns(second_day: Briefing) -> None:
    page = Page(render(second_day))

    captions = ["".join(e.text) for e in page.named("caption")]
    scopes = Counter(e.attributes["scope"] for e in page.named("th"))
    assert captions == ["Sources differ: killed", "Updated: killed"]
    assert scopes == {"col": 8, "row": 4}


def test_a_disputed_sentence_leads_to_its_table_and_the_passage_back(second_day: Briefing) -> None:
    page = Page(render(second_day))

    (dispute,) = (e for e in page.elements if e.attributes.get("class") == "dispute")
    hrefs = [e.attributes["href"] for e in page.named("a")]
    assert "".join(dispute.text) == "sources differ"
    assert "#t-1-1" in hrefs
    assert "#v-1-1-2" in hrefs


def test_tags_are_said_in_words_in_the_labels_language(second_day: Briefing) -> None:
    page = Page(render(replace(second_day, language="de")))

    tags = [e for e in page.elements if "tag" in e.attributes.get("class", "").split()]
    assert ["".join(e.text) for e in tags] == [
        "aktualisiert", "zuvor 14, jetzt 21", "neu", "neu", "berichtigt", "laufend",
    ]  # fmt: skip
    assert "tag" not in render(second_day).partition("<body>")[0].partition("</style>")[2]


def test_a_day_without_earlier_briefings_has_no_tags(briefing: Briefing) -> None:
    page = Page(render(briefing))

    assert not [e for e in page.elements if "tag" in e.attributes.get("class", "").split()]


def test_a_passage_stands_in_its_context(briefing: Briefing) -> None:
    first = Page(render(briefing)).named("blockquote")[0]

    shown = "".join(first.text)
    assert "Two\nschools stay closed." in shown
    assert "↩" in shown


def test_a_cut_passage_shows_that_the_text_goes_on(briefing: Briefing) -> None:
    entry = briefing.documents[0]
    longer = replace(entry, text=entry.text + "More of the same. " * 100)

    page = Page(render(replace(briefing, documents=(longer, *briefing.documents[1:]))))

    assert "".join(page.named("blockquote")[0].text).endswith("More of the …")


def test_a_page_without_sources_has_no_sources_section(empty: Briefing) -> None:
    assert {e.attributes.get("id") for e in Page(render(empty)).named("h2")} == set()
