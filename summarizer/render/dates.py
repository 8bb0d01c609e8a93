"""Dates in the languages of the labels: "Tuesday, 3 March 2026"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class _Calendar:
    weekdays: str  # Monday to Sunday
    months: str  # January to December, in the form that stands in a date
    pattern: str


_CALENDARS: Mapping[str, _Calendar] = {
    "en": _Calendar(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "January February March April May June July August September October November December",
        "{weekday}, {day} {month} {year}",
    ),
    "de": _Calendar(
        "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "{weekday}, {day}. {month} {year}",
    ),
    "fr": _Calendar(
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "{weekday} {day} {month} {year}",
    ),
    "es": _Calendar(
        "lunes martes miércoles jueves viernes sábado domingo",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "{weekday}, {day} de {month} de {year}",
    ),
    "it": _Calendar(
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
        " dicembre",
        "{weekday} {day} {month} {year}",
    ),
    "pt": _Calendar(
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "{weekday}, {day} de {month} de {year}",
    ),
    "nl": _Calendar(
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "{weekday} {day} {month} {year}",
    ),
    "ru": _Calendar(
        "понедельник вторник среда четверг пятница суббота воскресенье",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "{weekday}, {day} {month} {year} г.",
    ),
    "ar": _Calendar(
        "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        "{weekday}، {day} {month} {year}",
    ),
    "zh": _Calendar(
        "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
        "1 2 3 4 5 6 7 8 9 10 11 12",
        "{year}年{month}月{day}日{weekday}",
    ),
    "ja": _Calendar(
        "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
        "1 2 3 4 5 6 7 8 9 10 11 12",
        "{year}年{month}月{day}日{weekday}",
    ),
}


def readable(day: str, language: str) -> str:
    """Write an ISO 8601 calendar date in words.

    What is no calendar date, or a language without a calendar here, comes back as it is.
    """
    calendar = _CALENDARS.get(language)
    try:
        value = date.fromisoformat(day)
    except ValueError:
        return day
    if calendar is None:
        return day
    return calendar.pattern.format(
        weekday=calendar.weekdays.split()[value.weekday()],
        day="1er" if language == "fr" and value.day == 1 else value.day,
        month=calendar.months.split()[value.month - 1],
        year=value.year,
    )
