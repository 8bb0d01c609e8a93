"""The forms in which languages write dates, as patterns that share the names of their groups."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from summarizer.text import cldr
from summarizer.text.facts.folding import fold
from summarizer.text.facts.patterns import DIGIT, GAP, Endings, any_of, endings, starts_of
from summarizer.text.lexicon import dates, quantities
from summarizer.text.lexicon.dates import DateWords
from summarizer.text.lexicon.tables import flat

_END = r"(?!\w)"
_DASH = "[-\u2013\u2014/]"
_ISO = r"(?P<year>\d{4})[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})(?!\w)"
_SHORT = r"(?P<left>\d{1,2})(?P<mark>[./-])(?P<right>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)(?!\w)"
_YEAR = rf"(?P<year>\d{{4}})(?:{_DASH}(?P<last_year>\d{{4}}|\d\d))?(?![\w%]|[.,:]\d| %)"
_DECADE = r"(?P<decade>\d{3}0)'?s\b"
_HAN = "[一二三四五六七八九十〇零]"
_HAN_YEAR = "[一二三四五六七八九〇零]{4}"
_EAST = (
    (
        rf"(?:(?P<year>\d{{4}}|{_HAN_YEAR})[年년] ?)?(?P<number>\d{{1,2}}|{_HAN}{{1,3}})[月월]"
        rf"(?: ?(?P<day>\d{{1,2}}|{_HAN}{{1,3}})[日号號일]|份)?"
    ),
    rf"(?P<year>\d{{4}}|{_HAN_YEAR})[年년](?![前间間])",
    r"(?P<day>\d{1,2})[日号號일](?![间間본])",
)


@dataclass(frozen=True, slots=True)
class Forms:
    """Patterns of one language, and what its words stand for."""

    begin: re.Pattern[str]  # where a form may match
    forms: tuple[re.Pattern[str], ...]  # the first one that matches is meant
    months: Mapping[str, str]
    weekdays: Mapping[str, str]
    distances: Mapping[str, str]  # "week -1"
    lengths: Mapping[str, str]
    counts: Mapping[str, str]
    bare_months: Mapping[str, bool]  # may stand alone: whether with a capital
    ago: re.Pattern[str]  # a length of time, before a word for "ago"
    shift_before: Endings  # "last", "next"
    shift_after: re.Pattern[str]
    shifts: Mapping[str, str]
    before_time: Endings
    future: re.Pattern[str]
    link: re.Pattern[str]  # between two parts of one date
    no_year: re.Pattern[str]  # follows an amount that looks like a year
    bounds: Endings  # come before such an amount
    words: DateWords
    puts_month_first: bool | None


@cache
def forms(language: str) -> Forms:
    """Return the forms of a language; of one that is not listed ISO dates and years."""
    words = dates.words(language)
    months = {name: str(n) for name, n in cldr.months(language).items()} | flat(words.months)
    weekdays = {name: str(n) for name, n in cldr.weekdays(language).items()} | flat(words.weekdays)
    weekdays = {name.replace("-", " "): n for name, n in weekdays.items()}
    distances = {word: f"day {n}" for word, n in flat(words.days).items()} | flat(words.periods)
    lengths, counts = flat(words.lengths), flat(words.counts)
    shifts = dict.fromkeys(words.last, "-1") | dict.fromkeys(words.next, "1")
    shifts |= dict.fromkeys(words.this, "0")
    length = rf"(?P<count>\d{{1,3}}|{any_of(counts)}){_gap(words)}(?P<length>{any_of(lengths)})"
    end = "" if words.is_unspaced else _END
    amounts = quantities.words(language)
    units = (amounts.scales, amounts.units, amounts.currencies)
    shift = f"(?P<shift>{any_of(shifts)})?" if words.is_unspaced else ""
    named = rf"{shift}(?P<weekday>{any_of(weekdays)}){end}|(?P<distance>{any_of(distances)}){end}"
    written = (
        _ISO,
        _SHORT,
        *(_EAST if words.is_unspaced else _day_and_month(months, words)),
        rf"{length} ?{any_of(words.ago)}{end}",
        rf"{any_of(words.ago_before)} {length}{end}",
        _DECADE,
        _YEAR,
        f"{''.join(words.clitics)}(?:{named})",
    )
    return Forms(
        begin=re.compile(
            _begin(
                words,
                (
                    *months,
                    *weekdays,
                    *distances,
                    *words.ago_before,
                    *(shifts if words.is_unspaced else ()),
                ),
            )
        ),
        forms=tuple(map(re.compile, written)),
        months=months,
        weekdays=weekdays,
        distances=distances,
        lengths=lengths,
        counts=counts,
        bare_months=_bare_months(language, words),
        ago=re.compile(rf"(?<!\w){length} $"),
        shift_before=endings(shifts, is_spaced=not words.is_unspaced),
        shift_after=re.compile(rf" (?P<shift>{any_of(shifts)}){_END}"),
        shifts=shifts,
        before_time=endings(dict.fromkeys(words.before_time, ""), is_spaced=True),
        future=re.compile(
            rf"{'' if words.is_unspaced else chr(92) + 'b'}{any_of(words.future)}{end}"
        ),
        link=re.compile(rf"[ ,(\uff08]{{0,2}}(?:{any_of(words.links)} )?"),
        no_year=re.compile(rf"[ -](?:{any_of(w for table in units for w in flat(table))}){_END}"),
        bounds=endings(flat(amounts.before) | flat(amounts.signs), is_spaced=True),
        words=words,
        puts_month_first=cldr.puts_month_first(language),
    )


def _gap(words: DateWords) -> str:
    return "" if words.is_unspaced else GAP


def _day_and_month(months: Mapping[str, str], words: DateWords) -> tuple[str, ...]:
    """Return "3-5 May 2022", "May 3rd, 2022", "May 2022" and "May"."""
    suffix = rf"(?:{any_of(words.day_suffixes)}(?!\w))?"
    month = rf"{''.join(words.clitics)}(?P<month>{any_of(months)}){_END}(?:\.(?= ?\d))?"
    month += rf"(?:/{any_of(months)}{_END})?"  # Arabic names a month twice: "سبتمبر/أيلول"
    link = rf"(?:{any_of(words.links)} )?"
    span = rf"(?: ?[-\u2013\u2014] ?(?P<last_day>\d{{1,2}}){suffix})?"
    year = r"(?P<year>\d{4})(?!\w|[.,:]\d)"
    return (
        rf"(?P<day>\d{{1,2}}){suffix}{span},? ?{link}{month}(?:,? ?{link}{link}{year})?",
        rf"{month} {link}(?P<day>\d{{1,2}}){suffix}(?![.,:]?\d){span}(?:,? {link}{year})?",
        rf"{month},? {link}{year}",
        month,
    )


def _bare_months(language: str, words: DateWords) -> Mapping[str, bool]:
    """Return the months that need no day or year beside them, and whether they have a capital."""
    names = cldr.month_names(language)
    is_capital = any(name[0].isupper() for name in names)
    return dict.fromkeys((*map(fold, names), *flat(words.months)), is_capital)


def _begin(words: DateWords, named: tuple[str, ...]) -> str:
    if words.is_unspaced:
        characters = {word[0] for word in (*named, *flat(words.counts))}
        return rf"[\d{re.escape(''.join(sorted(characters)))}]|{_HAN}"
    ago = dict.fromkeys(words.ago, _END)
    if words.clitics:
        return rf"\d+|(?<!\w){''.join(words.clitics)}{any_of((*named, *ago))}{_END}"
    return f"{DIGIT}|{starts_of(dict.fromkeys(named, _END) | ago)}"
