"""A safe estimate of how many tokens a text has, without any model's tokenizer.

Tokenizers of common models make a token of four to five letters of an English word, of one to three
digits or signs, of two to three letters of other alphabets of Europe, and of one character or less
of scripts they saw little of. The shares below are on the safe side of that; nothing was measured.
"""

import re

_PLAIN = re.compile("[A-Za-z ]+")
_DIGITS = re.compile("[0-9]+")
_LETTERS = re.compile("[\u00c0-\u052f]+")  # Latin with marks, Greek, Cyrillic
_CHARS_PLAIN, _CHARS_LETTER = 4.0, 1.8  # a token
_CHARS_DIGIT, _CHARS_SIGN, _CHARS_OTHER = 1.3, 2.8, 0.7


def estimate(text: str) -> int:
    """Return about how many tokens a text has, at least 1; rather too many than too few."""
    n_ascii = len(text.encode("ascii", "ignore"))
    n_plain, n_digits, n_letters = (
        sum(map(len, kind.findall(text))) for kind in (_PLAIN, _DIGITS, _LETTERS)
    )
    n_signs, n_other = n_ascii - n_plain - n_digits, len(text) - n_ascii - n_letters
    words = n_plain / _CHARS_PLAIN + n_letters / _CHARS_LETTER
    signs = n_digits / _CHARS_DIGIT + n_signs / _CHARS_SIGN
    return int(words + signs + n_other / _CHARS_OTHER) + 1
