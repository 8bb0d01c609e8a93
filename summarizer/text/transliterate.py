"""Names in any script, reduced to what survives the way from one writing system to another.

Scripts spell one name with other vowels (Kolvik, كولفيك), other consonants of the same place of
articulation (Путин, Putin, プーチン) and other doublings. A skeleton keeps the order of the
consonant classes and nothing else, as Soundex does (Russell 1918), but it is not cut after the
fourth and its classes are those that transliterations confuse.
"""

import re
from functools import lru_cache

from anyascii import anyascii

STEM_CHARS = 5  # of a word that languages borrow from one another (inflation, inflación, inflasi)

_NO_LETTER = re.compile("[^a-z]+")
_DOUBLED = re.compile(r"(.)\1+")
_VOWEL = re.compile("[aeiouywh]+")
# One sound written with several letters: first the written forms, then what stands for all.
_SKELETON_RULES = tuple(
    (re.compile(written), sound)
    for written, sound in (
        ("^w", "v"),  # Arabic and Cyrillic write the first sound of Washington as a letter
        ("ph", "f"),
        ("tsch|dzh|sch|tch|ch|sh|zh|dj|dz|ts|c(?=[eiy])", "s"),
        ("x", "ks"),
    )
)
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_GREEK_STOPS = (("mp", "b"), ("nt", "d"), ("gk", "g"))  # Greek has no letters for these sounds
_CLASSES = str.maketrans("pvcqgzjl", "bfkkkssr")
_COGNATE_RULES = (
    ("ph", "f"), ("ck", "k"), ("th", "t"), ("c", "k"), ("q", "k"), ("x", "ks"), ("y", "i"),
    ("z", "s"), ("w", "v"),
)  # fmt: skip


def latin(text: str) -> str:
    """Return the lower-case letters a to z of a text's transliteration, without spaces."""
    return _NO_LETTER.sub("", anyascii(text).lower())


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """Return the consonant classes of a word of any script, without vowels and doublings.

    Han characters give their Mandarin reading. Empty for a word that has no consonant.
    """
    letters = latin(word)
    for written, stop in _GREEK_STOPS if _GREEK.match(word) else ():
        letters = letters.replace(written, stop)
    for pattern, sound in _SKELETON_RULES:
        letters = pattern.sub(sound, letters)
    return _DOUBLED.sub(r"\1", _VOWEL.sub("", letters).translate(_CLASSES))


@lru_cache(maxsize=100_000)
def spelling(word: str) -> str:
    """Return a word of Latin script without marks, doublings and habits of one language."""
    letters = latin(word)
    for written, plain in _COGNATE_RULES:
        letters = letters.replace(written, plain)
    return _DOUBLED.sub(r"\1", letters)


@lru_cache(maxsize=100_000)
def cognate_stem(word: str) -> str:
    """Return the beginning that a word of Latin script shares with its cognates."""
    return spelling(word)[:STEM_CHARS]
