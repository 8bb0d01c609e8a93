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
    Conflict,
    ConflictValue,
    Correction,
    InBrief,
    Join,
    LedgerEntry,
    Note,
    Review,
    Source,
    Story,
    TopicReport,
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


RAIL = """Toll of Havel rail crash rises to 21

Two trains collided near Havel on Monday. At least 21 people died, the rail authority said on
Wednesday. A signal had failed twice in February, an internal report shows. The driver of the
second train had worked for eleven hours.

Why no alarm was raised is still unclear. The inquiry opens on 12 March.
"""
RAIL_ELSEWHERE = """Havel crash kills 19

The crash near Havel killed 19 people, hospitals said. The line stays closed until Friday.
"""
RAIL_BEFORE = """Fourteen die as trains collide

Fourteen people died when two trains collided near Havel, police said on Tuesday.
"""


def _rail_story(rail: LedgerEntry, elsewhere: LedgerEntry, before: LedgerEntry) -> Story:
    died = "At least 21 people died, the rail authority said on\nWednesday."
    killed = "The crash near Havel killed 19 people, hospitals said."
    fourteen = "Fourteen people died when two trains collided near Havel, police said on Tuesday."
    values = [
        ConflictValue(value, _cite(entry, quote))
        for value, entry, quote in (
            ("at least 21", rail, died),
            ("19", elsewhere, killed),
            ("14", before, fourteen),
        )
    ]
    return Story(
        id="rail",
        headline=_claim("rail-0", (rail, rail.title), origins=2, articles=13),
        claims=(
            _claim(
                "rail-1", (rail, died), facet="differ", change="updated", previous="14", origins=2
            ),
            _claim(
                "rail-2",
                (rail, "The driver of the\nsecond train had worked for eleven hours."),
                facet="alone",
                change="new",
            ),
            _claim(
                "rail-3",
                (rail, "Why no alarm was raised is still unclear."),
                facet="open",
                change="new",
                origins=2,
            ),
            _claim(
                "rail-4",
                (elsewhere, "The line stays closed until Friday."),
                text="The line stays closed until Friday.",
                origins=2,
                change="ongoing",
                reason="replaces a draft that its source does not support: open since Thursday",
            ),
            _claim(
                "rail-5",
                (rail, "The inquiry opens on 12 March."),
                facet="next",
                change="corrected",
                origins=2,
            ),
        ),
        conflicts=(
            Conflict("killed", "conflict", tuple(values[:2])),
            Conflict("killed", "update", (values[0], values[2])),
        ),
        change="updated",
        documents=("rail", "elsewhere", "before"),
        origins=2,
        articles=13,
    )


def _second_day() -> Briefing:
    rail = _entry("rail", RAIL, "Havel Post", story="rail", published="2026-03-04T18:00:00Z")
    elsewhere = _entry("elsewhere", RAIL_ELSEWHERE, "Northwire", story="rail", url=None)
    before = _entry("before", RAIL_BEFORE, "Kessel Courier", story="rail", use="merged")
    museum = _entry("museum", MUSEUM, "", story="museum", published="2026-03-02")
    story = _rail_story(rail, elsewhere, before)
    reopened = "The Havel museum reopened on Monday after two years of repairs."
    return replace(
        _briefing(),
        day="2026-03-04",
        lead=(),
        corrections=(
            Correction(
                briefing="1" * 64,
                claim="museum-1",
                document="museum",
                was="The Havel museum reopened on Sunday.",
                now=reopened,
                citation=_cite(museum, reopened),
            ),
            Correction(
                briefing="1" * 64,
                claim="port-1",
                document="gone",
                was="The port was sold.",
                now=None,
                citation=None,
            ),
        ),
        stories=(story,),
        in_brief=(
            InBrief(
                "museum", _claim("museum-1", (museum, reopened), change="ongoing"), ("museum",)
            ),
        ),
        documents=(rail, elsewhere, before, museum),
    )


@pytest.fixture(scope="session")
def second_day() -> Briefing:
    """A day later: corrections, a conflict, an update, and claims of most facets and changes."""
    return _second_day()


def _review() -> Review:
    dam, wire, _, chinese, *_ = _documents()
    fourteen = "Fourteen people were taken to hospital, the district office said."
    return Review(
        language="en",
        claims=(
            _claim("r-1", (dam, fourteen)),
            _claim(
                "r-2",
                (dam, fourteen),
                (chinese, "十四人被送往医院。"),
                text="Fourteen people went to hospital.",
                verdict="supported",
            ),
            _claim(
                "r-3",
                (dam, "Nobody was reported missing."),
                text="Three people are missing.",
                verdict="contradicted",
                reason="the cited text says nobody",
            ),
            _claim(
                "r-4",
                (wire, "About 400 households were without power in the afternoon."),
                text="The outage\nwill last until 2027.",
                verdict="unsupported",
                reason="2027 does not occur in the cited text",
            ),
            _claim("r-1", (dam, fourteen)),
            _claim("r-5", (dam, fourteen), text="No.", verdict="unsupported", citations=()),
        ),
        documents=_documents()[:4],
    )


@pytest.fixture(scope="session")
def review() -> Review:
    """Six sentences of every verdict, one of them twice and one without a passage."""
    return _review()


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
        claims[0] = replace(claims[0], facet="differ", change="updated", previous=words)
        claims[2] = replace(claims[2], facet="alone", change="corrected")
        plain = _entry("plain", DAM, "Kessel Courier")
        said = _cite(entry, words)
        known = _claim("known", (plain, plain.title))
        quoted = _claim(f"{words}-quoted", (entry, words), articles=2)
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
                    conflicts=(Conflict(words, "conflict", (ConflictValue(words, said),) * 2),),
                    change="ongoing",
                    see_also=(words,),
                    joined=(Join(("plain", "hostile"), 0.5, (words,)),),
                    origins=1,
                    articles=2,
                ),
            ),
            corrections=(
                Correction(
                    briefing=words,
                    claim=words,
                    document=words,
                    was=words,
                    now=words,
                    citation=said,
                ),
            ),
            in_brief=(InBrief(words, claims[3], ("hostile",)),),
            topics=(
                TopicReport(
                    name=words, mode="section", claims=(claims[1].id,), searched=1, not_searched=()
                ),
                TopicReport(
                    name=words,
                    mode="watch",
                    claims=(claims[0].id, quoted.id),
                    searched=1,
                    not_searched=(words,),
                    mentions=(quoted,),
                ),
            ),
            withheld=(Withheld(words, "unsupported", words, words, ()),),
            documents=(entry, plain),
            notes=(Note("note", words),),
        )

    return build
