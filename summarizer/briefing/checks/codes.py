"""Whether the digits of a sentence that are no amount, day or hour are those of its cited text.

They stand in names ("COVID-19"), in sizes that are written together ("1,600cc"), and in whatever
else is not read as a number. Letters that are written on to digits belong to them.
"""

import re
from collections.abc import Iterator

from summarizer.briefing.checks.flags import Flag
from summarizer.briefing.checks.reading import Reading, Source

_LETTERS = "[A-Za-z\u00c0-\u024f\u0370-\u052f]{1,24}"
_FIGURE = re.compile(
    rf"(?:(?P<before>{_LETTERS})(?P<link>[ \u2011-]?))?(?P<digits>\d+(?:[.,]\d+)*)"
    rf"(?:(?P<gap>[ \u2011-]?)(?P<after>{_LETTERS}))?"
)
_MARKS = re.compile("[.,]")
_ENDINGS = frozenset({"s", "st", "nd", "rd", "th"})


def check(claim: Reading, source: Source) -> Iterator[Flag]:
    """Flag digits that the cited text does not have, or has beside other letters only."""
    ours = [match for match in _FIGURE.finditer(claim.text) if not _is_read(claim, match)]
    known = {form for r in source.readings for form in _forms(r.text)} if ours else set()
    for match in ours:
        if not known.issuperset(_wanted(match)):
            yield Flag("number", f"{_written(match)} does not occur in the cited text")


def _is_read(claim: Reading, match: re.Match[str]) -> bool:
    """Tell whether digits are part of a quantity or a date, which have checks of their own."""
    start = match.start("digits")
    return any(q.start <= start < q.end for q in claim.facts.quantities) or any(
        d.start <= start < d.end for d in claim.facts.dates
    )


def _forms(text: str) -> Iterator[str]:
    """Yield the digits of a text, alone and with the letters on either side."""
    for match in _FIGURE.finditer(text):
        digits = _digits(match)
        yield from (
            digits,
            f"{_folded(match['before'])} {digits}",
            f"{digits} {_folded(match['after'])}",
        )


def _wanted(match: re.Match[str]) -> Iterator[str]:
    digits = _digits(match)
    yield digits
    if match["before"] and match["link"] != " ":
        yield f"{_folded(match['before'])} {digits}"
    if match["after"] and not match["gap"] and match["after"] not in _ENDINGS:
        yield f"{digits} {_folded(match['after'])}"


def _written(match: re.Match[str]) -> str:
    """Return the digits with what is written together with them."""
    start = match.start("digits") if match["link"] in (None, " ") else match.start()
    return match.string[start : match.end("digits") if match["gap"] else match.end()]


def _digits(match: re.Match[str]) -> str:
    return "".join(str(int(digit)) for digit in _MARKS.sub("", match["digits"]))


def _folded(letters: str | None) -> str:
    return (letters or "").lower()
