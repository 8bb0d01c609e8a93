"""Words of a text in any script: tokens, their number, stems and content words.

A word is a run of letters, digits and marks. Scripts written without spaces have no such runs:
there each pair of adjacent characters is a word (Manning, Raghavan & Schütze 2008, section 2.2.1).
"""

import re
import threading
from collections.abc import Iterable

import Stemmer

from summarizer.text.lexicon import lexicon

# To `re`, marks are no word characters; inside these scripts they are part of the word.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff\u0f18-\u0fbc\u200c\u200d"
)
_HAN_KANA = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_THAI_LIKE = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e80-\u0eff\u1000-\u109f\u1780-\u17d3"
_UNSPACED = re.compile(f"[{_HAN_KANA}{_THAI_LIKE}]+")
_THAI_RUN = re.compile(f"[{_THAI_LIKE}]+")
_HAN_RUN = re.compile(f"[{_HAN_KANA}]+")
_LATIN_WORD = re.compile(r"\w++(?:['\u2019]\w++|[.,]\d++)*+")
_LETTER = rf"[\w{_MARKS}{_THAI_LIKE}]"
_ANY_WORD = re.compile(rf"{_LETTER}++(?:'{_LETTER}++|[.,]\d++)*+")

# Snowball algorithms by ISO 639 code (https://snowballstem.org/algorithms/).
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german",
    "el": "greek", "en": "porter", "es": "spanish", "et": "estonian", "eu": "basque",
    "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_MIN_STEMMED = 4  # shorter words are left alone
_MAX_STEMS = 200_000  # words kept a language; a day of news has fewer, and looking up is cheap
_stems: dict[str, dict[str, str]] = {}
_per_thread = threading.local()


def words(text: str) -> list[str]:
    """Return the lower-cased words in order; adjacent pairs of characters where none are spaced."""
    text = text.lower()
    if text.isascii():
        return _LATIN_WORD.findall(text)
    text = text.replace("\u2019", "'")
    if _UNSPACED.search(text):
        text = _UNSPACED.sub(_pairs, text)
    return _ANY_WORD.findall(text)


def count_words(text: str) -> int:
    """Count words as a reader would: two characters a word without spaces, four in Thai.

    A token between spaces counts once if it holds a letter or a digit.
    """
    n_unspaced = 0
    if not text.isascii() and _UNSPACED.search(text):
        n_han = sum(map(len, _HAN_RUN.findall(text)))
        n_thai = sum(map(len, _THAI_RUN.findall(text)))
        n_unspaced = -(-n_han // 2) - (-n_thai // 4)
        text = _UNSPACED.sub(" ", text)
    tokens = text.split()
    odd = [token for token in tokens if not token[0].isalnum()]  # "(the", and marks alone
    n_marks = sum(not any(map(str.isalnum, token)) for token in odd)
    return n_unspaced + len(tokens) - n_marks


def stems(tokens: Iterable[str], language: str) -> list[str]:
    """Reduce tokens to their Snowball stems; a language without an algorithm keeps its words.

    Porter's stemmer for English, as ROUGE uses. Words of up to three letters are left alone.
    """
    algorithm = _STEMMERS.get(language)
    if algorithm is None:
        return list(tokens)
    tokens = tokens if isinstance(tokens, list | tuple) else list(tokens)
    try:
        return list(map(_stems.get(algorithm, {}).__getitem__, tokens))
    except KeyError:
        return list(map(_with_stems(algorithm, tokens).__getitem__, tokens))


def content_stems(tokens: Iterable[str], language: str) -> list[str]:
    """Return the stems of the tokens that are no stop words, in order."""
    stop = lexicon(language).stop
    return stems([token for token in tokens if token not in stop], language)


def is_unspaced(text: str) -> bool:
    """Tell whether a text holds a script that is written without spaces between words."""
    return _UNSPACED.search(text) is not None


def _with_stems(algorithm: str, tokens: Iterable[str]) -> dict[str, str]:
    """Return a table of stems that has those of all the tokens."""
    known = _stems.get(algorithm, {})
    if len(known) > _MAX_STEMS:
        known = {}  # other threads may read: a full table is replaced, never emptied
    known.update((token, _stem(algorithm, token)) for token in set(tokens).difference(known))
    _stems[algorithm] = known
    return known


def _pairs(run: re.Match[str]) -> str:
    characters = run[0]
    pairs = (characters[i : i + 2] for i in range(max(1, len(characters) - 1)))
    return f" {' '.join(pairs)} "


def _stem(algorithm: str, token: str) -> str:
    return token if len(token) < _MIN_STEMMED else str(_stemmer(algorithm).stemWord(token))


def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    """Return the thread's own stemmer: the library's objects are not safe to share."""
    known: dict[str, Stemmer.Stemmer] = _per_thread.__dict__
    if algorithm not in known:
        known[algorithm] = Stemmer.Stemmer(algorithm, 0)
    return known[algorithm]
