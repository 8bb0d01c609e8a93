"""Text that is no language: code, keys, scrambled words, scripts that its language has not."""

import re
import unicodedata
from functools import cache

from summarizer.text import lexical
from summarizer.text.facts.tokens import UNSPACED
from summarizer.text.lexicon import lexicon

# Names of programs, calls, tags, escaped characters.
_CODE = re.compile(
    r"[A-Z\d]_[A-Z\d]|\w\(\)|\w[{}]|;\s?//|</?[a-z]{1,12}[ >]|===|&&|\|\|"
    r"|(?:\\[xu][\da-fA-F]{2}|%[\dA-F]{2}){2}"
)
_SIGN = re.compile(r"[_(){}/<=&|\\%]")  # each of these has one
# No word of any language: letters of both cases with digits among them, hexadecimal digits, and
# what has no end. German laws have names of 63 letters.
_LONG = re.compile(r"\S{24}")
_RUN = re.compile(
    r"(?<![^\s\"'(=])(?=[a-zA-Z+/]{0,40}\d)(?=[\da-z+/]{0,40}[A-Z])[\w+/]{24}"
    rf"|(?<!\w)(?=[a-f]{{0,40}}\d)[\da-f]{{24}}|[^\W_{UNSPACED}]{{80}}"
)
_MIN_WORDS = 12  # of a sentence that must have a function word
# Languages that write function words as parts of others, or every syllable as a word.
_WITHOUT = frozenset(
    {"ar", "fa", "fi", "he", "hu", "id", "ja", "ko", "ms", "th", "tr", "ur", "vi", "zh"}
)
_EVERYWHERE = frozenset({"LATIN"})  # names are written in it in every language
_HAN, _WITH_HAN = "CJK", ("HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "HALFWIDTH", "FULLWIDTH")
_MAX_FOREIGN = 0.5  # of the letters


def is_noise(text: str, language: str) -> bool:
    """Tell whether a sentence is no sentence of its language, whatever it looks like."""
    return is_code(text) or _is_foreign(text, language) or _is_babble(text, language)


def is_code(text: str) -> bool:
    """Tell whether a text is written for a program or as one."""
    has_code = _SIGN.search(text) is not None and _CODE.search(text) is not None
    return has_code or (_LONG.search(text) is not None and _RUN.search(text) is not None)


def _is_babble(text: str, language: str) -> bool:
    """Tell whether a long sentence has no function word, as scrambled text and lists have none."""
    stop = lexicon(language).stop
    if not stop or language in _WITHOUT or not stop.isdisjoint(text.lower().split()):
        return False
    words = lexical.words(text)
    return len(words) >= _MIN_WORDS and stop.isdisjoint(words)


def _is_foreign(text: str, language: str) -> bool:
    """Tell whether most letters are of scripts that the language is not written in."""
    if text.isascii():
        return False
    known = _scripts(language)
    letters = [_script(c) for c in text if c.isalpha()]
    return bool(known) and sum(s not in known for s in letters) > _MAX_FOREIGN * len(letters)


@cache
def _scripts(language: str) -> frozenset[str]:
    """Return the scripts of the function words of a language; of one that is not listed none."""
    own = {_script(c) for word in lexicon(language).stop for c in word if c.isalpha()}
    return _EVERYWHERE | own if own else frozenset()


@cache
def _script(letter: str) -> str:
    """Return the first word of a character's name in Unicode, which tells its script."""
    name = unicodedata.name(letter, "").partition(" ")[0]
    return _HAN if name.startswith(_WITH_HAN) else name
