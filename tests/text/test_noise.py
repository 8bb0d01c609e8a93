import codecs
from base64 import b32encode, b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.noise import is_code, is_noise

SENTENCE = (
    "The river rose by two metres in the night and the mayor had all bridges closed to traffic."
)


@pytest.mark.parametrize(
    "text",
    [
        b64encode(SENTENCE.encode()).decode(),
        b32encode(SENTENCE.encode()).decode(),
        SENTENCE.encode().hex(),
        "".join(f"\\x{byte:02x}" for byte in b"river"),
        "The answer is in LANG_EN_NAME as everybody knows.",
        "Then run() was called by the man on the bridge.",
        "The <b>river</b> rose by two metres in the night.",
        "He said z" + 80 * "z" + " and no more.",
    ],
)
def test_code_keys_and_endless_words_are_code(text: str) -> None:
    assert is_code(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (codecs.encode(SENTENCE, "rot13"), "en"),
        (SENTENCE[::-1], "en"),
        ("Вода поднялась на два метра за одну ночь.", "en"),
        ("河水一夜之间上涨了两米。", "de"),
        ("Η στάθμη του ποταμού ανέβηκε δύο μέτρα.", "ar"),
    ],
)
def test_scrambled_text_and_other_scripts_are_noise(text: str, language: str) -> None:
    assert is_noise(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SENTENCE, "en"),
        (SENTENCE, "zh"),
        ("Das Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz gilt nicht.", "de"),
        ("アンナ・ロート市長は軍にボートとヘリコプターの派遣を求めた。", "ja"),
        ("XRP、Avalanche和Polkadot等代币出现了更大的损失。", "zh"),
        ("Boeing's 737-800 and the Ka-31 were built with www.example.com in mind.", "en"),
        ("Two men met 周永康 in Beijing in the spring.", "en"),
        ("Вода поднялась на два метра за одну ночь.", "und"),
        ("", "en"),
    ],
)
def test_sentence_with_names_of_any_script_is_none(text: str, language: str) -> None:
    assert not is_noise(text, language)


@given(st.text(), st.sampled_from(["en", "ja", "ar", "und"]))
def test_any_text_is_judged(text: str, language: str) -> None:
    assert is_noise(text, language) in {True, False}
