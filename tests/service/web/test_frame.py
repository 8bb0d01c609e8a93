import re
from base64 import b64encode
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

import summarizer
from summarizer.service.store import database, runs
from summarizer.service.store.database import Database
from summarizer.service.web import audit, briefing, edition, frame, home, missing, search
from summarizer.service.web.frame import Page
from summarizer.types import Note, Source, Withheld
from tests.service.web.shown import DAM, MORNING, NOW, accept, again, define, publish, read

PAYLOADS = st.sampled_from(
    (
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='alert(1)",
        "</style><body>\n<svg onload=alert(1)>",
        "<body>\n",
        "{{ 7 * 7 }}",
        "\u202etxt.exe",
    )
)
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
LOADS = {"action", "background", "data", "formaction", "poster", "src", "srcset", "style"}


def pages(db: Database, q: str = "dam") -> list[Page]:
    run, stored = again(db, "a"), define(db)
    return [
        home.page(db, "local", now=NOW, base="http://127.0.0.1"),
        edition.page(db, stored, now=NOW),
        briefing.page(db, run),
        audit.page(db, run),
        search.page(db, "local", q=q),
        missing.page(),
    ]


def hostile(db: Database, text: str) -> None:
    """Publish a briefing with `text` wherever strangers can put one."""
    told = summarizer.brief([DAM])
    (story,) = told.stories
    claims = tuple(replace(claim, text=text, reason=text) for claim in story.claims)
    story = replace(story, headline=replace(story.headline, text=text), claims=claims)
    ledger = [replace(entry, title=text, source=text, url=text) for entry in told.documents]
    told = replace(
        told,
        stories=(story,),
        documents=tuple(ledger),
        withheld=(Withheld(text, "unsupported", text, story.id, claims[0].citations),),
        sources=(Source(text, text, text, 1),),
        notes=(Note("odd", text),),
    )
    accept(db, "a", edition="morning", day="2026-03-04")
    runs.publish(db, "a", told, now=NOW)
    accept(db, "b", edition="morning", day="2026-03-05")
    runs.settle(db, "b", now=NOW, outcome="failed", message=text)


def test_style_sheet_of_a_page_is_the_one_its_policy_admits(db: Database) -> None:
    publish(db, "a", edition="morning", day="2026-03-04")
    for page in pages(db):
        (style,) = STYLE.findall(page.text)
        digest = b64encode(sha256(style.encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'" in (page.policy or page.text)
        assert "default-src 'none'" in (page.policy or page.text)


def test_pages_have_a_language_a_title_one_heading_and_a_way_past_their_head(
    db: Database,
) -> None:
    publish(db, "a", edition="morning", day="2026-03-04")
    for page in pages(db):
        found = read(page)
        tags = [tag for tag, _ in found.elements]
        assert dict(found.elements)["html"]["lang"] == "en"
        assert tags.count("h1") == tags.count("title") == tags.count("main") == 1
        skips = [attrs["href"] for tag, attrs in found.elements if attrs.get("class") == "skip"]
        assert [f"#{name}" for name in found.ids].count(skips[0] or "") == 1
        assert len(set(found.ids)) == len(found.ids)


def test_every_control_has_a_label(db: Database) -> None:
    publish(db, "a", edition="morning", day="2026-03-04")
    for page in pages(db):
        found = read(page).elements
        labels = {attrs["for"] for tag, attrs in found if tag == "label"}
        assert {attrs["id"] for tag, attrs in found if tag == "input"} == labels


def test_tables_keep_their_roles_for_screen_readers(db: Database) -> None:
    publish(db, "a", edition="morning", day="2026-03-04")
    roles = {"table": "table", "tr": "row", "td": "cell"}
    for page in pages(db):
        for tag, attrs in read(page).elements:
            assert attrs.get("role") == roles[tag] if tag in roles else True


@settings(max_examples=12)
@given(text=PAYLOADS | st.text(min_size=1, max_size=30))
def test_text_of_strangers_is_never_markup(text: str) -> None:
    with TemporaryDirectory() as folder, closing(database.open(f"{folder}/store.sqlite")) as db:
        hostile(db, text)
        for page in (*pages(db, q=text), briefing.page(db, again(db, "b"))):
            found = read(page)
            for tag, attrs in found.elements:
                assert tag not in {"script", "img", "svg", "iframe", "object"}
                assert not [name for name in attrs if name.startswith("on")]
                assert not (LOADS & attrs.keys()) or (tag, attrs.get("action")) == (
                    "form",
                    "/search",
                )
            assert all(urlsplit(link).scheme in {"", "http", "https"} for link in found.links)
            assert "\u202e" not in page.text


def test_address_on_this_site_escapes_what_it_is_made_of() -> None:
    assert frame.part("editions", "a/b?c") == "/editions/a%2Fb%3Fc"
    assert frame.part("search", q="a&b", cursor="") == "/search?q=a%26b"


def test_title_of_a_run_that_was_asked_for_oddly_is_empty(db: Database) -> None:
    run = replace(accept(db, "a"), request=["odd"])
    assert briefing.title(run) == ""
    assert MORNING.title == briefing.title(accept(db, "b", edition="morning"))
