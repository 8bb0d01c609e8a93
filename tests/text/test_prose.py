import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.dateline import end as dateline_end
from summarizer.text.prose import (
    MAX_HEADLINE_CHARS,
    is_balanced,
    is_dangling,
    is_headline,
    is_prose,
)

SENTENCES = {
    "ar": "انهار السد يوم الثلاثاء بعد هطول أمطار غزيرة.",
    "de": "Der Damm sei sicher, „seit vielen Jahren“, sagte Bürgermeisterin Anna Roth.",
    "en": "The dam broke on Tuesday after heavy rain.",
    "es": "«El dique se rompió el martes», dijo Rubén Osorno.",
    "fr": "Le barrage a cédé mardi après de fortes pluies.",
    "hi": "मंगलवार को भारी बारिश के बाद बांध टूट गया।",
    "ja": "大雨の後、火曜日にダムが決壊し、町の下部が浸水した。",
    "ru": "Плотина прорвалась во вторник после сильного дождя.",
    "th": "เขื่อนแตกเมื่อวันอังคารหลังจากฝนตกหนักทั่วทั้งภูมิภาค",
    "zh": "大雨过后，大坝于周二决堤，洪水淹没了整个下城区。",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_ordinary_sentence_is_prose(language: str, sentence: str) -> None:
    assert is_prose(sentence, language)


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_ordinary_sentence_stands_alone(language: str, sentence: str) -> None:
    assert not is_dangling(sentence, language)


@pytest.mark.parametrize(
    "sentence",
    [
        '"We will give the investigators everything they ask for," said Gregor Thane.',
        "“She went over in less than four minutes,” Commander Lena Ashcombe told reporters.",
        "Was the gate inspected in May, as the operator had promised?",
        "The plant (the third in the region) opens in 2027.",
        "Shares of Hesker Cells rose 4.5% to 112.30 crowns on Wednesday.",
    ],
)
def test_sentence_with_quotation_brackets_or_figures_is_prose(sentence: str) -> None:
    assert is_prose(sentence, "en")


@pytest.mark.parametrize(
    "furniture",
    [
        "By Anna-Maria Roth Ketteridge Doe.",
        "By Jane Doe and Anna Roth, staff reporters",
        "Von Anna Maria Roth Ketteridge.",
        "Photo: The bridge of Kessel at dawn on Tuesday.",
        "Read more: how the dam above the town broke.",
        "Related | The week in pictures from the lower town.",
        "Sign up for our newsletter and never miss a story.",
        "Follow us on every network for the latest news.",
        "All rights reserved by the publisher of this page.",
        "Copyright 2026 Harbour Post and its many partners.",
        "Residents cross the bridge at dawn on Tuesday. (AP Photo/Jane Doe)",
        "The whole report is at https://harbourpost.example/report today.",
        "Write to the desk at desk@harbourpost.example with your news.",
        "ASHCOMBE: We reached most of them within the hour.",
        "Foto: El puente de Kessel al amanecer del martes.",
    ],
)
def test_furniture_of_a_page_is_no_prose(furniture: str) -> None:
    assert not is_prose(furniture, "en")


@pytest.mark.parametrize(
    "piece",
    [
        "The dam broke on Tuesday after heavy",
        "The dam broke on Tuesday after heavy...",
        "The dam broke on Tuesday after heavy rain\u2026",
        "and the dam broke on Tuesday near Kessel.",
    ],
)
def test_cut_sentence_is_no_prose(piece: str) -> None:
    assert not is_prose(piece, "en")


@pytest.mark.parametrize(
    "unbalanced",
    [
        '"The dam broke on Tuesday after heavy rain.',
        "“The dam broke on Tuesday after heavy rain.",
        "The dam broke on Tuesday,” said the mayor.",
        "«The dam broke on Tuesday after heavy rain.",
        "The dam (built in 1978 broke on Tuesday.",
        "„Der Damm brach am Dienstag nach dem Regen.",
    ],
)
def test_sentence_with_an_open_quotation_or_bracket_is_no_prose(unbalanced: str) -> None:
    assert not is_prose(unbalanced, "en")


@pytest.mark.parametrize(
    "tokenised",
    [
        'The mayor said " the dam " held on Tuesday.',
        'The mayor said the dam " is in danger ".',
        '"the dam held, " said the mayor on Tuesday.',
    ],
)
def test_quotation_with_space_inside_its_marks_is_closed(tokenised: str) -> None:
    assert is_balanced(tokenised)


@pytest.mark.parametrize(
    "row", ["Kessel 12 14 33 2 1 5 8 13 21 34.", "1978 2003 2012 2026 4.6 3.1 1.8 1.4."]
)
def test_row_of_figures_is_no_prose(row: str) -> None:
    assert not is_prose(row, "en")


@pytest.mark.parametrize("n_words", [1, 4, 81, 500])
def test_sentence_too_short_or_too_long_is_no_prose(n_words: int) -> None:
    assert not is_prose("Water" + " rose" * (n_words - 1) + ".", "en")


@given(st.text(), st.sampled_from(["en", "th", "und"]))
def test_any_text_is_judged(text: str, language: str) -> None:
    assert not (is_prose(text, language) and len(text.split()) > 80)
    assert is_dangling(text, language) in {True, False}
    assert 0 <= dateline_end(text) <= len(text)
    assert not (is_headline(text) and len(text) > MAX_HEADLINE_CHARS)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "He said the dam had been inspected in May."),
        ("en", "They were taken to the hospital of Kessel."),
        ("en", "However, the dam broke on Tuesday."),
        ("en", "In addition, the dam broke on Tuesday."),
        ("en", '"It was too late for all of the town," he said.'),
        ("en", "“The town had no warning at all,” said he."),
        ("fr", "Il avait été inspecté en mai par la société."),
        ("de", "Er wurde im Mai von der Gesellschaft geprüft."),
        ("en", "..."),
    ],
)
def test_sentence_that_leans_on_one_before_it_is_dangling(language: str, sentence: str) -> None:
    assert is_dangling(sentence, language)


def test_speaker_named_beside_the_quotation_does_not_dangle() -> None:
    assert not is_dangling('"The town had no warning," said Mayor Ines Aldana.', "en")


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("KESSEL, March 3 (Northern Wire) - ", "At least 14 people were killed on Tuesday."),
        ("SINGAPORE: ", "A man was jailed for nine months."),
        ("London (AP) \u2014 ", "Two banks raised their rates."),
        ("WASHINGTON (Reuters) \u2013 ", "The Senate voted on Tuesday."),
        ("BERLIN -- ", "The cabinet met on Tuesday."),
        ("KESSEL - ", "A gate of the dam broke."),
    ],
)
def test_dateline_ends_where_the_sentence_begins(dateline: str, rest: str) -> None:
    assert dateline_end(dateline + rest) == len(dateline)


@pytest.mark.parametrize(
    "sentence",
    [
        "At least 14 people were killed on Tuesday.",
        "The minister said: we will not pay.",
        "Rates - and fares - rise on Tuesday.",
        "",
    ],
)
def test_sentence_without_a_dateline_begins_at_once(sentence: str) -> None:
    assert dateline_end(sentence) == 0


@pytest.mark.parametrize(
    "title",
    [
        "Dam gate fails above Kessel",
        "奥伦大坝闸门破裂",
        "البنك المركزي في فارو يرفع سعر الفائدة",
        "“No warning at all”: a town under water",
        "UN warns of drought",
    ],
)
def test_title_that_says_something_can_head_a_story(title: str) -> None:
    assert is_headline(title)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Live updates",
        "DAM GATE FAILS ABOVE KESSEL",
        "Dam gate fails above...",
        "Dam gate fails above “Kessel",
        "Video: Dam gate fails above Kessel",
        "Dam gate fails: www.harbourpost.example",
        "Dam gate fails above Kessel " * 6,
    ],
)
def test_label_shout_or_piece_cannot_head_a_story(title: str) -> None:
    assert not is_headline(title)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The company has offered 4.5."),
        ("en", "Minister Renn said 1,800."),
        ("en", "The union of the drivers wants 6.5."),
        ("de", "Die Ministerin Renn sagte 1.850."),
        ("fr", "L'entreprise de Kessel propose 4,5."),
    ],
)
def test_sentence_that_leans_on_the_unit_of_another_figure_is_no_prose(
    language: str, sentence: str
) -> None:
    assert not is_prose(sentence, language)


@pytest.mark.parametrize(
    "sentence",
    [
        "The death toll in Kessel rose to 14.",
        "The flood in the lower town killed 14.",
        "The dam above the town was built in 1978.",
        "The vote was put off until the end of 2026.",
        "The plant paid the workers $4.5.",
        "The flood began on the night of March 3.",
        "The rule is explained on page 12.",
    ],
)
def test_sentence_that_says_what_its_last_figure_counts_is_prose(sentence: str) -> None:
    assert is_prose(sentence, "en")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("sv", "”Dammen är säker”, sade borgmästare Anna Roth på tisdagen."),
        ("da", "»Dæmningen er sikker«, sagde borgmester Anna Roth tirsdag."),
        ("he", 'דובר צה"ל אמר כי "הסכר נפרץ" ביום שלישי בבוקר.'),
        ("ko", '"물이 금방 들어왔다"고 소방서장이 화요일에 말했다.'),
        ("el", "Γιατί δεν ειδοποιήθηκε κανείς από τους κατοίκους;"),
        ("th", "เขื่อนเหนือเมืองเคสเซลแตกเมื่อเช้าวันอังคาร"),
    ],
)
def test_marks_that_a_language_uses_its_own_way_leave_a_sentence_whole(
    language: str, sentence: str
) -> None:
    assert is_prose(sentence, language)


def test_quotation_that_is_only_closed_is_open_in_scandinavian_marks_too() -> None:
    assert not is_prose("Dammen är säker”, sade borgmästare Anna Roth.", "sv")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh", "他说，大坝已经检查过了。"),
        ("zh", "该公司表示将赔偿所有居民。"),
        ("zh", "但是大坝在周二决堤了。"),
        ("ja", "彼はダムが検査されたと述べた。"),
        ("ja", "この問題は会議で話し合われた。"),
        ("th", "เขากล่าวว่าเขื่อนปลอดภัย"),
        ("th", "อย่างไรก็ตามเขื่อนแตกในวันอังคาร"),
        ("ar", "وقال إن السد كان آمنا منذ سنوات."),
    ],
)
def test_sentence_without_spaces_or_with_joined_words_can_dangle(
    language: str, sentence: str
) -> None:
    assert is_dangling(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh", "其他国家也派出了救援队。"),
        ("ja", "これまでに14人が救助された。"),
        ("ar", "قال وزير الداخلية أحمد الخطيب إن السد آمن."),
    ],
)
def test_sentence_that_only_looks_like_pointing_back_stands_alone(
    language: str, sentence: str
) -> None:
    assert not is_dangling(sentence, language)
