"""The place, day and agency that a report opens with, in the forms that agencies have.

"KESSEL, March 3 (Northern Wire) - ", "Madrid, 3 mar (EFE).- ", "SINGAPORE: ",
"新华社北京9月19日电 ", "(서울=연합뉴스) 김철수 기자 = ": what comes after it is the first sentence.
"""

import re

_LONGEST = 120  # characters of a dateline
_MAX_PLACE_WORDS = 7
_LONGEST_ABBREVIATION = 6  # "Calif.", with its stop

_PLACE = r"(?P<place>[^\W\d_][^!?:;()\[\]\"“”«»\n]{0,48}?)"
_DAY = (
    r"(?:(?:le|a|den) )?(?:"
    r"\d{1,2}[.º]? (?:de )?[^\W\d_]{3,10}\.?(?: (?:de )?\d{4})?"
    r"|[^\W\d_]{3,10}\.? \d{1,2}(?:, \d{4})?)"
)
_AGENCY = r"[(（][^()（）\n]{2,30}[)）]"
_ARABIC_AGENCY = r"(?:رويترز|أ ?ف ?ب|د ?ب ?أ|(?:ال)?وكالات|الأناضول|«[^«»\n]{2,30}»)"
_DASH = r"(?:--|[-–—:ـ])"
_END = r"\s+(?=\S)"
_SPACED = tuple(
    re.compile(form)
    for form in (
        rf"{_AGENCY}\s+{_DASH}\s+{_PLACE},? (?:{_DAY})\s*{_DASH}{_END}",  # Italian
        rf"{_PLACE}(?:[,،]? (?:{_DAY}))?[,،]?\s*(?:[-–—]\s+)?{_AGENCY}\.?\s*{_DASH}{_END}",
        rf"{_PLACE}[,،] (?:{_DAY})\s*{_DASH}{_END}",
        rf"{_AGENCY}\s+{_DASH}{_END}",
        rf"{_PLACE}\s*[-–—ـ/]\s*{_ARABIC_AGENCY}\s*{_DASH}{_END}",
    )
)
_SHOUTED = re.compile(
    r"([^\W\d_][^\W_]*(?:[ .,/'-]+[^\W\d_][^\W_]*){0,4})\s?(?:--|[–—:]|(?<=\s)-)\s+(?=\S)"
)
_REPORTER = r"(?:\s*[(（](?:[^()（）\n]{0,8}[记記]者)[^()（）\n]{1,30}[)）])?"
_UNSPACED = re.compile(
    r"[【［][^【】［］\n]{2,30}[】］]\s*(?:[-－—–]+\s*)?"
    r"|[(（][^()（）\n]{2,24}(?:[讯訊电電日]|時事|共同|ロイター)[)）]\s*"
    r"|[^\W\d_a-zA-Z]{1,6}[社网網报報刊台][^，。、\s]{0,16}"
    rf"(?:日[电電讯訊]|[电電讯訊](?=[\s（(：:])){_REPORTER}[\s：:]*"
    r"|[(\[][^()\[\]=\n]{1,20}=[^()\[\]=\n]{1,20}[)\]]\s*"
    r"(?:[가-힣]{2,4} (?:기자|특파원)\s*)?(?:=\s*)?"
)
_PARTICLES = frozenset({
    "de", "del", "la", "las", "los", "le", "les", "am", "an", "der", "im", "di", "da", "do", "dos",
    "of", "the", "en", "и", "на",
})  # fmt: skip


def end(text: str) -> int:
    """Return how many characters of a first sentence are its dateline; 0 when it has none."""
    head = text[:_LONGEST]
    unspaced = _UNSPACED.match(head)
    if unspaced:
        return unspaced.end() if unspaced.end() < len(head) else 0
    shouted = _SHOUTED.match(head)
    if shouted and shouted[1].isupper():
        return shouted.end()
    for form in _SPACED:
        match = form.match(head)
        if match and not head[match.end()].islower() and _names_place(match):
            return match.end()
    return 0


def _names_place(match: re.Match[str]) -> bool:
    """Tell whether what stands for the place is written like a name."""
    words = (match.groupdict().get("place") or "").replace("/", " ").split()
    return len(words) <= _MAX_PLACE_WORDS and all(
        (not word[0].islower() or word.rstrip(",") in _PARTICLES)
        and (not word.rstrip(",").endswith(".") or len(word) <= _LONGEST_ABBREVIATION)
        for word in words
    )
