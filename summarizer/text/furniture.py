"""Sentences that belong to the page and not to the report: labels, bylines, credits, calls.

The patterns hold what news pages print around articles, in the languages with the most news. They
look at one sentence without its neighbours, so they name only what no report would say.
"""

import re

_ADDRESS = re.compile(r"https?://|www\.|@(?<=\S@)\S+\.\w|pic\.twitter\b")  # in lower case
_LABEL = re.compile(
    r"(?:by|photos?|photograph|images?|pictured?|caption|video|watch|listen|file photo|credits?|"
    r"sources?|tags?|topics?|share|related|advertisement|read more|read also|see also|also read|"
    r"more on this|updated|published|posted|editor'?s note|contact|"
    r"fotos?|bild(?:er)?|quelle|stand|redaktion|mehr zum thema|lesen sie (?:auch|mehr)|"
    r"photo d'archives|crédits? photos?|vidéo|(?:à )?lire aussi|voir aussi|"
    r"imagen|fuente|redacción|le[ae] también|le[ae] más|te puede interesar|"
    r"leia também|leggi anche|lees ook|læs også|läs även|читайте также|фото|источник|"
    r"اقرأ أيضاً?|اقرأ المزيد|شاهد أيضاً?|(?:مصدر ال)?صورة|المصدر|كتبت?|تقرير|إعداد|تحرير|تصوير|"
    r"ترجمة)\s*[:|]",
    re.IGNORECASE,
)
# What the reader of a page is told to do: never how a report begins.
_CALL = re.compile(
    r"read (?:more|also|the full|our|next)\b|(?:learn|find out) more\b|"
    r"see (?:more|also|the full)\b|"
    r"(?:watch|listen to) (?:the|this|our|more)\b.*\b(?:above|below|here|now|video|podcast)\b|"
    r"(?:click|swipe|scroll) (?:here|on|the|through|down|to)\b|tap (?:here|to)\b|more stories\b|"
    r"join (?:us|our)\b|support our\b|get (?:the latest|(?:the|our) app)\b|"
    r"stay (?:tuned|up to date)\b|share (?:this|on|via)\b|"
    r"lesen sie (?:auch|hier|mehr|dazu)\b|mehr (?:dazu|zum thema)\b|(?:hier )?klicken sie\b|"
    r"(?:folgen sie uns|abonnieren sie)\b|(?:jetzt|hier) (?:abonnieren|anmelden)\b|"
    r"teilen sie (?:diesen|den|die|das)\b|"
    r"(?:à )?lire (?:aussi|également)\b|voir aussi\b|cliquez\b|suivez-nous\b|abonnez-vous\b|"
    r"inscrivez-vous\b|partage[rz] (?:cet|l'|sur|via)|en savoir plus\b|"
    r"retrouvez (?:tous|toute|nos)\b|"
    r"(?:lea|lee|leer|ver) (?:también|más)\b|ha(?:ga|z) clic\b|sígu?[ea]nos\b|suscríb[ae]|"
    r"compart(?:e|a|ir) (?:est[ae]|en|vía)\b|más información (?:en|aquí)\b|te puede interesar\b|"
    r"leia (?:também|mais)\b|leggi anche\b|clicca\b|lees ook\b|klik hier\b|"
    r"اقرأ (?:أيضا|أيضاً|ايضا|المزيد)|للمزيد|لمزيد من (?:المعلومات|التفاصيل|الأخبار)|"
    r"شاهد (?:أيضا|أيضاً|الفيديو)|تابعونا|تابعنا|اشترك(?:وا)? (?:الآن|في (?:النشرة|القناة|قناتنا))|"
    r"شارك(?:وا)? (?:هذا )?(?:الخبر|المقال|الموضوع)|(?:انقر|اضغط)(?:وا)? هنا|"
    r"[点點][击擊](?![量率])|[阅閱][读讀](?:更多|全文|原文)|延伸[阅閱][读讀]|更多(?:新闻|新聞|精彩)|"
    r"[关關]注(?:我[们們]|本报|微信)|扫码|扫描(?:上方|下方|二维码)|分享(?:到|至|本文|此文)|"
    r"[订訂][阅閱]|続きを読む|あわせて読みたい|関連記事|詳しくはこちら",
    re.IGNORECASE,
)
_PARTICLES = r"(?: (?:and|und|et|y|e|de|del|della|van|von|der|den|da|dos|la|le|al|bin))*"
_BYLINE = re.compile(
    rf"(?i:(?:ein bericht |propos recueillis |reportage )?(?:by|von|par|por|di))"
    rf"{_PARTICLES}(?: [^\W\da-z_][\w.'-]*,?{_PARTICLES}){{2,9}}(?: \([^()]{{2,30}}\))?\.?$"
    r"|بقلم\b"
    r"|(?:本[报報刊台]|新[华華]社)?(?:特约|实习)?[记記]者"
    r"(?:[^，,。]{2,14}(?:[报報][道導]|[摄攝])。?| ?[^\W\d_]{2,4}(?: [^\W\d_]{2,4}){0,2})$"
    r"|(?:[记記]者|[图圖]片?|撰?文|[摄攝]影?|[责責]?任?[编編][辑輯]?|[编編][译譯]|[资資]?料?[来來]源|"
    r"原[标標][题題]|作者|采写|校[对對])\s*[:：/／|｜丨]"
)
_DATED = re.compile(  # "Publié le 3 mars 2026 à 10h.", but not "Publié le 3 mars, le rapport ..."
    r"(publi[ée]e?|mis à jour|modifié) le [^,]{3,40}$|(veröffentlicht|aktualisiert) am [^,]{3,40}$"
    r"|(publicado|actualizado) (el|a las) [^,]{3,40}$"
    r"|(first )?(published|updated) (on|at) [^,]{3,40}$",
    re.IGNORECASE,
)
_PHRASE = re.compile(  # in lower case, which is faster than to ignore case
    r"\b(click here|sign up (for|to)|subscribe|our newsletter|follow us|all rights reserved|"
    r"copyright|terms of (use|service)|privacy policy|use cookies|log in to|download (our|the) app|"
    r"getty images|ap photo|shutterstock|this (article|story) (was|has been) (first|originally)|"
    r"share this|shares? on (facebook|twitter)|hide caption|toggle caption|story continues|"
    r"contributed to this report|reporting by|editing by|begin (video|clip)|end (video|clip)|"
    r"transcript|alle rechte vorbehalten|unser(en|em)? newsletter|dieser (artikel|text) erschien|"
    r"tous droits réservés|notre newsletter|cet article (est|a été) (paru|publié)|"
    r"todos los derechos reservados|nuestr[oa] (boletín|newsletter)|con información de [^\W\d_]+|"
    r"tutti i diritti riservati|todos os direitos reservados)\b|\u00a9"
)
_FOREIGN_PHRASE = re.compile(
    r"جميع الحقوق محفوظة|النشرة البريدية|نشرتنا|版[权權]所有|未[经經]授[权權]|不得[转轉][载載]|"
    r"微信公众号|二维码|無断転載|[责責]任[编編][辑輯]"
)
_CREDIT = re.compile(
    r"\((photos?|image|picture|file|reuters|ap|afp|getty|via|foto|bild|crédit)\b[^()]*\)\W*$"
    r"|（(?:[图圖]|[记記]者|[编編]|[来來]源|资料图|資料圖)[^（）]*）\W*$",
    re.IGNORECASE,
)
_SPEAKER_CUE = re.compile(r"[^\W\da-z_][^\W\da-z_ .'-]{2,30}[^\W\da-z_](\s*\([^)]*\))?:\s")


def is_furniture(text: str) -> bool:
    """Tell whether a sentence or a title belongs to the page it stood on."""
    lowered = text.lower()
    return (
        any(pattern.match(text) for pattern in (_LABEL, _CALL, _BYLINE, _DATED, _SPEAKER_CUE))
        or any(pattern.search(lowered) for pattern in (_ADDRESS, _PHRASE, _CREDIT))
        or (not text.isascii() and _FOREIGN_PHRASE.search(text) is not None)
    )
