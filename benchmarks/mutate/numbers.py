"""Changes of numbers: another value, unit, currency or noun; and other ways to write the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from benchmarks.mutate import dates
from benchmarks.mutate.rewrite import Edit, alternatives, others, outside_quotations
from benchmarks.mutate.source import Source
from benchmarks.mutate.words import Words

YEARS = range(1850, 2101)
SIGNS = ("US$", "S$", "A$", "C$", "HK$", "NT$", "R$", "$", "€", "£", "¥", "₹", "RM")
LABEL_CHARS = 20
MIN_CHANGED_INSIDE = 3  # digits from which on the second one is changed too


_NAME_BEFORE = re.compile(r"\b([^\W\d_a-z][\w-]*)\s(?:of\s)?$")
# Where a sign stands, and what may stand there instead.
_SIGN_PLACES = (
    (rf"(?<![\w$])({alternatives(SIGNS)})(?=\s?\d)", ("€", "£", "¥", "US$")),
    (r"\d\s?(€|\$|£)", ("€", "$", "£")),
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written and its value; `word` for one written in letters."""

    start: int
    end: int
    value: float
    is_word: bool


def find(text: str, words: Words) -> list[Number]:
    """Return the numbers that count or measure something, in order: no years, dates, times."""
    in_dates = [mention.span() for mention in dates.mentions(text, words)]
    found = [*_in_digits(text, words), *_in_words(text, words)]
    return [
        number
        for number in sorted(found, key=lambda number: number.start)
        if not any(start < number.end and number.start < end for start, end in in_dates)
    ]


def number_changed(source: Source, words: Words) -> Iterator[str]:
    """Put another value in the place of a number, so that no reading makes both true."""
    text = source.text
    for number in find(text, words):
        before = text[: number.start]
        for new, value in _other_values(text[number.start : number.end], number, words):
            rises = value > number.value
            if (words.at_least.search(before) and not rises) or (
                words.at_most.search(before) and rises
            ):
                continue
            if not re.search(rf"(?<!\d){re.escape(new)}(?!\d)", text):
                yield Edit(number.start, number.end, new).apply(text)


def unit_changed(source: Source, words: Words) -> Iterator[str]:
    """Put another unit of the same kind behind a number."""
    yield from _measure_changed(source.text, words, words.units)


def currency_changed(source: Source, words: Words) -> Iterator[str]:
    """Put another currency in the place of the one named, where the new one is not named too."""
    text = source.text
    yield from _measure_changed(text, words, words.currencies)
    for place, signs in _SIGN_PLACES:
        for match in re.finditer(place, text):
            is_dollar = match[1].endswith("$")
            for new in others(signs, match[1]):
                if new not in text and not (is_dollar and new.endswith("$")):
                    yield Edit(*match.span(1), new).apply(text)


def bound_to_another_noun(source: Source, words: Words) -> Iterator[str]:
    """Exchange two numbers that count different things."""
    text = source.text
    for a, b in combinations(find(text, words), 2):
        between = text[a.end : b.start]
        is_one_thing = re.search(r"[(\[]", between) or re.fullmatch(r"\W*\w*\W*", between)
        if a.value == b.value or min(a.value, b.value) <= 1 or text[a.start].isupper():
            continue
        if not is_one_thing and _count_different_things(text, a, b, words):
            first, second = text[a.start : a.end], text[b.start : b.end]
            yield text[: a.start] + second + between + first + text[b.end :]


def format_changed(source: Source, words: Words) -> Iterator[str]:
    """Write a number in another way: grouped, in digits or letters, with its scale."""
    text = source.text
    found = list(_formats(text, words))
    yield from (edit.apply(text) for edit in outside_quotations(text, found))


def _count_different_things(text: str, a: Number, b: Number, words: Words) -> bool:
    """Tell whether a noun of its own follows each number."""
    space = r"\s" if words.is_spaced else ""
    nouns: set[str] = set()
    for number in (a, b):
        noun = re.match(rf"{space}([^\W\d_]+)", text[number.end :])
        if noun is None or _is_named(text[: number.start], words):
            return False
        if words.has_capitals and noun[1][0].isupper():
            return False
        nouns.add(noun[1])
    return len(nouns) == len((a, b)) and not nouns & (words.not_nouns | words.scales.keys())


def _formats(text: str, words: Words) -> Iterator[Edit]:
    in_letters = {value: word for word, value in words.numbers.items()}
    follows = r"\s[^\W\d_]" if words.is_spaced else r"[^\W\d_]"
    for number in find(text, words):
        written = text[number.start : number.end]
        value = int(number.value)
        if not re.match(follows, text[number.end :]) or _is_named(text[: number.start], words):
            continue
        if number.is_word and number.start:
            yield Edit(number.start, number.end, str(value))
        elif words.group and words.group in written and value not in YEARS:
            yield Edit(number.start, number.end, written.replace(words.group, ""))
        elif written.isdigit() and value in in_letters and number.start:
            yield Edit(number.start, number.end, in_letters[value])
        yield from _scaled(text, number, words)


def _scaled(text: str, number: Number, words: Words) -> Iterator[Edit]:
    """Write "1.5 million" in digits."""
    space = r"\s" if words.is_spaced else ""
    for scale, times in words.scales.items():
        after = re.match(
            rf"{space}{re.escape(scale)}(?!\w)" if space else rf"{scale}(?!\d)", text[number.end :]
        )
        if after and not number.is_word:
            whole = round(number.value * times)
            new = f"{whole:,}".replace(",", words.group)
            yield Edit(number.start, number.end + after.end(), new)


def _measure_changed(text: str, words: Words, groups: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    space = r"\s?" if words.is_spaced else ""
    end = r"(?![\w-])" if words.is_spaced else ""
    for number in find(text, words):
        scale = rf"(?:{space}(?:{alternatives(words.scales)}))?" if words.scales else ""
        for group in groups:
            pattern = re.compile(rf"{scale}{space}({alternatives(group)}){end}")
            match = pattern.match(text, number.end)
            for new in others(group, match[1]) if match else ():
                if match and not re.search(rf"{re.escape(new)}{end}", text):
                    yield Edit(match.start(1), match.end(1), new).apply(text)


def _is_named(before: str, words: Words) -> bool:
    """Tell whether a number is part of a name: "Category 5", "the Stoxx 600", "Group of 20"."""
    if words.label.search(before[-LABEL_CHARS:]):
        return True
    name = _NAME_BEFORE.search(before) if words.has_capitals else None
    return name is not None and name[1] not in words.lowered


def _in_digits(text: str, words: Words) -> Iterator[Number]:
    group, decimal = re.escape(words.group), re.escape(words.decimal)
    grouped = rf"(?:{group}\d{{3}})*" if words.group else ""
    glued = r"\w" if words.is_spaced else r"A-Za-z\d"
    pattern = rf"(?<![{glued}.,:/–-])\d+{grouped}(?:{decimal}\d+)?(?![{glued}:/]|[.,–-]\d)"
    for match in re.finditer(pattern, text):
        value = _value(match[0], words)
        is_year = value in YEARS and match[0].isdigit()
        is_marker = match.start() == 0 and text.startswith(".", match.end())
        is_other = is_year or is_marker or words.not_counted.match(text, match.end())
        if value > 1 and not is_other:
            yield Number(match.start(), match.end(), value, is_word=False)


def _in_words(text: str, words: Words) -> Iterator[Number]:
    if words.numbers:
        pattern = rf"(?<![\w-])(?:{alternatives(words.numbers)})(?![\w-])"
        for match in re.finditer(pattern, text):
            is_compound = words.label.search(text[: match.start()][-LABEL_CHARS:])
            if not is_compound and not words.not_counted.match(text, match.end()):
                yield Number(match.start(), match.end(), words.numbers[match[0]], is_word=True)


def _value(written: str, words: Words) -> float:
    plain = written.replace(words.group, "") if words.group else written
    return float(plain.replace(words.decimal, "."))


def _other_values(written: str, number: Number, words: Words) -> Iterator[tuple[str, float]]:
    """Yield numbers of the same form whose first digit, or second of several, differs."""
    if number.is_word:
        for word, value in words.numbers.items():
            if value != number.value and (value < 20) == (number.value < 20):
                yield word, value
        return
    digits = [i for i, character in enumerate(written) if character.isdigit()]
    places = digits[: 2 if len(digits) >= MIN_CHANGED_INSIDE else 1]
    for place in places:
        for step in (2, 3, 5, 7):
            digit = _stepped(int(written[place]), step, is_alone=len(digits) == 1)
            new = written[:place] + str(digit) + written[place + 1 :]
            if new != written:
                yield new, _value(new, words)


def _stepped(digit: int, step: int, *, is_alone: bool) -> int:
    """Return another digit from 1 to 9; alone from 2 to 4 or 5 to 9, which Slavic nouns tell."""
    if not is_alone:
        return (digit - 1 + step) % 9 + 1
    low, n = (2, 3) if digit <= 4 else (5, 5)
    return low + (digit - low + step) % n
