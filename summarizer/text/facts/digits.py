"""Numbers written in digits, with the separators of any language: "1,234.5", "1 234,5", "2½"."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

MAX_DIGITS = 18  # a longer run of digits is no amount
_GROUP = 3

_MARKS = ".,\u066b\u066c"  # the last two are the Arabic decimal and thousands separators
_VULGAR = "\u00bc-\u00be\u2150-\u215e"
PATTERN = rf"(?:\d+(?:[{_MARKS}]\d+)*(?:'\d{{3}}(?!\d))*[{_VULGAR}]?)"
SPACED_PATTERN = rf"(?:\d{{1,3}}(?: \d{{3}}(?!\d))+(?:[{_MARKS}]\d+)?|{PATTERN})"

_SEPARATOR = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Decimal:
    """A value and its significant digits; zeros at the end of a whole number are none."""

    value: float
    digits: int


def read(written: str, decimal_mark: str) -> Decimal | None:
    """Read digits; None when they are no amount, such as an address or a run that is too long."""
    if len(written) > 2 * MAX_DIGITS:
        return None
    if written.isdigit() and written.isascii():
        return (
            Decimal(float(written), _significant(written)) if len(written) <= MAX_DIGITS else None
        )
    fraction = unicodedata.numeric(written[-1]) if not written[-1].isdecimal() else None
    if fraction is not None:
        whole = read(written[:-1], decimal_mark)
        return whole and Decimal(whole.value + fraction, whole.digits + 1)
    return _separated(written, decimal_mark)


def _separated(written: str, decimal_mark: str) -> Decimal | None:
    """Read "1,234.5": the last separator parts the fraction, unless it groups three digits."""
    *groups, last = ["".join(str(int(d)) for d in group) for group in _SEPARATOR.split(written)]
    marks = _SEPARATOR.findall(written)
    if sum(map(len, groups)) + len(last) > MAX_DIGITS:
        return None
    if marks and _is_fraction(groups, last, marks, decimal_mark):
        whole = "".join(groups)
        if not _are_groups(groups):
            return None
        return Decimal(float(f"{whole}.{last}"), len((whole + last).lstrip("0")) or 1)
    if not _are_groups((*groups, last)):
        return None
    whole = "".join((*groups, last))
    return Decimal(float(whole), _significant(whole))


def _is_fraction(groups: Sequence[str], last: str, marks: Sequence[str], decimal_mark: str) -> bool:
    mark = marks[-1]
    if mark == "\u066b":
        return True
    if mark not in ".," or marks.count(mark) > 1:
        return False
    if len(last) != _GROUP or groups[0] == "0":
        return True
    # Nobody writes "1,200" for 1.2, also where the comma is the decimal mark.
    return mark == decimal_mark and not (mark == "," and last[-1] == "0" and len(marks) == 1)


def _are_groups(groups: Sequence[str]) -> bool:
    """Tell whether digits are grouped by thousands, or by lakhs as in India."""
    first, *others = groups
    if not others:
        return True
    return (
        len(first) <= _GROUP
        and len(others[-1]) == _GROUP
        and len({len(group) for group in others[:-1]} | {_GROUP}) <= 2  # noqa: PLR2004
        and all(len(group) in (2, _GROUP) for group in others)
    )


def _significant(whole: str) -> int:
    return len(whole.strip("0")) or 1
