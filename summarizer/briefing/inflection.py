"""The forms of a word reduced to what they share, so that a term finds "tariffs" and "Путиным".

Snowball knows the endings of most languages. English has rules of its own, because Porter's also
undo derivation (organ, organisation), and so have languages that Snowball does not know or that
write particles together with the word. Vowels that change inside a word are not followed.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import product

from summarizer.text import lexical

MIN_BASE = 4  # letters left when an ending is taken off; a Hangul syllable counts as two
MIN_BARE = 3  # when a particle in front is

_ENGLISH = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""),
    ("ing", "e"),
)  # fmt: skip
_PORTUGUESE = (("ais", "al"), ("eis", "el"), ("óis", "ol"), ("ões", "ão"))  # centrais, central
_WEST_SLAVIC = (("ce", "ka"), ("ze", "ha"), ("ře", "ra"), ("dze", "ga"))  # bance, banka
_SLAVIC_LATIN = "a e i u y o om em im ov ev ou ama ima ovi evi ega ega ih ich og oj"
_CYRILLIC = (
    "а я у ю і ї и е є о ом ем єм ові еві єві ів їв ам ям ами ями ах ях ою ею єю ий ого ому им их "
    "ій ої ими ы ые ый ым ых ой ов ев"
)
# What may be taken off the end of a word, beside what Snowball takes off.
_ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "en": _ENGLISH,
    "und": _ENGLISH,
    "cs": _WEST_SLAVIC,
    "pl": _WEST_SLAVIC,
    "es": (("ces", "z"),),
    "pt": _PORTUGUESE,
    **{
        language: tuple((ending, "") for ending in endings.split())
        for language, endings in {
            "ar": "ا ه ها هم هن ي ين ون ان ات تي ته تها تهم نا تنا",
            "be": _CYRILLIC,
            "bg": "та то те ът ят ите а я и",
            "bn": "র ের কে তে ে রা দের গুলো গুলি টি টা",
            "bs": _SLAVIC_LATIN,
            "da": "s",
            "de": "s",
            "he": "ים ות ית י ה",
            "hr": _SLAVIC_LATIN,
            "ko": (
                "은 는 이 가 을 를 의 에 와 과 도 로 으로 만 들 에서 에게 께서 까지 부터 에는 "
                "에도 이나 처럼 보다 들이 들은 들을 들의 이라고 라고 이라는 라는"
            ),
            "mk": "та то те от ов ов и а",
            "ms": "nya lah kah pun",
            "nl": "s",
            "no": "s",
            "sk": _SLAVIC_LATIN,
            "sl": _SLAVIC_LATIN,
            "sv": "s",
            "tr": "lar ler ları leri sı si su sü ı i u ü ın in un ün nın nin da de dan den",
            "uk": _CYRILLIC,
            "ur": "وں یں ات ی ے",
        }.items()
    },
}
_NO_SNOWBALL = frozenset({"ar", "en", "und"})
_DOUBLING = frozenset({"en", "und"})
_ARABIC_PARTICLES = "و ف ب ك ل وب وك ول فب فك فل ال وال فال بال كال وبال وكال فبال لل ولل فلل"
# Particles written together with the word that follows them, and the article alone: a name may
# begin with the letter of a particle, so only a document's words lose those.
_PARTICLES = {
    "ar": tuple(_ARABIC_PARTICLES.split()),
    "he": (*"ובהלמשכ", *("".join(pair) for pair in product("ובהלמשכ", repeat=2))),
}
_CHANGING = frozenset({*_PARTICLES, "ko"})  # and Korean, whose syllables are letters to us
_ARTICLES = {"ar": ("ال",), "he": ("ה",)}
# Letters without a decomposition, and letters of Arabic that writers use for each other.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "ς": "σ"}
    | {"ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": ""}
)
_HEBREW_AND_ARABIC_POINTS = range(10, 36)  # canonical combining classes
_ACCENTS = 200  # and above; those between belong to the letters of Indic scripts and kana
_HANGUL = re.compile("[가-힣]")


def written(word: str, language: str) -> frozenset[str]:
    """Return what a word of a document may be a form of, itself included.

    Args:
        word: as it is written.
        language: ISO 639 code of the document; an unknown one is read like English.
    """
    low = _low(word)
    return _shared((low, *_without(_PARTICLES.get(language, ()), fold(low))), language, MIN_BARE)


def sought(word: str, language: str) -> frozenset[str]:
    """Return what a document's word must share with a word of a term.

    What an ending leaves counts only when it is long enough: "news" is no form of "new".
    """
    low = _low(word)
    return _shared((low, *_without(_ARTICLES.get(language, ()), fold(low))), language, MIN_BASE)


def _shared(forms: Iterable[str], language: str, min_base: int) -> frozenset[str]:
    found = set(forms)
    if language not in _NO_SNOWBALL:
        stems = lexical.stems(sorted(found), language)
        stems += lexical.stems(stems, language)  # an ending may hide another one
        found.update(stem for stem in stems if _weight(stem) >= MIN_BARE)
    cut = {base for form in sorted(found) for base in _bases(form, language)}
    found.update(base for base in cut if _weight(base) >= min_base)
    return frozenset(map(fold, found))


def opening(word: str, language: str) -> str:
    """Return the letters that all forms of a word begin with; none where its beginning changes."""
    return "" if language in _CHANGING else fold(word)[:MIN_BARE]


def fold(word: str) -> str:
    """Return a word in lower case, without accents and vowel points."""
    low = _low(word)
    if low.isascii():
        return low
    apart = unicodedata.normalize("NFD", low)
    kept = "".join(c for c in apart if not _is_accent(unicodedata.combining(c)))
    return unicodedata.normalize("NFC", kept).translate(_PLAIN)


def _low(word: str) -> str:
    return word.lower() if word.isascii() else unicodedata.normalize("NFKC", word).lower()


def _is_accent(combining_class: int) -> bool:
    return combining_class >= _ACCENTS or combining_class in _HEBREW_AND_ARABIC_POINTS


def _without(prefixes: Iterable[str], word: str) -> Iterator[str]:
    """Yield what is left of a word without each prefix it may have."""
    for prefix in prefixes:
        if word.startswith(prefix) and len(word) >= len(prefix) + MIN_BARE:
            yield word[len(prefix) :]


def _bases(word: str, language: str) -> Iterator[str]:
    """Yield what is left of a word without each ending it may have."""
    for ending, instead in _ENDINGS.get(language, ()):
        if word.endswith(ending):
            base = word[: len(word) - len(ending)]
            yield base + instead
            if not instead and base[-1:] == base[-2:-1] and language in _DOUBLING:
                yield base[:-1]  # stopped, stopping


def _weight(base: str) -> int:
    return len(base) + len(_HANGUL.findall(base))
