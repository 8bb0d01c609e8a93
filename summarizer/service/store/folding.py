"""One spelling for what is searched and what is asked: without case, accents and typography.

What tells words apart in its script stays: Thai vowels, Indic signs, the voicing marks of kana.
"""

import re
import unicodedata

_ACCENTS = 200  # combining classes from here: above, below and through a letter
_POINTS = range(10, 37)  # of Hebrew, Arabic and Syriac, mostly not written
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")  # controls, lone surrogates


def fold(text: str) -> str:
    """Return a text in its searched form, its white space single; folding it again changes nothing.

    NFKD and back, so that a syllable of Hangul is one character again and not the beginning of
    another. Controls and lone surrogates, which a database may refuse, become spaces.
    """
    folded = text.lower() if text.isascii() else _plain(text)
    return " ".join(_UNPRINTABLE.sub(" ", folded).split())


def _plain(text: str) -> str:
    """Return a text without case and accents."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _NOT_ASCII.sub(_unless_accent, apart))


def _unless_accent(found: re.Match[str]) -> str:
    kind = unicodedata.combining(found[0])
    return "" if kind >= _ACCENTS or kind in _POINTS else found[0]
