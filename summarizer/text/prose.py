"""Which sentences of a document can be printed on their own.

A sentence of a briefing must be a sentence (no byline, caption, cue or table row), whole (quotation
marks closed, not cut) and must not lean on one that is not printed: a pronoun or connective with
nothing before it to refer to.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from summarizer.text import lexical
from summarizer.text.furniture import is_furniture
from summarizer.text.layout import UNSTOPPED
from summarizer.text.lexicon import Lexicon, lexicon
from summarizer.text.noise import is_code, is_noise
from summarizer.text.orders import is_order

MIN_WORDS, MAX_WORDS = 5, 80  # of a printable sentence
MAX_HEADLINE_CHARS = 160
_MIN_HEADLINE_WORDS = 3
_MIN_TOLD_WORDS = 3  # of a draft: "Eight are missing."
_MAX_DIGIT_SHARE = 0.25  # of the characters; above it a sentence is a table row or a score list

_CLOSING = "\"'\u201d\u2019\u00bb\u203a\u300d\u300f)\\]\u201c\u2018"
_END_MARK = re.compile(
    "[.!?\u2026\u3002\uff01\uff1f\uff0e\u061f\u06d4\u0964\u0965\u0589\u1362\u17d4\u104b]"
    f"[{_CLOSING}]*$"
)
_GREEK_QUESTION = re.compile(f";[{_CLOSING}]*$")
_ASKED = re.compile("[?\uff1f\u061f]$")
_CUT = re.compile(rf"(\.\.\.|\u2026)[{_CLOSING}]*$")
_QUOTE_MARK = re.compile('["\u201c\u201d\u00ab\u00bb\u201e\u300c]')
_ATTACHED_QUOTE = re.compile(r'(?<=\S)"|"(?=\S)')
_GERSHAYIM = re.compile(r'(?<=[א-ת])"(?=[א-ת]{1,2}(?![א-ת]))')  # of a Hebrew abbreviation
_OPENING_HIGH = re.compile(r"(?<!\S)\u201d(?=\w)")  # Swedish and Finnish open and close alike
_ALL_QUOTED = re.compile(
    '["\u201c\u201d\u00ab\u201e\u300c][^"\u201c\u201d\u00ab\u00bb\u300d]*["\u201d\u201c\u00bb\u300d][.!?]?$'
)
_OPENING_CHARS = 100  # as much as can come before the subject
_MAX_PHRASE = 4  # words of the longest connective
_PAIRED = (("\u201c", "\u201d"), ("\u00ab", "\u00bb"), ("\u300c", "\u300d"), ("(", ")"))
_LEANING_NUMBER = re.compile(
    rf"(?:^|\s)(?P<before>[^\W\d_]+) (?P<number>\d+(?:[.,]\d+)*)[.!?]?[{_CLOSING}]*$"
)
_AFTER_NUMBER = f".!?]{_CLOSING}"
_LAST_WORDS_CHARS = 40
_YEAR = re.compile(r"[12]\d{3}")
_DIGIT = re.compile(r"\d")
# Before a number at the end these leave no question what is counted.
_COUNTING = frozenset({
    "killed", "injured", "wounded", "hurt", "arrested", "detained", "reached", "topped", "passed",
    "hit", "exceeded", "surpassed", "totaled", "totalled", "numbered", "page", "pages", "number",
    "chapter", "article", "section", "age", "aged", "block", "room", "gate", "route", "line",
    "level", "stage", "phase", "group", "type", "size", "magnitude", "figure", "version",
})  # fmt: skip
# They only look like words that point back: "other", "until now", "in recent years".
_POINTS_NOWHERE = ("其他", "其它", "其余", "其餘", "これまで", "これから", "ここ数")
_LOW_NINE = "\u201e"  # German and Polish quotations open low and close with either high mark


def is_prose(text: str, language: str) -> bool:
    """Tell whether a body sentence is a whole sentence rather than furniture of its page."""
    n_words = lexical.count_words(text)
    return (
        MIN_WORDS <= n_words <= MAX_WORDS
        and _is_ended(text, language)
        and not is_furniture(text)
        and not is_order(text)
        and not is_noise(text, language)
        and not _CUT.search(text)
        and not _leans_on_figure(text, language)
        and is_balanced(text)
        and _n_digits(text) <= _MAX_DIGIT_SHARE * len(text)
        and not _starts_lower(text)
    )


def is_told(text: str, language: str) -> bool:
    """Tell whether a draft is a sentence that tells something, however short it is."""
    return (
        lexical.count_words(text) >= _MIN_TOLD_WORDS
        and _is_ended(text, language)
        and not _ASKED.search(text)
        and not is_furniture(text)
        and not is_order(text)
        and not is_noise(text, language)
        and not _CUT.search(text)
    )


def is_headline(text: str) -> bool:
    """Tell whether a title can head a story: whole, not shouted, no label of its page."""
    return (
        len(text) <= MAX_HEADLINE_CHARS
        and lexical.count_words(text) >= _MIN_HEADLINE_WORDS
        and not is_furniture(text)
        and not is_order(text)
        and not is_code(text)
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
    is_unspaced = lexical.is_unspaced(text[:1])
    if not opening or _ALL_QUOTED.match(text) or _continues(opening, language):
        return True
    if is_unspaced and text.startswith(tuple(lexemes.connectives)):
        return True
    if is_unspaced:
        points_back = _opens_with_pronoun(text, lexemes)
    else:
        points_back = _is_pronoun_led(opening, lexemes)
    if points_back:
        return True
    return _QUOTE_MARK.search(text) is not None and any(
        (a in lexemes.pronouns and b in lexemes.reporting)
        or (a in lexemes.reporting and b in lexemes.pronouns)
        for a, b in pairwise(lexical.words(text))
    )


def is_balanced(text: str) -> bool:
    """Tell whether every quotation and bracket that is opened is closed.

    A plain mark with space on both sides, as tokenised text has it, may belong to any other one
    or to none.
    """
    if text.isascii() and '"' not in text:
        return text.count("(") == text.count(")")
    if '"' in text:
        marks = _GERSHAYIM.sub("", text)
        if marks.count('"') % 2 and len(_ATTACHED_QUOTE.findall(marks)) % 2:
            return False
    if "\u201c" not in text and 2 * len(_OPENING_HIGH.findall(text)) == text.count("\u201d"):
        text = text.replace("\u201d", "")
    if _LOW_NINE in text:
        return text.count(_LOW_NINE) <= text.count("\u201c") + text.count("\u201d")
    return all(text.count(opening) == text.count(closing) for opening, closing in _PAIRED)


def _continues(tokens: Sequence[str], language: str) -> bool:
    """Tell whether words begin with a connective."""
    if tokens[0] not in _first_words(language):
        return False
    connectives = lexicon(language).connectives
    return any(" ".join(tokens[:n]) in connectives for n in range(1, _MAX_PHRASE + 1))


@cache
def _first_words(language: str) -> frozenset[str]:
    """Return the words that connectives begin with, in whatever text has spaces."""
    return frozenset(phrase.partition(" ")[0] for phrase in lexicon(language).connectives)


def _opens_with_pronoun(text: str, lexemes: Lexicon) -> bool:
    """Tell whether a text without spaces begins with a pronoun, which no word of it shows."""
    return not text.startswith(_POINTS_NOWHERE) and text.startswith(tuple(lexemes.pronouns))


def _is_pronoun_led(tokens: Sequence[str], lexemes: Lexicon) -> bool:
    """Tell whether a pronoun comes before any word that names something ("On Tuesday it ...")."""
    for token in tokens:
        if token in lexemes.pronouns:
            return True
        if token not in lexemes.stop and token not in lexemes.time and not token.isdigit():
            return False
    return False


def _is_ended(text: str, language: str) -> bool:
    return (
        language in UNSTOPPED
        or _END_MARK.search(text) is not None
        or (language == "el" and _GREEK_QUESTION.search(text) is not None)
    )


def _leans_on_figure(text: str, language: str) -> bool:
    """Tell whether a sentence ends in a number whose unit the one before it named.

    "Minister Renn said 1,800." and "The company has offered 4.5." do; "The toll rose to 14." says
    itself what it counts. Outside English only what was said and decimals are judged.
    """
    if not text.rstrip(_AFTER_NUMBER)[-1:].isdecimal():  # which most sentences show at once
        return False
    match = _LEANING_NUMBER.search(text, max(0, len(text) - _LAST_WORDS_CHARS))
    if match is None or _YEAR.fullmatch(match["number"]):
        return False
    lexemes, before = lexicon(language), match["before"]
    if before in lexemes.reporting:
        return True
    if language != "en" and match["number"].isdigit():
        return False
    return before.islower() and before not in lexemes.stop and before not in _COUNTING


def _n_digits(text: str) -> int:
    return len(_DIGIT.findall(text)) if text.isascii() else sum(map(str.isdigit, text))


def _starts_lower(text: str) -> bool:
    """Tell whether a sentence begins in the middle, in a text that uses capitals at all."""
    return unicodedata.category(text[0]) == "Ll" and any(map(str.isupper, text))
