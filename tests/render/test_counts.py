from dataclasses import replace

import pytest

from summarizer.render.counts import ledger_line, story_line, use_line
from summarizer.types import Briefing


@pytest.mark.parametrize(
    ("language", "n", "expected"),
    [
        ("en", 1, "1 independent report"),
        ("en", 2, "2 independent reports"),
        ("fr", 1, "1 compte rendu indépendant"),
        ("fr", 2, "2 comptes rendus indépendants"),
        ("ru", 1, "1 независимое сообщение"),
        ("ru", 3, "3 независимых сообщения"),
        ("ru", 5, "5 независимых сообщений"),
        ("ru", 11, "11 независимых сообщений"),
        ("ru", 12, "12 независимых сообщений"),
        ("ru", 21, "21 независимое сообщение"),
        ("ru", 112, "112 независимых сообщений"),
        ("ar", 1, "تقرير مستقل واحد"),
        ("ar", 2, "تقريران مستقلان"),
        ("ar", 3, "3 تقارير مستقلة"),
        ("ar", 11, "11 تقريرًا مستقلًا"),
        ("ar", 100, "100 تقرير مستقل"),
        ("ar", 103, "103 تقارير مستقلة"),
        ("ja", 1, "独立した報道1件"),
    ],
)
def test_reports_are_counted_by_the_rules_of_the_language(
    language: str, n: int, expected: str
) -> None:
    line = story_line(n, n + 1, language)

    assert line is not None
    assert line.startswith(expected)


def test_a_story_of_one_article_needs_no_count() -> None:
    assert story_line(1, 1, "en") is None


def test_reprints_are_told_apart_from_reports() -> None:
    assert story_line(2, 13, "en") == "2 independent reports (11 reprints)"
    assert story_line(1, 2, "en") == "1 independent report (1 reprint)"
    assert story_line(3, 3, "en") == "3 independent reports"


def test_nothing_is_singular_in_french_and_plural_in_english_and_russian() -> None:
    assert use_line("cited", 0, "fr") == "0 cité"
    assert use_line("merged", 0, "en") == "0 merged"
    assert use_line("excluded", 0, "ru") == "0 исключено"


def test_the_ledgers_line_leaves_out_what_is_nought_but_never_what_was_cited(
    briefing: Briefing,
) -> None:
    merged = tuple(replace(entry, use="merged") for entry in briefing.documents[:2])

    line = ledger_line(merged, 0, "en")

    assert line == "2 articles: 0 cited, 2 merged"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "de",
            "7 Artikel: 5 zitiert, 1 zusammengeführt, 1 ausgeschlossen; 1 Entwurf zurückgehalten",
        ),
        ("ru", "7 статей: 5 процитировано, 1 объединена, 1 исключена; 1 черновик не опубликован"),
        ("zh", "7 篇文章：引用 5 篇，合并 1 篇，排除 1 篇；未采用 1 条草稿"),
        ("ar", "7 مقالات: 5 استُشهد بها، واحد دُمج، واحد استُبعد؛ حُجبت مسودة واحدة"),
    ],
)
def test_the_ledgers_line_reads_in_every_language(
    language: str, expected: str, briefing: Briefing
) -> None:
    assert ledger_line(briefing.documents, len(briefing.withheld), language) == expected
