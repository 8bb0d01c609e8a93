import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.language import code, detect

SENTENCES = {
    "ar": "انهار السد يوم الثلاثاء بعد هطول أمطار غزيرة على المنطقة.",
    "de": "Der Damm brach am Dienstag nach starkem Regen im ganzen Tal, sagte die Polizei.",
    "en": "The dam broke on Tuesday after heavy rain across the valley, the police said.",
    "es": "El dique se rompió el martes tras una fuerte lluvia en el valle, dijo la policía.",
    "fr": "Le barrage a cédé mardi après de fortes pluies dans la vallée, selon la police.",
    "hi": "मंगलवार को घाटी में भारी बारिश के बाद बांध टूट गया, पुलिस ने कहा।",
    "ja": "大雨の後、火曜日にダムが決壊し、町の下部が浸水したと警察が発表した。",
    "ru": "Плотина прорвалась во вторник после сильного дождя, сообщила полиция.",
    "th": "เขื่อนแตกเมื่อวันอังคารหลังจากฝนตกหนักทั่วทั้งภูมิภาค",
    "zh": "大雨过后，大坝于周二决堤，洪水淹没了整个下城区，警方表示。",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_sentence_is_recognised(language: str, sentence: str) -> None:
    assert detect(sentence) == language


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("\u3042", "ja"),
        ("서울", "ko"),
        ("大坝", "zh"),
        ("ไทย", "th"),
        ("שלום", "he"),
        ("Ωμέγα", "el"),
        ("বাংলা", "bn"),
    ],
)
def test_word_too_short_to_tell_by_is_named_by_its_script(word: str, language: str) -> None:
    assert detect(word) == language


@pytest.mark.parametrize("text", ["", " \n", "ok", "2026-03-04", "!?", "Q4: 12.5%"])
def test_text_without_enough_letters_is_undetermined(text: str) -> None:
    assert detect(text) == "und"


@given(st.text())
def test_any_text_gets_a_code(text: str) -> None:
    assert code(detect(text)) == detect(text)


def test_line_breaks_do_not_change_the_language() -> None:
    assert detect(SENTENCES["fr"].replace(" ", "\n")) == "fr"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("pt-BR", "pt"), ("EN", "en"), ("zh_Hans", "zh"), (" de ", "de"), ("eng", "eng")],
)
def test_tag_is_reduced_to_its_code(tag: str, expected: str) -> None:
    assert code(tag) == expected


@pytest.mark.parametrize("tag", [None, "", " ", "english", "e", "1a", "<b>"])
def test_what_is_no_tag_has_no_code(tag: str | None) -> None:
    assert code(tag) is None
