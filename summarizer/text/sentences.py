"""Cut a text into sentences with exact offsets.

Layout comes first. Inside a block of prose the stops are judged one by one, with `sentencex` as
the opinion on words we know nothing about. Its boundaries are proposals only, because it never
cuts inside quotation marks. Nothing is changed or searched for: a sentence is a slice of the text.
"""

import re
from collections.abc import Iterator

import sentencex  # type: ignore[import-untyped]  # it has no stubs

from summarizer.text import abbreviations, layout
from summarizer.types import Sentence

# After a number they begin a sentence: nobody counts them.
_UNCOUNTED = (
    "The|This|These|That|Those|An?|In|At|On|By|For|From|With|As|It|He|She|We|They|There|But|And|Yet|"
    "Even|If|When|While|Although|However|Such|To"
)
_STOP = re.compile(
    rf"""
    (?P<stop>
        [;:–—\-{layout.STOPS}]
        (?:
            (?<![;:–—\-])
            |(?<=[\u0370-\u03ff\u1f00-\u1fff];)|(?<=[\u0531-\u0587]:)  # Greek, Armenian
            |(?:(?<=[–—])|(?<=--))(?=["”])  # speech that breaks off
        )
        (?:(?:(?<=[.])[ ][.]){{2,}}|[{layout.STOPS}]*)
    )
    (?P<close>
        (?:[{re.escape(layout.CLOSERS)}]|[“‘«](?=\s|$)|[ \u00a0\u202f]»(?=[\s,.;]|$))*
        (?:[ ]?\[(?:\d[\d ,–-]*|…|[.]{{3}})\])*  # references, omissions
    )
    (?:  # the number of a footnote
        (?<=[^\W\d_]{{2}}[.]|.[)][.])\d{{1,3}}(?=\s+[A-Z])
        |[ ]\d{{1,2}}(?=[ ](?:{_UNCOUNTED})\b)
    )?
    (?P<gap>\s*)
    """,
    re.VERBOSE,
)
_MARKER = re.compile(  # of an item or a figure, which belongs to what follows
    rf"(?:[{layout.BULLETS}]\s?|[\[(])?"
    r"(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.)\]]*"  # "1.", "• 1." and "(iv)"
    r"|(?:[A-Z][a-z]{2,8} )?\d{1,2}(?:\.\d{1,2}){0,3}\."  # "4.1." and "Figure 2."
)
_MARKER_CHARS = 24
_WORD_BEFORE = re.compile(r"[^\s\"“”‘«»()\[\]{}/,;:–—]*$")
_WORD_CHARS = 40
_NEXT_WORD = re.compile(r"[\W_]{0,6}(?P<word>[^\W_]\.|[^\W_][\w'’-]*)")
_NEVER_FIRST = layout.STOPS + ",;:/)]}”’»」』）"
_RESUMED = re.compile(r"[–—] ")  # speech, after its speaker was named
_RESUMING = frozenset({"be", "bg", "kk", "ru", "uk"})
_FIRST_AFTER_ALL = re.compile(  # "...but", and quotations that begin as others end: ”Nej”, »Nein«
    r"(?:\.{3}|…)\w|(?<=\s)[”»’]\w"
)
_OMISSION = re.compile(r"\s[.](?: [.]){2}(?! ?[.])")
_ADDRESS = re.compile(r"https?://|www\.")
_FUSED = re.compile(r"(?!Com|Net|Org)[^\W\d_]+(?=[\s,;:]|$)")  # "It ended.The next day"
_YEAR = re.compile(r"[12]\d{3}")
_SPEECH = re.compile(
    r"(?:[^\W\d_][\w.'’-]*\s+){0,3}"
    r"(?:said|says|say|asked|asks|ask|added|adds|replied|told|wrote|writes|shouted|cried|yelled|"
    r"called|thought|whispered|wondered|answered|exclaimed|demanded)\b"
)

_FIRST_WIDE = "\u2e80"  # letters from here on are written without spaces
_SAID = re.compile(r"[^。！？“”「」\n]{1,12}(?:说|說|道|问|問|表示|称|稱|指出)")
_COMMAS = "、，；：,;"
_PARTICLES = "とっはがをにのでもへや"  # Japanese: the quotation is part of a larger sentence
_KEPT_WHOLE = re.compile(  # brackets, and quotations too short to be read alone
    r"（[^（）\n]{0,200}）|「[^「」\n]{0,200}」|『[^『』\n]{0,200}』|\[[^\[\]\n]{0,200}\]"
    r'|“[^“”\n]{0,60}”|"(?<!\S")[^"\n]{0,60}"(?![^\W가-힣])'  # Korean goes on at once
    r"|”(?<!\S”)(?=\w)[^“”\n]{0,60}”|»(?<!\S»)(?=\w)[^«»\n]{0,60}«"
    # Quotations that are part of a sentence, whatever they hold: 'He said, "No. Never."'
    r"|(?<=[\w,] )(?:"
    r'“[^“”\n]{0,300}”|"[^"\n]{0,300}"(?!\w)|‘[^‘“”\n]{0,300}?’(?!\w)'
    r"|„[^„“”\n]{0,300}[“”]|«[^«»\n]{0,300}»"
    r")"
)

_OPENING = re.compile('[（「『\\[“"”»‘„«]')  # each of these begins with one
# Unknown words up to these lengths may be abbreviations: "Epis. church", "ed. classes", "pos. 5".
_LONGEST_TITLE, _LONGEST_WORD, _LONGEST_BEFORE_NUMBER = 4, 2, 3

_PIECE = 5_000  # sentencex takes quadratic time on some runs of characters
_BLANKED = str.maketrans(dict.fromkeys("\"'“”‘’„‚«»‹›()[]{}「」『』（）", " "))


def split(text: str, *, language: str = "und", title: str = "") -> tuple[Sentence, ...]:
    """Cut a text into sentences, in order and without overlap.

    A sentence neither starts nor ends with whitespace. Every other character lies in exactly one
    sentence, except the signs of layout: bullets, the "#" of a heading and page numbers.

    Args:
        text: Any text; offsets are its code points.
        language: ISO 639-1 code; "und" is read like English.
        title: If the text starts with it, on a line of its own, it is one sentence.
    """
    return tuple(
        Sentence(start, end, text[start:end], segment.kind, segment.paragraph)
        for segment in layout.segments(text, title=title, language=language)
        for start, end in _cut(text, segment, language)
    )


def _cut(text: str, segment: layout.Segment, language: str) -> Iterator[tuple[int, int]]:
    """Cut a segment at its stops."""
    block = text[segment.start : segment.end]
    start = 0
    if segment.kind != "title":
        for end, following in _boundaries(block, language):
            yield segment.start + start, segment.start + end
            start = following
    yield segment.start + start, segment.start + len(block.rstrip())


def _boundaries(block: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield where sentences end and the next ones start, the last end left out."""
    proposals: frozenset[int] | None = None
    kept_whole = _kept_whole(block)
    start = 0
    for match in _STOP.finditer(block):
        following = match.end()
        if following == len(block):
            return
        if match.end("close") - 1 in kept_whole or _is_ruled_out(block, match, start, language):
            continue
        if match["gap"]:
            verdict = _ends_before_space(block, match, language)
        else:
            verdict = _ends_without_space(block, match)
        if verdict is None:
            proposals = _proposals(block, language) if proposals is None else proposals
            verdict = match.end("stop") in proposals
        if verdict:
            yield match.start("gap"), following
            start = following


def _is_ruled_out(block: str, match: re.Match[str], start: int, language: str) -> bool:
    """Say whether no sentence can end at a stop, whatever the words around it are."""
    end = match.end()
    if block[end] in _NEVER_FIRST:
        return _FIRST_AFTER_ALL.match(block, end) is None
    if language in _RESUMING and _RESUMED.match(block, end):
        return True
    stop_end = match.end("stop")
    is_short = stop_end - start < _MARKER_CHARS
    return is_short and _MARKER.fullmatch(block, start, stop_end) is not None


def _ends_without_space(block: str, match: re.Match[str]) -> bool:
    """Judge a stop that the next word follows directly."""
    last, following = match["stop"][-1], block[match.end()]
    if last in layout.SPACELESS or (last in "!?" and following >= _FIRST_WIDE):
        if match["close"] and (following in _PARTICLES or _SAID.match(block, match.end())):
            return False
        is_decimal = last == "．" and following.isdigit()
        return following not in _COMMAS and not is_decimal
    if match["close"] or match["stop"] not in {".", "!", "?"}:
        return False
    word = _word_before(block, match.start())
    return (
        following.isupper()
        and _FUSED.match(block, match.end()) is not None
        and ((word[-2:].islower() and _is_ordinary(word)) or _YEAR.fullmatch(word) is not None)
    )


def _ends_before_space(block: str, match: re.Match[str], language: str) -> bool | None:
    """Judge a stop with space behind it; None if the word before it is not known."""
    stop, end = match["stop"], match.end()
    if stop[0] in layout.SPACELESS or block[end] in ".…":
        return True
    found = _NEXT_WORD.match(block, end)
    following = found["word"] if found else ""
    if following[:1].islower() and following.islower():  # and not "iPhone"
        return _ends_before_small(block, match, language)
    if stop != ".":
        return _ends_after_mark(block, match, following, language)
    word = _word_before(block, match.start())
    if not word or not following:
        return True
    known = abbreviations.ends_sentence(word, following, language)
    if known is None and following[0].isnumeric():
        return len(word) > _LONGEST_BEFORE_NUMBER or None
    return known


def _ends_after_mark(block: str, match: re.Match[str], following: str, language: str) -> bool:
    """Judge a question mark, an exclamation mark, an ellipsis or a dash before a capital."""
    is_broken_off = match["stop"][0] in "–—-"
    is_omission = match["close"][:1] == "]" or _OMISSION.match(block, max(0, match.start() - 1))
    if is_broken_off or is_omission:
        return len(following) > 1 and abbreviations.opens_sentence(following, language)
    return not match["close"] or _SPEECH.match(block, match.end()) is None


def _ends_before_small(block: str, match: re.Match[str], language: str) -> bool:
    """Judge a stop before a small letter: a web address, a remark, or hasty English."""
    stop, end = match["stop"], match.end()
    is_aside = block[end] in "(["
    if not is_aside and (not block[end].isalpha() or match["close"].strip("[]0123456789 ")):
        return False
    if stop == ".":
        is_free = is_aside or language == "en" or _ADDRESS.match(block, end)
        return bool(is_free) and _is_ordinary(_word_before(block, match.start()))
    if is_aside or language not in {"en", "und"} or _SPEECH.match(block, end):
        return False
    return stop == "?" or (len(stop) > 1 and set(stop) <= {"!", "?"})


def _is_ordinary(word: str) -> bool:
    """Say whether a word is written like one and is no English abbreviation."""
    letters = word.replace("'", "").replace("’", "")
    longest = _LONGEST_TITLE if letters.istitle() else _LONGEST_WORD
    return (
        (len(letters) > longest or abbreviations.opens_sentence(letters, "en"))
        and letters.isalpha()
        and letters[1:].islower()
        and abbreviations.ends_sentence(letters, "", "en") is None
    )


def _word_before(block: str, end: int) -> str:
    found = _WORD_BEFORE.search(block, max(0, end - _WORD_CHARS), end)
    return found.group() if found else ""


def _kept_whole(block: str) -> frozenset[int]:
    """Return the positions inside brackets and short quotations, without their closing signs."""
    if _OPENING.search(block) is None:
        return frozenset()
    return frozenset(
        position
        for match in _KEPT_WHOLE.finditer(block)
        for position in range(match.start(), match.end() - 1)
    )


def _proposals(block: str, language: str) -> frozenset[int]:
    """Return where sentencex ends sentences, quotation marks and brackets put aside."""
    blanked = block.translate(_BLANKED)
    ends: set[int] = set()
    start = 0
    while start < len(blanked):
        piece = blanked[start : start + _PIECE]
        if start + _PIECE < len(blanked):
            piece = piece[: piece.rfind(" ", _PIECE // 2) + 1] or piece  # not inside a word
        for boundary in sentencex.get_sentence_boundaries(language, piece):
            ends.add(start + len(piece[: boundary["end_index"]].rstrip()))
        start += len(piece)
    return frozenset(ends)
