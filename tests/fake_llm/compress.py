"""Shorten a sentence without changing what it says, as a careful editor would."""

import re

_OPENING = re.compile(
    r"(?:However|Meanwhile|Moreover|Furthermore|In addition|Additionally|Also|But|And), ?"
)
_ASIDE = re.compile(r" \([^()]{1,80}\)")
_CLAUSE = re.compile(r", (?:which|who) [^,.;:?!]{3,80},(?= [a-z])")
_TRAILING = re.compile(
    r", (?:which|while|where|after|as|although|bringing|making|leaving|including)"
    r" [^,.;:?!]{3,120}(?=\.$)"
)
_SPEAKER = re.compile(
    r"\b(?:said|says|told|according|claim(?:s|ed)|warned|reported|put|called|thought)\b"
)
_SAID_LAST = re.compile(
    r"((?:The|A|An|It|They|There|All|Some|No) .{10,400}),"
    r" (the [a-z ]{3,40}|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}) said\."
)
_PHRASES = (
    ("a total of ", ""),
    ("in order to ", "to "),
    ("due to the fact that ", "because "),
    ("prior to ", "before "),
    ("approximately ", "about "),
)
_SPACES = re.compile(r"\s+")


def compress(text: str) -> str:
    """Drop linking words, asides, clauses between commas and at the end, and long-winded phrases.

    What is dropped never holds a speaker, and a text that holds a quotation keeps all of it.
    "X, the ministry said." becomes "The ministry said x.".
    """
    short = _SPACES.sub(" ", text).strip()
    if any(mark in short for mark in '"“”«»„「'):
        return short
    opening = _OPENING.match(short)
    if opening and len(short) > opening.end():
        short = _capital(short[opening.end() :])
    short = _CLAUSE.sub("", _ASIDE.sub("", short))
    trailing = _TRAILING.search(short)
    if trailing and not _SPEAKER.search(trailing[0]):
        short = short[: trailing.start()] + short[trailing.end() :]
    for long, brief in _PHRASES:
        short = short.replace(long, brief)
    said = _SAID_LAST.fullmatch(short)
    if said and not _SPEAKER.search(said[1]):
        return f"{_capital(said[2])} said {said[1][0].lower()}{said[1][1:]}."
    return short


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
