"""Divide a text by its layout: blocks, headings, items of lists, and lines that end a sentence.

A line break is the hardest sign to read: it ends a caption and an entry of a list, and it means
nothing in text wrapped at a fixed width. So it is judged block by block, from the lengths of the
lines. Nothing here looks at stops inside a line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.types import SentenceKind

SPACELESS = "。！？｡．؟۔।॥።፧፨។៕။᠃᠉᱾꓿"  # stops that need no space behind them
STOPS = ".!?…‼⁇⁈⁉‽⸮։" + SPACELESS
BULLETS = "•◦▪‣⁃●○■□∙➢➤►▶"
CLOSERS = "\"'”’»›)]}」』）】〉》〕］｝"

UNSTOPPED = frozenset({"lo", "th"})  # languages that mark no end of a sentence but the line's

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_WORD = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+")  # where a line may be wrapped
_BULLET = re.compile(  # but with a number behind it, it is part of the item's marker
    rf"[{BULLETS}](?!\s*\d{{1,2}}[.)])\s*|[*+-](?:\s+|$)"
)
_INLINE_BULLET = re.compile(r"\s[•◦▪‣⁃●■]\s*(?=\S)")
# Alone between blank lines; it is no part of what is written.
_PAGE_NUMBER = re.compile(r"[-–—]? ?\d{1,3} ?[-–—]?")
_HASHES = re.compile(r"#{1,6}(?:\s+|$)")
_ITEM = re.compile(r"\(?(?:(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]{1,2}|[A-Z]\))\s")
_ENUMERATOR = re.compile(r"(?<!\S)(\(?)(\d{1,2}|[A-Za-z])(\.\)|[.)])(?=\s+\S)")
_FIRST_ITEM = re.compile(r"[1aA][.)]")
_ENDED = re.compile(rf"[{STOPS}:;\"”’»)\]]")
_FINAL_END = re.compile(rf"[{STOPS};,][{re.escape(CLOSERS)}]*$|[\u0531-\u0587]:$")

_HEADING_CHARS, _UNSTOPPED_HEADING_CHARS = 100, 40
_HEADING_WORDS = 14
_MIN_WIDTH, _MAX_WIDTH = 40, 200  # of wrapped lines
_MIN_WRAPPED_LINES = 3
_MIN_FULL_BREAKS = 0.65  # share of a block's line breaks that a wrapper would have made


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text whose ends are ends of sentences."""

    start: int
    end: int
    kind: SentenceKind
    paragraph: int


def segments(text: str, *, title: str, language: str) -> Iterator[Segment]:
    """Divide a text by its layout; every end of a segment is an end of a sentence."""
    after_title = _title_end(text, title)
    if after_title:
        start = after_title - len(text[:after_title].lstrip())
        yield Segment(start, len(text[:after_title].rstrip()), "title", 0)
    blocks = _blocks(text, after_title)
    width = max((_width(text, lines) for lines in blocks), default=0)
    for number, lines in enumerate(blocks, start=1 if after_title else 0):
        alone = len(lines) == 1 and (len(blocks) > 1 or after_title > 0)
        if alone and _PAGE_NUMBER.fullmatch(text, *lines[0]):
            continue
        joined = lines if language in UNSTOPPED else _joined(text, lines, width)
        for start, end in joined:
            yield from _parts(text, Segment(start, end, "body", number), language, alone=alone)


def _title_end(text: str, title: str) -> int:
    """Return where the title at the start of the text ends, 0 if it does not start with it."""
    if not title.strip() or not text.startswith(title):
        return 0
    ends_line = len(text) == len(title) or _BREAK.match(text, len(title)) is not None
    return len(title) if ends_line else 0


def _blocks(text: str, start: int) -> list[list[tuple[int, int]]]:
    """Group the lines that are not blank, stripped, by the blank lines between them."""
    blocks: list[list[tuple[int, int]]] = []
    end = None
    for match in _LINE.finditer(text, start):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        first = match.start() + line.index(stripped[0])
        if end is None or len(_BREAK.findall(text, end, first)) > 1:
            blocks.append([])
        end = first + len(stripped)
        blocks[-1].append((first, end))
    return blocks


def _width(text: str, lines: Sequence[tuple[int, int]]) -> int:
    """Return the width at which a block of three lines or more was wrapped, 0 if it was not.

    A wrapper breaks a line where the next word does not fit, so nearly every line that does not
    end a sentence would have been too long with one word more.
    """
    width = max(end - start for start, end in lines)
    if len(lines) < _MIN_WRAPPED_LINES or not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return 0
    breaks = [
        (_is_full(text, line, following, width), text[following].isupper())
        for line, (following, _) in pairwise(lines)
        if not _ENDED.search(text, line[1] - 1, line[1])
    ]
    n_full = sum(is_full for is_full, _ in breaks)
    is_list = all(is_capital for _, is_capital in breaks)  # of headlines of about one length
    return width if n_full >= max(2, _MIN_FULL_BREAKS * len(breaks)) and not is_list else 0


def _is_full(text: str, line: tuple[int, int], following: int, width: int) -> bool:
    """Say whether the first word of the next line did not fit on this one."""
    word = _WORD.match(text, following, following + width)
    # Proportional type is wrapped by its printed width, hence a margin.
    return word is not None and line[1] - line[0] + 1 + len(word.group()) > width * 9 // 10


def _joined(text: str, lines: Sequence[tuple[int, int]], width: int) -> Iterator[tuple[int, int]]:
    """Join the lines of a block that a sentence runs across.

    `width` is that of the document's wrapped blocks; it serves the blocks of two lines.
    """
    longest = max(end - start for start, end in lines)
    width = _width(text, lines) or (width if longest <= width * 11 // 10 else 0)
    is_prose = _ENDED.search(text, lines[-1][1] - 1, lines[-1][1]) is not None
    start = lines[0][0]
    for line, (following, _) in pairwise(lines):
        starts_item = _BULLET.match(text, following) or _ITEM.match(text, following)
        runs_on = is_prose and text[following].islower() and not _ENDED.match(text, line[1] - 1)
        if (
            starts_item
            or _HASHES.match(text, following)
            or _HASHES.match(text, line[0])
            or not (runs_on or (width and _is_full(text, line, following, width)))
        ):
            yield start, line[1]
            start = following
    yield start, lines[-1][1]


def _parts(text: str, part: Segment, language: str, *, alone: bool) -> Iterator[Segment]:
    """Divide joined lines at the items of a list, without bullets, and find headings."""
    hashes = _HASHES.match(text, part.start, part.end)
    if hashes:
        end = hashes.end() + len(_without_hashes(text[hashes.end() : part.end]))
        if hashes.end() < end:
            yield Segment(hashes.end(), end, "heading", part.paragraph)
        return
    bullets = [match.start() + 1 for match in _INLINE_BULLET.finditer(text, part.start, part.end)]
    for start, end in pairwise([part.start, *bullets, part.end]):
        content = start
        while match := _BULLET.match(text, content, end):
            content = match.end()
        items = [content + item for item in _item_starts(text[content:end], language)]
        kind: SentenceKind = (
            "heading"
            if alone and start == content and _is_heading(text[start:end], language)
            else "body"
        )
        for item, item_end in pairwise([content, *items, end]):
            if item < item_end:
                yield Segment(item, item_end, kind, part.paragraph)


def _item_starts(line: str, language: str) -> Iterator[int]:
    """Find the items of a list inside a line: "1. Wash 2. Dry", "(a) Wash. (b) Dry."."""
    if _FIRST_ITEM.search(line) is None:
        return
    head, expected = None, ("", "", "")
    for match in _ENUMERATOR.finditer(line):
        opening, number, closing = match.groups()
        before = line[max(0, match.start() - 3) : match.start()].rstrip()
        if number in {"1", "a", "A"} and (not match.start() or before[-1:] in STOPS):
            head = match.start()
        elif (opening, number, closing) != expected:
            continue
        elif language == "de" and number.isdigit() and before[-1:] not in STOPS:
            continue  # "1. FC Köln in der 2. Bundesliga"
        else:
            if head:
                yield head
            head = None
            yield match.start()
        following = str(int(number) + 1) if number.isdigit() else chr(ord(number) + 1)
        expected = (opening, following, closing)


def _without_hashes(heading: str) -> str:
    """Remove the closing sequence of a Markdown heading, but not the "#" of "C#"."""
    bare = heading.rstrip("#")
    return bare.rstrip() if not bare or bare[-1].isspace() else heading


def _is_heading(line: str, language: str) -> bool:
    return (
        len(line) <= (_UNSTOPPED_HEADING_CHARS if language in UNSTOPPED else _HEADING_CHARS)
        and len(line.split()) <= _HEADING_WORDS
        and _FINAL_END.search(line) is None
        and any(map(str.isalpha, line))
    )
