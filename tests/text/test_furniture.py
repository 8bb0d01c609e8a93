import pytest

from summarizer.text.furniture import is_furniture

FURNITURE = {
    "en": [
        "Read more about the flood here.",
        "Learn more about how the dam was built.",
        "Watch the full interview with the mayor above.",
        "Click here for the latest pictures of the flood.",
        "Share this with your friends and family today.",
        "First published on Tuesday 3 March at noon.",
        "By Anna Roth and Paul Lind (Northern Wire)",
    ],
    "de": [
        "Lesen Sie hier alles über den Dammbruch von Kessel.",
        "Mehr zum Thema finden unsere Leser am Ende der Seite.",
        "Teilen Sie diesen Artikel mit Ihren Freunden.",
        "Von Anna Roth und Paul Lind",
        "Alle Rechte vorbehalten, auch die der Übersetzung.",
        "Veröffentlicht am 3. März 2026 um 5 Uhr.",
        "Redaktion: Anna Roth und Paul Lind aus Kessel.",
    ],
    "fr": [
        "À lire aussi sur le barrage de Kessel et sa vallée.",
        "Partagez cet article avec vos amis et vos proches.",
        "Propos recueillis par Anne Roth",
        "Tous droits réservés, reproduction interdite.",
        "Publié le 3 mars 2026 à 10h.",
        "Abonnez-vous pour ne rien manquer de l'actualité.",
    ],
    "es": [
        "Lea también todo sobre la presa de Kessel.",
        "Comparte esta noticia con tus amigos y familiares.",
        "Suscríbete para recibir las noticias cada mañana.",
        "Por Ana Ruiz y Pablo Lind",
        "Redacción: Ana Ruiz, desde la ciudad de Kessel.",
        "Con información de EFE y de otras agencias.",
    ],
    "ar": [
        "اقرأ أيضا كل ما نعرفه عن انهيار السد.",
        "شارك هذا الخبر مع أصدقائك وعائلتك اليوم.",
        "بقلم أحمد الخطيب من مدينة كيسل.",
        "كتب: أحمد الخطيب من مدينة كيسل.",
        "هذا الموقع جميع الحقوق محفوظة لعام كامل.",
    ],
    "zh": [
        "点击查看水坝决堤的最新图片。",
        "分享到朋友圈，让更多人看到。",
        "记者：王明，来自凯塞尔市。",
        "本报记者王明凯塞尔报道。",
        "本報記者 王明",
        "责任编辑：李华，值班主任：张三。",
        "未经授权不得转载本网站的任何内容。",
        "凯塞尔市周二被洪水淹没的街道（图：新华社）",
    ],
    "ja": ["続きを読むにはこちらをクリックしてください。"],
    "it": ["Leggi anche tutto quello che sappiamo della diga."],
}
REPORTS = [
    "Read more widely, she told the pupils, and the town will thank you.",
    "Print sales fell by a tenth in March, the publisher said.",
    "Output at the plant rose to 300 tonnes a day.",
    "Use of the old bridge has been banned since Tuesday.",
    "Make-up artists protested in front of the theatre.",
    "Tap water in the lower town is unsafe, the office said.",
    "Watch towers along the river were rebuilt after 1954.",
    "By Tuesday the water had reached the second floor.",
    "Von Dienstag an gilt in der Stadt ein neues Gesetz.",
    "Publié le 3 mars, le rapport conclut que le barrage était sûr.",
    "Por la tarde el agua llegó a la ciudad baja.",
    "شارك هذا العام ألف شخص في المسابقة.",
    "记者在现场看到，洪水已经退去。",
    "点击量在一天之内超过了一百万次。",
]


@pytest.mark.parametrize("sentence", [s for group in FURNITURE.values() for s in group])
def test_labels_bylines_and_calls_are_furniture(sentence: str) -> None:
    assert is_furniture(sentence)


@pytest.mark.parametrize("sentence", REPORTS[1:])
def test_sentence_of_a_report_that_begins_alike_is_no_furniture(sentence: str) -> None:
    assert not is_furniture(sentence)
