import pytest

from summarizer.render.dates import readable


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Sunday, 1 February 2026"),
        ("de", "Sonntag, 1. Februar 2026"),
        ("fr", "dimanche 1er février 2026"),
        ("es", "domingo, 1 de febrero de 2026"),
        ("it", "domenica 1 febbraio 2026"),
        ("pt", "domingo, 1 de fevereiro de 2026"),
        ("nl", "zondag 1 februari 2026"),
        ("ru", "воскресенье, 1 февраля 2026 г."),
        ("ar", "الأحد، 1 فبراير 2026"),
        ("zh", "2026年2月1日星期日"),
        ("ja", "2026年2月1日日曜日"),
    ],
)
def test_a_day_is_written_as_its_language_writes_it(language: str, expected: str) -> None:
    assert readable("2026-02-01", language) == expected


def test_every_month_has_its_own_name() -> None:
    for language in ("en", "de", "fr", "es", "it", "pt", "nl", "ru", "ar", "zh", "ja"):
        names = {readable(f"2026-{month:02}-15", language) for month in range(1, 13)}
        assert len(names) == 12, language


def test_french_writes_only_the_first_as_an_ordinal() -> None:
    assert readable("2026-02-02", "fr") == "lundi 2 février 2026"


@pytest.mark.parametrize(
    ("day", "language"), [("last week", "en"), ("2026-02-30", "en"), ("2026-02-01", "sw")]
)
def test_what_cannot_be_written_in_words_stays_as_it_is(day: str, language: str) -> None:
    assert readable(day, language) == day
