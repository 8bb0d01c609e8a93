"""What Unicode's Common Locale Data knows of a language: places, months, magnitudes, script.

Read from Babel's tables (https://cldr.unicode.org, Unicode licence). A language that has no
tables knows nothing, and nothing fails.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from summarizer.text import lexical
from summarizer.text.lexicon import LANGUAGES

MIN_LATIN_CHARS = 4  # of the first word of a place; "Man" and "Fes" are words too

_NO_CITIES = ("Etc/", "US/", "Canada/", "Brazil/", "Mexico/", "Chile/", "Antarctica/")

_PLURALS = (1, 2, 5, 1.5)  # have a form each in the Slavic languages
_EAST_ASIAN = "\u2e80"  # the first character of scripts in which one sign is a word

Words = tuple[str, ...]


@cache
def places(language: str) -> Mapping[str, Sequence[tuple[Words, str]]]:
    """Return the names of countries, cities, languages and currencies.

    A language counts as its main country: "Japanese" is Japan.

    Returns:
        By the first stem of a name: its stems and the code of the place, longest name first.
        A code is the same in every language ("JP", "Asia/Tokyo", "JPY").
    """
    by_first: dict[str, dict[Words, str]] = defaultdict(dict)
    locale = _locale(language)
    for name, code in () if locale is None else _names(locale):
        stems = tuple(lexical.stems(lexical.words(name), language))
        if stems and (len(stems) > 1 or len(name) >= MIN_LATIN_CHARS or not name.isascii()):
            by_first[stems[0]].setdefault(stems, code)
    return {
        first: sorted(names.items(), key=lambda item: (-len(item[0]), item))
        for first, names in by_first.items()
    }


@cache
def months(language: str) -> Mapping[str, int]:
    """Return the number of each month by its lower-case names; none where months have numbers."""
    locale = _locale(language)
    if locale is None:
        return {}
    return {
        name.lower().rstrip("."): number
        for context in ("stand-alone", "format")
        for width in ("abbreviated", "wide")
        for number, name in locale.months[context][width].items()
        if not any(map(str.isdigit, name))
    }


@cache
def month_names(language: str) -> Mapping[str, int]:
    """Return the number of each month by its full names, written as inside a sentence."""
    locale = _locale(language)
    contexts = ("stand-alone", "format") if locale is not None else ()
    return {
        name: number
        for context in contexts
        for number, name in locale.months[context]["wide"].items()
        if not any(map(str.isdigit, name))
    }


@cache
def weekdays(language: str) -> Mapping[str, int]:
    """Return the number of each weekday, 0 for Monday, by its full lower-case names."""
    locale = _locale(language)
    contexts = ("stand-alone", "format") if locale is not None else ()
    return {
        name.lower(): number
        for context in contexts
        for number, name in locale.days[context]["wide"].items()
    }


@cache
def puts_month_first(language: str) -> bool | None:
    """Tell whether "3/5" is the fifth of March; None where both orders are in use."""
    locale = _locale(language)
    if locale is None or language == "en":
        return None
    pattern = str(locale.date_formats["short"].pattern)
    return pattern.find("M") < pattern.find("d")


@cache
def magnitudes(language: str) -> Mapping[str, int]:
    """Return what the words and signs after a number multiply it with ("million", "万", "ألف").

    A single letter is left out: "5 m" is a length more often than an amount.
    """
    locale = _locale(language)
    if locale is None:
        return {}
    found: dict[str, int] = {}
    for style in ("short", "long"):
        for forms in (locale.compact_decimal_formats.get(style) or {}).values():
            for power, pattern in forms.items():
                digits, word = _compact(getattr(pattern, "pattern", str(pattern)))
                if digits and word and not (len(word) == 1 and word < _EAST_ASIAN):
                    found[word] = int(power) // 10 ** (digits - 1)
    return found


@cache
def currencies(language: str) -> Mapping[str, str]:
    """Return the ISO 4217 code of each currency by its lower-case names, plural forms included."""
    locale = _locale(language)
    if locale is None:
        return {}
    from babel.numbers import get_currency_name

    names = {name.lower(): code for code, name in locale.currencies.items()}
    for code in locale.currencies:
        forms = (get_currency_name(code, count, locale) for count in _PLURALS)
        names.update((form.lower(), code) for form in forms)
    return names


@cache
def decimal_mark(language: str) -> str:
    """Return the character between the whole and the fraction of a number in Latin digits."""
    locale = _locale(language)
    return "." if locale is None else str(locale.number_symbols["latn"]["decimal"])


@cache
def is_latin(language: str) -> bool:
    """Tell whether a language is written in Latin letters; true of one that is not known."""
    from babel.core import get_global

    parts = get_global("likely_subtags").get(language, "Latn").split("_")
    return "Latn" in parts


def _names(locale: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - untyped library data
    """Yield the names of places in a language and their codes."""
    from babel.core import get_global

    main_country = get_global("likely_subtags")
    zones = [zone for zone in get_global("zone_territories") if zone.count("/") == 1]
    yield from ((name, code) for code, name in locale.territories.items() if code.isalpha())
    yield from ((names.get("city", ""), zone) for zone, names in locale.time_zones.items())
    # A zone's own name is its city's in English letters, which many languages share.
    yield from ((_city(zone), zone) for zone in zones if not zone.startswith(_NO_CITIES))
    for code in sorted(locale.languages.keys() & main_country.keys() & set(LANGUAGES)):
        yield locale.languages[code], main_country[code].rpartition("_")[2]
    yield from ((name, code) for code, name in locale.currencies.items())


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _compact(pattern: str) -> tuple[int, str]:
    """Split a pattern such as "00 million" into its number of digits and its word."""
    word = "".join(c for c in pattern if unicodedata.category(c)[0] in "LM")
    return pattern.count("0"), word.lower()


@cache
def _locale(language: str) -> Any:  # noqa: ANN401 - the library's own data are untyped
    from babel import Locale, UnknownLocaleError

    if language == "und":  # stands for the root of all locales, which is in English
        return None
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None
