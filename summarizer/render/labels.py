"""The words a briefing's frame is made of: headings, links, remarks, in the briefing's language.

Sentences keep the language of their source; only what we say ourselves is chosen here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Direction = Literal["ltr", "rtl", "auto"]

_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What a briefing says around its sentences, in one language."""

    language: str  # ISO 639 code
    lead: str
    in_brief: str
    sources: str
    notes: str
    withheld: str
    documents: str
    see_above: str  # stands where a story's only sentence was printed in the lead
    see_also: str  # before the headline of a story that is perhaps about the same event
    skip: str  # link for keyboards and screen readers
    source: str  # with {n}
    back: str  # from a passage to the sentence that cites it
    characters: str  # before the offsets of a quote
    page: str  # with {n}
    sole_source: str  # with {source}
    degraded: str
    partial: str
    supported: str
    contradicted: str
    unsupported: str


_LABELS: Mapping[str, Labels] = {
    "en": Labels(
        language="en",
        lead="The main points",
        in_brief="In brief",
        sources="Sources",
        notes="Notes",
        withheld="Withheld drafts",
        documents="All documents",
        see_above="See the main points above.",
        see_also="See also",
        skip="Skip to the briefing",
        source="Source {n}",
        back="Back to the sentence",
        characters="characters",
        page="page {n}",
        sole_source="Everything here comes from one source: {source}.",
        degraded="Degraded: a part is in the sources' own words because the model failed.",
        partial="Incomplete: a source or a story is missing.",
        supported="not the source's own words, checked against it",
        contradicted="the cited source says otherwise",
        unsupported="not supported by the cited source",
    ),
    "de": Labels(
        language="de",
        lead="Das Wichtigste",
        in_brief="In Kürze",
        sources="Quellen",
        notes="Hinweise",
        withheld="Zurückgehaltene Entwürfe",
        documents="Alle Dokumente",
        see_above="Siehe oben unter „Das Wichtigste“.",
        see_also="Siehe auch",
        skip="Zum Briefing springen",
        source="Quelle {n}",
        back="Zurück zum Satz",
        characters="Zeichen",
        page="Seite {n}",
        sole_source="Alle Angaben stammen aus einer einzigen Quelle: {source}.",
        degraded="Eingeschränkt: Ein Teil steht im Wortlaut der Quellen, weil das Modell ausfiel.",
        partial="Unvollständig: Eine Quelle oder ein Thema fehlt.",
        supported="nicht im Wortlaut der Quelle, gegen sie geprüft",
        contradicted="die zitierte Quelle sagt etwas anderes",
        unsupported="durch die zitierte Quelle nicht belegt",
    ),
    "fr": Labels(
        language="fr",
        lead="L’essentiel",
        in_brief="En bref",
        sources="Sources",
        notes="Remarques",
        withheld="Ébauches écartées",
        documents="Tous les documents",
        see_above="Voir « L’essentiel » ci-dessus.",
        see_also="Voir aussi",
        skip="Aller au contenu",
        source="Source {n}",
        back="Retour à la phrase",
        characters="caractères",
        page="page {n}",
        sole_source="Tout provient d’une seule source : {source}.",
        degraded="Mode dégradé : une partie reprend les mots des sources, le modèle ayant échoué.",
        partial="Incomplet : il manque une source ou un sujet.",
        supported="formulation différente de la source, vérifiée avec elle",
        contradicted="la source citée dit autre chose",
        unsupported="non étayé par la source citée",
    ),
    "es": Labels(
        language="es",
        lead="Lo esencial",
        in_brief="En breve",
        sources="Fuentes",
        notes="Notas",
        withheld="Borradores descartados",
        documents="Todos los documentos",
        see_above="Véase «Lo esencial», más arriba.",
        see_also="Véase también",
        skip="Ir al contenido",
        source="Fuente {n}",
        back="Volver a la frase",
        characters="caracteres",
        page="página {n}",
        sole_source="Todo procede de una sola fuente: {source}.",
        degraded="Modo reducido: una parte usa las palabras de las fuentes, pues el modelo falló.",
        partial="Incompleto: falta una fuente o un tema.",
        supported="no son las palabras de la fuente; cotejado con ella",
        contradicted="la fuente citada dice otra cosa",
        unsupported="la fuente citada no lo respalda",
    ),
    "it": Labels(
        language="it",
        lead="L’essenziale",
        in_brief="In breve",
        sources="Fonti",
        notes="Note",
        withheld="Bozze non pubblicate",
        documents="Tutti i documenti",
        see_above="Vedi sopra, «L’essenziale».",
        see_also="Vedi anche",
        skip="Vai al contenuto",
        source="Fonte {n}",
        back="Torna alla frase",
        characters="caratteri",
        page="pagina {n}",
        sole_source="Tutto proviene da un’unica fonte: {source}.",
        degraded="Modalità ridotta: per un guasto del modello una parte usa le parole delle fonti.",
        partial="Incompleto: manca una fonte o una notizia.",
        supported="non sono le parole della fonte; verificato con essa",
        contradicted="la fonte citata dice altro",
        unsupported="non sostenuto dalla fonte citata",
    ),
    "pt": Labels(
        language="pt",
        lead="O essencial",
        in_brief="Em poucas palavras",
        sources="Fontes",
        notes="Notas",
        withheld="Rascunhos não publicados",
        documents="Todos os documentos",
        see_above="Ver «O essencial», acima.",
        see_also="Ver também",
        skip="Ir para o conteúdo",
        source="Fonte {n}",
        back="Voltar à frase",
        characters="caracteres",
        page="página {n}",
        sole_source="Tudo provém de uma única fonte: {source}.",
        degraded="Modo reduzido: o modelo falhou numa parte, que reproduz as fontes à letra.",
        partial="Incompleto: falta uma fonte ou um tema.",
        supported="não são as palavras da fonte; verificado com ela",
        contradicted="a fonte citada diz outra coisa",
        unsupported="a fonte citada não o sustenta",
    ),
    "nl": Labels(
        language="nl",
        lead="Het belangrijkste",
        in_brief="In het kort",
        sources="Bronnen",
        notes="Opmerkingen",
        withheld="Achtergehouden concepten",
        documents="Alle documenten",
        see_above="Zie ‘Het belangrijkste’ hierboven.",
        see_also="Zie ook",
        skip="Naar de inhoud",
        source="Bron {n}",
        back="Terug naar de zin",
        characters="tekens",
        page="pagina {n}",
        sole_source="Alles komt uit één bron: {source}.",
        degraded="Beperkt: het model faalde voor een deel; dat staat in de woorden van de bronnen.",
        partial="Onvolledig: er ontbreekt een bron of een onderwerp.",
        supported="niet de woorden van de bron, wel ermee vergeleken",
        contradicted="de aangehaalde bron zegt iets anders",
        unsupported="niet onderbouwd door de aangehaalde bron",
    ),
    "ru": Labels(
        language="ru",
        lead="Главное",
        in_brief="Коротко",
        sources="Источники",
        notes="Примечания",
        withheld="Неопубликованные черновики",
        documents="Все документы",
        see_above="См. выше, «Главное».",
        see_also="См. также",
        skip="Перейти к содержанию",
        source="Источник {n}",
        back="Назад к предложению",
        characters="символы",
        page="страница {n}",
        sole_source="Всё взято из одного источника: {source}.",
        degraded="Ограниченный режим: модель не справилась с частью, она дана словами источников.",
        partial="Неполный выпуск: не хватает источника или темы.",
        supported="не слова источника, но сверено с ним",
        contradicted="указанный источник говорит иное",
        unsupported="не подтверждается указанным источником",
    ),
    "ar": Labels(
        language="ar",
        lead="أهم النقاط",
        in_brief="باختصار",
        sources="المصادر",
        notes="ملاحظات",
        withheld="مسودات محجوبة",
        documents="جميع الوثائق",
        see_above="انظر «أهم النقاط» أعلاه.",
        see_also="انظر أيضًا",
        skip="انتقل إلى المحتوى",
        source="المصدر {n}",
        back="العودة إلى الجملة",
        characters="الأحرف",
        page="صفحة {n}",
        sole_source="كل ما يرد هنا من مصدر واحد: {source}.",
        degraded="وضع محدود: تعذّر عمل النموذج في جزء، فورد بكلمات المصادر نفسها.",
        partial="غير مكتمل: ينقص مصدر أو موضوع.",
        supported="ليست كلمات المصدر نفسها، وقد قورنت به",
        contradicted="المصدر المذكور يقول غير ذلك",
        unsupported="لا يؤيده المصدر المذكور",
    ),
    "zh": Labels(
        language="zh",
        lead="要点",
        in_brief="简讯",
        sources="来源",
        notes="说明",
        withheld="未采用的草稿",
        documents="全部文档",
        see_above="见上文“要点”。",
        see_also="另见",
        skip="跳到正文",
        source="来源 {n}",
        back="返回原句",
        characters="字符",
        page="第 {n} 页",
        sole_source="全部内容来自同一来源：{source}。",
        degraded="降级：部分内容模型未能完成，改用来源原句。",
        partial="不完整：缺少某个来源或主题。",
        supported="非来源原话，已与来源核对",
        contradicted="所引来源的说法与此不同",
        unsupported="所引来源不支持此说法",
    ),
    "ja": Labels(
        language="ja",
        lead="要点",
        in_brief="短信",
        sources="出典",
        notes="注記",
        withheld="不採用の下書き",
        documents="すべての文書",
        see_above="上の「要点」を参照。",
        see_also="関連",
        skip="本文へ移動",
        source="出典{n}",
        back="文に戻る",
        characters="文字位置",
        page="{n}ページ",
        sole_source="内容はすべて一つの出典によるものです：{source}。",
        degraded="縮退：モデルが失敗した部分は出典の原文のままです。",
        partial="不完全：欠けている出典または話題があります。",
        supported="出典の原文どおりではなく、出典と照合済み",
        contradicted="引用元の記述と食い違う",
        unsupported="引用元では裏付けられない",
    ),
}


def labels(language: str) -> Labels:
    """Return the labels of a language given by its code ("pt-BR"), English where there are none."""
    primary = language.replace("_", "-").partition("-")[0].lower()
    return _LABELS.get(primary, _LABELS["en"])


def direction(language: str) -> Direction:
    """Return the direction a language is written in; "auto" where the language is not known."""
    primary = language.partition("-")[0].lower()
    if primary in {"", "und"}:
        return "auto"
    return "rtl" if primary in _RIGHT_TO_LEFT else "ltr"
