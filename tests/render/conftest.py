"""A briefing built by hand: three stories, six documents, Latin, Arabic and Chinese."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from summarizer.types import (
    Briefing,
    Citation,
    Claim,
    InBrief,
    LedgerEntry,
    Note,
    Source,
    Story,
    Withheld,
)

DAM = """Dam gate fails above Kessel

KESSEL - A gate of the Orlen dam broke early on Tuesday and sent water through the lower town.
Fourteen people were taken to hospital, the district office said. Nobody was reported missing.

The mayor, Ines Aldana, asked residents of Mill Street not to return before an inspection. Two
schools stay closed. The operator had planned to replace the gate in May [1] and *not* before.
"""
WIRE = """Orlen dam: lower town of Kessel flooded

Water from the Orlen dam flooded the lower town of Kessel on Tuesday after a gate broke.
About 400 households were without power in the afternoon.
"""
CHINESE = """奥伦大坝闸门破裂

周二清晨，奥伦大坝一处闸门破裂，洪水涌入下城区。十四人被送往医院。目前无人失踪。
"""
ARABIC = """افتتاح ميناء نادر

افتُتح ميناء نادر الجديد يوم الاثنين بعد ثلاث سنوات من البناء. بلغت الكلفة 40 مليون دينار.
"""
MUSEUM = "Museum reopens\n\nThe Havel museum reopened on Monday after two years of repairs.\n"


def _entry(name: str, text: str, source: str, language: str = "en", **other: Any) -> LedgerEntry:  # noqa: ANN401 - any field
    fields: dict[str, Any] = {
        "id": name,
        "title": text.partition("\n")[0],
        "source": source,
        "url": f"https://{name}.example/2026/{name}?a=1&b=2",
        "published": "2026-03-03T07:15:00+01:00",
        "language": language,
        "kind": "article",
        "text": text,
        "sha256": sha256(text.encode(errors="replace")).hexdigest(),
        "origin": name,
        "story": "story-1",
        "use": "cited",
        "reason": None,
    }
    return LedgerEntry(**(fields | other))


def _cite(entry: LedgerEntry, quote: str) -> Citation:
    start = entry.text.index(quote)
    return Citation(entry.id, start, start + len(quote), quote)


def _claim(name: str, *cited: tuple[LedgerEntry, str], **other: Any) -> Claim:  # noqa: ANN401 - any field
    fields: dict[str, Any] = {
        "id": name,
        "text": cited[0][1],
        "verdict": "verbatim",
        "origins": len(cited),
        "articles": len(cited),
        "citations": tuple(_cite(entry, quote) for entry, quote in cited),
    }
    return Claim(**(fields | other))


def _dam_story(dam: LedgerEntry, wire: LedgerEntry, chinese: LedgerEntry) -> Story:
    broke = "A gate of the Orlen dam broke early on Tuesday and sent water through the lower town."
    asked = (
        "The mayor, Ines Aldana, asked residents of Mill Street not to return before an inspection."
    )
    return Story(
        id="story-1",
        headline=_claim("dam-0", (dam, dam.title), origins=3, articles=4),
        claims=(
            _claim("dam-1", (dam, broke), (wire, wire.text.splitlines()[2])),
            _claim(
                "dam-2", (dam, "Fourteen people were taken to hospital, the district office said.")
            ),
            _claim("dam-3", (chinese, "十四人被送往医院。"), (dam, "Nobody was reported missing.")),
            _claim(
                "dam-4",
                (dam, asked),
                text="Mayor Ines Aldana asked the residents of Mill Street to stay away.",
                verdict="supported",
                reason="shorter than the source",
            ),
            _claim(
                "dam-5",
                (dam, "The operator had planned to replace the gate in May [1] and *not* before."),
            ),
        ),
        documents=("kessel", "wire", "zhoubao", "reprint"),
        origins=3,
        articles=4,
    )


def _documents() -> tuple[LedgerEntry, ...]:
    return (
        _entry("kessel", DAM, "Kessel Courier"),
        _entry("wire", WIRE, "Northwire", url=None),
        _entry("reprint", WIRE, "Havel Post", use="merged", origin="wire"),
        _entry("zhoubao", CHINESE, "江城周报", "zh", published=None),
        _entry("mina", ARABIC, "صحيفة الميناء", "ar", story="story-2"),
        _entry("museum", MUSEUM, "", story="story-3", published="2026-03-02"),
        _entry(
            "empty", "", "Northwire", use="excluded", story=None, reason="the document has no text"
        ),
    )


def _briefing() -> Briefing:
    documents = _documents()
    dam, wire, _, chinese, arabic, museum, _ = documents
    dam_story = _dam_story(dam, wire, chinese)
    port = _claim(
        "port-1", (arabic, "افتُتح ميناء نادر الجديد يوم الاثنين بعد ثلاث سنوات من البناء.")
    )
    return Briefing(
        id="0" * 64,
        title="Morning briefing",
        day="2026-03-03",
        language="en",
        engine="extractive",
        status="complete",
        lead=(dam_story.claims[0], port),
        stories=(
            dam_story,
            Story(
                id="story-2",
                headline=_claim("port-0", (arabic, arabic.title)),
                claims=(port,),
                documents=("mina",),
                origins=1,
                articles=1,
            ),
        ),
        in_brief=(
            InBrief(
                "story-3",
                _claim(
                    "museum-1",
                    (museum, "The Havel museum reopened on Monday after two years of repairs."),
                ),
                ("museum",),
            ),
        ),
        withheld=(
            Withheld(
                "The dam was built in 1911.", "unsupported", "no source gives a year", "story-1", ()
            ),
        ),
        documents=documents,
        sources=(Source("articles", None, "ok", 7),),
        notes=(Note("empty_document", "One document has no text: notes_1.txt", ("empty",)),),
    )


@pytest.fixture(scope="session")
def briefing() -> Briefing:
    """Several documents in three scripts, one story in the lead alone, one in brief."""
    return _briefing()


@pytest.fixture(scope="session")
def empty() -> Briefing:
    """A briefing of nothing."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("lead", "stories", "in_brief", "withheld", "documents", "sources", "notes"), ()
    )
    return replace(_briefing(), **nothing, day=None)


@pytest.fixture(scope="session")
def hostile() -> Callable[[str], Briefing]:
    """A briefing whose every foreign string is the one given."""

    def build(text: str) -> Briefing:
        words = text or "-"
        entry = replace(
            _entry("hostile", f"Title\n\n{words}\n", words),
            title=words,
            url=words,
            published=words,
            reason=words,
        )
        claims = [
            replace(
                _claim(f"{words}-{i}", (entry, words), verdict="supported", reason=words),
                origins=origins,
            )
            for i, origins in enumerate((1, 2, 1, 1))
        ]
        plain = _entry("plain", DAM, "Kessel Courier")
        known = _claim("known", (plain, plain.title))
        return replace(
            _briefing(),
            title=words,
            day=words,
            lead=(claims[0],),
            stories=(
                Story(
                    id=words,
                    headline=claims[1],
                    claims=(claims[0], claims[2], known),
                    documents=("hostile", "plain"),
                    origins=1,
                    articles=2,
                ),
            ),
            in_brief=(InBrief(words, claims[3], ("hostile",)),),
            withheld=(Withheld(words, "unsupported", words, words, ()),),
            documents=(entry, plain),
            notes=(Note("note", words),),
        )

    return build
