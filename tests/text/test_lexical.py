from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.lexical import content_stems, count_words, stems, words

TOKENS = st.lists(st.text(st.characters(categories=["Ll"]), min_size=1, max_size=12), max_size=20)
LANGUAGES = st.sampled_from(["ar", "de", "en", "fi", "hi", "ru", "ta", "tr", "und", "zh"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam, it's said, broke.", ["the", "dam", "it's", "said", "broke"]),
        ("l\u2019eau monte", ["l'eau", "monte"]),
        ("3.75 percent, 1,800 jobs", ["3.75", "percent", "1,800", "jobs"]),
        ("किसान आंदोलन", ["किसान", "आंदोलन"]),
        ("السَّلام عليكم", ["السَّلام", "عليكم"]),
        ("大坝决堤", ["大坝", "坝决", "决堤"]),
        ("水", ["水"]),
        ("GDP增长3%", ["gdp", "增长", "3"]),
        ("ไทย", ["ไท", "ทย"]),
        ("серия «А»", ["серия", "а"]),
        ("", []),
        ("... \u2014 !", []),
    ],
)
def test_words_of_a_script(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("word", ["เขื่อน", "ຫຼວງ", "မြန်မာ", "ខ្មែរ"])
def test_marks_of_unspaced_scripts_belong_to_their_pairs(word: str) -> None:
    assert words(word) == [word[i : i + 2] for i in range(len(word) - 1)]


@given(st.text())
def test_words_are_lower_case_without_spaces(text: str) -> None:
    assert all(word == word.lower() and not any(map(str.isspace, word)) for word in words(text))


@given(st.text(st.characters(codec="ascii")))
def test_ascii_text_has_the_same_words_beside_another_script(text: str) -> None:
    assert words(f"{text} \u0436") == [*words(text), "\u0436"]


@given(st.text(), st.text())
def test_words_of_two_lines_are_those_of_each(a: str, b: str) -> None:
    # A capital sigma is lowered by what stands around it, so neighbours may not change.
    assert words(f"{a}\n{b}") == words(a) + words(b)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam broke on Tuesday.", 5),
        ("a \u2014 b ... c", 3),
        ("well-known U.S. 3.75%", 3),
        ("大坝决堤", 2),
        ("大坝决", 2),
        ("เขื่อนแตก", 3),
        ("GDP增长3%", 3),
        ("किसान आंदोलन", 2),
        ("", 0),
    ],
)
def test_words_are_counted_as_a_reader_would(text: str, expected: int) -> None:
    assert count_words(text) == expected


@given(st.integers(0, 60))
def test_two_chinese_characters_count_as_one_word(n: int) -> None:
    assert count_words("水" * n) == -(-n // 2)


@given(st.integers(0, 60))
def test_four_thai_characters_count_as_one_word(n: int) -> None:
    assert count_words("\u0e01" * n) == -(-n // 4)


@given(st.text(), st.text())
def test_spaced_words_add_up(a: str, b: str) -> None:
    # Each text may round up by one for either unspaced script.
    total = count_words(a) + count_words(b)
    assert total - 2 <= count_words(f"{a} {b}") <= total


@given(TOKENS, LANGUAGES)
def test_each_token_has_one_stem(tokens: list[str], language: str) -> None:
    assert len(stems(tokens, language)) == len(tokens)


@given(TOKENS, LANGUAGES)
def test_short_words_are_left_alone(tokens: list[str], language: str) -> None:
    short = [token for token in tokens if len(token) < 4]
    assert stems(short, language) == short


def test_short_words_that_look_inflected_are_left_alone() -> None:
    assert stems(["was", "his", "gas"], "en") == ["was", "his", "gas"]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["running", "runs"]),
        ("de", ["häuser", "häusern"]),
        ("es", ["muertos", "muerto"]),
        ("ru", ["плотина", "плотины"]),
        ("hi", ["किताबें", "किताबों"]),
    ],
)
def test_forms_of_a_word_share_a_stem(language: str, forms: list[str]) -> None:
    assert len(set(stems(forms, language))) == 1


def test_language_without_an_algorithm_keeps_its_words() -> None:
    assert stems(["running", "大坝"], "zh") == ["running", "大坝"]


def test_stems_are_the_same_in_every_thread() -> None:
    texts = [["evacuations", "ratings", f"{'flooding' * i}s"] for i in range(200)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda tokens: stems(tokens, "en"), texts))
    assert found == [stems(tokens, "en") for tokens in texts]


def test_content_stems_leave_stop_words_out_and_keep_the_order() -> None:
    assert content_stems(words("The dams were flooding the valleys"), "en") == [
        "dam",
        "flood",
        "vallei",
    ]
