"""Counted things in the languages of the labels: "3 reports", and the one line of the ledger.

Plural rules follow the Unicode CLDR, "Language Plural Rules", for whole numbers below a million.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from summarizer.types import Briefing, Use

Forms = tuple[str, ...]
"""A counted noun in its plural forms, in the order of its language's rule; the last form also
stands for those that would follow."""


@dataclass(frozen=True, slots=True)
class _Counts:
    reports: Forms
    articles: Forms
    cited: Forms
    merged: Forms
    background: Forms
    excluded: Forms
    withheld: Forms
    colon: str = ": "
    comma: str = ", "
    semicolon: str = "; "


_COUNTS: Mapping[str, _Counts] = {
    "en": _Counts(
        reports=("{n} report", "{n} reports"),
        articles=("{n} article", "{n} articles"),
        cited=("{n} cited",),
        merged=("{n} merged",),
        background=("{n} background",),
        excluded=("{n} excluded",),
        withheld=("{n} draft withheld", "{n} drafts withheld"),
    ),
    "de": _Counts(
        reports=("{n} Bericht", "{n} Berichte"),
        articles=("{n} Artikel",),
        cited=("{n} zitiert",),
        merged=("{n} zusammengeführt",),
        background=("{n} als Hintergrund",),
        excluded=("{n} ausgeschlossen",),
        withheld=("{n} Entwurf zurückgehalten", "{n} Entwürfe zurückgehalten"),
    ),
    "fr": _Counts(
        reports=("{n} compte rendu", "{n} comptes rendus"),
        articles=("{n} article", "{n} articles"),
        cited=("{n} cité", "{n} cités"),
        merged=("{n} regroupé", "{n} regroupés"),
        background=("{n} en arrière-plan",),
        excluded=("{n} exclu", "{n} exclus"),
        withheld=("{n} ébauche écartée", "{n} ébauches écartées"),
        colon="\u00a0: ",
        semicolon="\u202f; ",
    ),
    "es": _Counts(
        reports=("{n} informe", "{n} informes"),
        articles=("{n} artículo", "{n} artículos"),
        cited=("{n} citado", "{n} citados"),
        merged=("{n} agrupado", "{n} agrupados"),
        background=("{n} de contexto",),
        excluded=("{n} excluido", "{n} excluidos"),
        withheld=("{n} borrador descartado", "{n} borradores descartados"),
    ),
    "it": _Counts(
        reports=("{n} resoconto", "{n} resoconti"),
        articles=("{n} articolo", "{n} articoli"),
        cited=("{n} citato", "{n} citati"),
        merged=("{n} accorpato", "{n} accorpati"),
        background=("{n} di contesto",),
        excluded=("{n} escluso", "{n} esclusi"),
        withheld=("{n} bozza non pubblicata", "{n} bozze non pubblicate"),
    ),
    "pt": _Counts(
        reports=("{n} relato", "{n} relatos"),
        articles=("{n} artigo", "{n} artigos"),
        cited=("{n} citado", "{n} citados"),
        merged=("{n} agrupado", "{n} agrupados"),
        background=("{n} de contexto",),
        excluded=("{n} excluído", "{n} excluídos"),
        withheld=("{n} rascunho não publicado", "{n} rascunhos não publicados"),
    ),
    "nl": _Counts(
        reports=("{n} bericht", "{n} berichten"),
        articles=("{n} artikel", "{n} artikelen"),
        cited=("{n} geciteerd",),
        merged=("{n} samengevoegd",),
        background=("{n} als achtergrond",),
        excluded=("{n} uitgesloten",),
        withheld=("{n} concept achtergehouden", "{n} concepten achtergehouden"),
    ),
    "ru": _Counts(
        reports=("{n} сообщение", "{n} сообщения", "{n} сообщений"),
        articles=("{n} статья", "{n} статьи", "{n} статей"),
        cited=("{n} процитирована", "{n} процитированы", "{n} процитировано"),
        merged=("{n} объединена", "{n} объединены", "{n} объединено"),
        background=("{n} для контекста",),
        excluded=("{n} исключена", "{n} исключены", "{n} исключено"),
        withheld=(
            "{n} черновик не опубликован",
            "{n} черновика не опубликованы",
            "{n} черновиков не опубликовано",
        ),
    ),
    "ar": _Counts(
        reports=("تقرير واحد", "تقريران", "{n} تقارير", "{n} تقريرًا", "{n} تقرير"),
        articles=("مقال واحد", "مقالان", "{n} مقالات", "{n} مقالًا", "{n} مقال"),
        cited=("واحد استُشهد به", "اثنان استُشهد بهما", "{n} استُشهد بها"),
        merged=("واحد دُمج", "اثنان دُمجا", "{n} دُمجت"),
        background=("واحد للخلفية", "اثنان للخلفية", "{n} للخلفية"),
        excluded=("واحد استُبعد", "اثنان استُبعدا", "{n} استُبعدت"),
        withheld=("حُجبت مسودة واحدة", "حُجبت مسودتان", "حُجبت {n} مسودات", "حُجبت {n} مسودة"),
        comma="، ",
        semicolon="؛ ",
    ),
    "zh": _Counts(
        reports=("{n} 篇独立报道",),
        articles=("{n} 篇文章",),
        cited=("引用 {n} 篇",),
        merged=("合并 {n} 篇",),
        background=("背景 {n} 篇",),
        excluded=("排除 {n} 篇",),
        withheld=("未采用 {n} 条草稿",),
        colon="：",
        comma="，",
        semicolon="；",
    ),
    "ja": _Counts(
        reports=("独立した報道{n}件",),
        articles=("記事{n}件",),
        cited=("引用{n}件",),
        merged=("統合{n}件",),
        background=("背景{n}件",),
        excluded=("除外{n}件",),
        withheld=("不採用の下書き{n}件",),
        colon="：",
        comma="、",
        semicolon="；",
    ),
}


def _slavic(n: int) -> int:
    if n % 100 in range(11, 15):
        return 2
    return {1: 0, 2: 1, 3: 1, 4: 1}.get(n % 10, 2)


def _arabic(n: int) -> int:
    if n in {1, 2}:
        return n - 1
    if n % 100 in range(3, 11):
        return 2
    return 3 if n % 100 in range(11, 100) else 4


def _counted(forms: Forms, n: int, language: str) -> str:
    match language:
        case "ru":
            i = _slavic(n)
        case "ar":
            i = _arabic(n)
        case "fr" | "pt":
            i = 0 if n in {0, 1} else 1
        case _:
            i = 0 if n == 1 else 1
    return forms[min(i, len(forms) - 1)].format(n=n)


def story_line(origins: int, articles: int, language: str) -> str | None:
    """Say how many reports and articles a story rests on; None when it is one article.

    Where every article is a report of its own, the second figure would only repeat the first.
    """
    if articles <= 1:
        return None
    counts = _COUNTS[language]
    reports = _counted(counts.reports, origins, language)
    if origins == articles:
        return reports
    return reports + counts.comma + _counted(counts.articles, articles, language)


def use_line(use: Use, n: int, language: str) -> str:
    """Say how many documents were put to one use: "60 cited"."""
    counts = _COUNTS[language]
    forms = {
        "cited": counts.cited,
        "merged": counts.merged,
        "background": counts.background,
        "excluded": counts.excluded,
    }
    return _counted(forms[use], n, language)


def ledger_line(briefing: Briefing, language: str) -> str:
    """Account for every document in one line.

    Parts that are nought are left out, except what was cited.
    """
    counts = _COUNTS[language]
    n_of = Counter(entry.use for entry in briefing.documents)
    uses = [use for use in get_args(Use) if n_of[use] or use == "cited"]
    line = _counted(counts.articles, len(briefing.documents), language)
    line += counts.colon + counts.comma.join(use_line(use, n_of[use], language) for use in uses)
    if briefing.withheld:
        line += counts.semicolon + _counted(counts.withheld, len(briefing.withheld), language)
    return line
