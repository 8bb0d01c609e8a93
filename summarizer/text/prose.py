"""Which sentences of a document can be printed on their own.

A sentence of a briefing must be a sentence (no byline, caption, cue or table row), whole (quotation
marks closed, not cut) and must not lean on one that is not printed: a pronoun or connective with
nothing before it to refer to.
"""

import re
import unicodedata
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from summarizer.text import lexical
from summarizer.text.lexicon import Lexicon, lexicon

MIN_WORDS, MAX_WORDS = 5, 80  # of a printable sentence
MAX_HEADLINE_CHARS = 160
_MIN_HEADLINE_WORDS = 3
_MAX_DIGIT_SHARE = 0.25  # of the characters; above it a sentence is a table row or a score list

_CLOSING = "\"'\u201d\u2019\u00bb\u203a\u300d\u300f)\\]\u201c\u2018"
_END_MARK = re.compile(
    "[.!?\u2026\u3002\uff01\uff1f\uff0e\u061f\u06d4\u0964\u0965\u0589\u1362\u17d4\u104b]"
    f"[{_CLOSING}]*$"
)
_WITHOUT_END_MARK = frozenset({"th", "lo"})  # languages written without one
_CUT = re.compile(rf"(\.\.\.|\u2026)[{_CLOSING}]*$")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S+\.\w|\bpic\.twitter\b", re.IGNORECASE)
_LABEL = re.compile(
    r"(by|photos?|photograph|images?|pictured?|caption|video|watch|listen|file photo|credits?|"
    r"sources?|tags?|topics?|share|related|advertisement|read more|read also|see also|also read|"
    r"more on this|updated|published|posted|editor'?s note|contact|foto|fotos|imagen|quelle|"
    r"bild|photo d'archives|lire aussi|lea también|lesen sie auch|leia também)\b\s*[:|]",
    re.IGNORECASE,
)
_PARTICLES = r"(?: (?:and|und|et|y|e|de|del|della|van|von|der|den|da|dos|la|le|al|bin))*"
_BYLINE = re.compile(
    rf"(?i:by|von|par|por){_PARTICLES}(?: [^\W\da-z_][\w.'-]*,?{_PARTICLES}){{2,9}}$"
)
_FURNITURE = re.compile(
    r"\b(click here|sign up (for|to)|subscribe|our newsletter|follow us|all rights reserved|"
    r"copyright|terms of (use|service)|privacy policy|use cookies|log in to|download (our|the) app|"
    r"getty images|ap photo|shutterstock|this (article|story) (was|has been) (first|originally)|"
    r"share this|shares? on (facebook|twitter)|hide caption|toggle caption|story continues|"
    r"contributed to this report|reporting by|editing by|begin (video|clip)|end (video|clip)|"
    r"transcript)\b|\u00a9",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\((photo|image|picture|file|reuters|ap|afp|getty|via)\b[^()]*\)\W*$", re.IGNORECASE
)
_SPEAKER_CUE = re.compile(r"[^\W\da-z_][^\W\da-z_ .'-]{2,30}[^\W\da-z_](\s*\([^)]*\))?:\s")
_PLACE = r"[^\W\d_][^.!?:\n]{1,40}?"
_AGENCY = r"\([^()\n]{2,30}\)"
_DAY = r"[^\W\d_]{3,9}\.? \d{1,2}|\d{1,2} [^\W\d_]{3,9}\.?"
# As in KESSEL, March 3 (Northern Wire) - or SINGAPORE: or London (AP) with a dash.
_DATELINE = re.compile(
    rf"(?:{_PLACE},? (?:(?:{_DAY}),? )?{_AGENCY}\s*|{_PLACE}, (?:{_DAY})\s*|{_AGENCY}\s+"
    rf"|[^\W\da-z_][^\Wa-z_]*(?:[ .,/'-]+[^\W\da-z_][^\Wa-z_]*){{0,4}}\s?)"
    r"(?:--|[\u2013\u2014:]|(?<=[\s)])-)\s+(?=\S)"
)
_QUOTE_MARK = re.compile('["\u201c\u201d\u00ab\u00bb\u201e\u300c]')
_ATTACHED_QUOTE = re.compile(r'(?<=\S)"|"(?=\S)')
_ALL_QUOTED = re.compile(
    '["\u201c\u00ab\u201e\u300c][^"\u201c\u201d\u00ab\u00bb\u300d]*["\u201d\u201c\u00bb\u300d][.!?]?$'
)
_OPENING_CHARS = 100  # as much as can come before the subject
_MAX_PHRASE = 4  # words of the longest connective
_PAIRED = (("\u201c", "\u201d"), ("\u00ab", "\u00bb"), ("\u300c", "\u300d"), ("(", ")"))
_LOW_NINE = "\u201e"  # German and Polish quotations open low and close with either high mark


def dateline_end(text: str) -> int:
    """Return how many characters of a first sentence are its dateline; 0 when it has none."""
    match = _DATELINE.match(text[:120])
    return match.end() if match else 0


def is_prose(text: str, language: str) -> bool:
    """Tell whether a body sentence is a whole sentence rather than furniture of its page."""
    n_words = lexical.count_words(text)
    return (
        MIN_WORDS <= n_words <= MAX_WORDS
        and (language in _WITHOUT_END_MARK or _END_MARK.search(text) is not None)
        and not _is_furniture(text)
        and not _CUT.search(text)
        and is_balanced(text)
        and sum(map(str.isdigit, text)) <= _MAX_DIGIT_SHARE * len(text)
        and not _starts_lower(text)
    )


def is_headline(text: str) -> bool:
    """Tell whether a title can head a story: whole, not shouted, no label of its page."""
    return (
        len(text) <= MAX_HEADLINE_CHARS
        and lexical.count_words(text) >= _MIN_HEADLINE_WORDS
        and not _is_furniture(text)
        and not _CUT.search(text)
        and is_balanced(text)
        and not (text.isupper() and len(text) > _MIN_HEADLINE_WORDS)
    )


def is_dangling(text: str, language: str) -> bool:
    """Tell whether a sentence leans on one before it.

    It does when it opens with a connective or a pronoun, when a pronoun is its first noun
    ("On Tuesday it was 14."), when its speaker is only a pronoun (", he said."), or when it is
    all quotation, which leaves open who speaks.
    """
    lexemes = lexicon(language)
    opening = lexical.words(text[:_OPENING_CHARS])
    if not opening or _opens_with(text, opening, lexemes.connectives) or _ALL_QUOTED.match(text):
        return True
    if _is_pronoun_led(opening, lexemes):
        return True
    return _QUOTE_MARK.search(text) is not None and any(
        (a in lexemes.pronouns and b in lexemes.reporting)
        or (a in lexemes.reporting and b in lexemes.pronouns)
        for a, b in pairwise(lexical.words(text))
    )


def is_balanced(text: str) -> bool:
    """Tell whether every quotation and bracket that is opened is closed.

    A plain mark with space on both sides, as tokenised text has it, neither opens nor closes.
    """
    if len(_ATTACHED_QUOTE.findall(text)) % 2:
        return False
    if _LOW_NINE in text:
        return text.count(_LOW_NINE) <= text.count("\u201c") + text.count("\u201d")
    return all(text.count(opening) == text.count(closing) for opening, closing in _PAIRED)


def _opens_with(text: str, tokens: Sequence[str], phrases: AbstractSet[str]) -> bool:
    """Tell whether a text begins with one of some phrases, spaced or not."""
    if any(" ".join(tokens[:n]) in phrases for n in range(1, _MAX_PHRASE + 1)):
        return True
    return lexical.is_unspaced(text[:1]) and any(text.startswith(phrase) for phrase in phrases)


def _is_pronoun_led(tokens: Sequence[str], lexemes: Lexicon) -> bool:
    """Tell whether a pronoun comes before any word that names something ("On Tuesday it ...")."""
    for token in tokens:
        if token in lexemes.pronouns:
            return True
        if token not in lexemes.stop and token not in lexemes.time and not token.isdigit():
            return False
    return False


def _is_furniture(text: str) -> bool:
    return any(pattern.search(text) for pattern in (_ADDRESS, _FURNITURE, _CREDIT)) or any(
        pattern.match(text) for pattern in (_LABEL, _BYLINE, _SPEAKER_CUE)
    )


def _starts_lower(text: str) -> bool:
    """Tell whether a sentence begins in the middle, in a text that uses capitals at all."""
    return unicodedata.category(text[0]) == "Ll" and any(map(str.isupper, text))
