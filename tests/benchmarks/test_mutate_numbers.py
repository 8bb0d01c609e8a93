import re

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.mutate import numbers
from benchmarks.mutate.source import Source
from benchmarks.mutate.words import words

EN = words("en")


def of(text: str, language: str = "en") -> Source:
    return Source(text, language, text)


@given(st.integers(2, 1_799))
def test_changed_number_is_another_one_of_the_same_form(value: int) -> None:
    text = f"The storm damaged {value} houses there."
    found = list(numbers.number_changed(of(text), EN))
    assert found
    for changed in found:
        new = int(re.findall(r"\d+", changed)[0])
        assert new != value
        assert len(str(new)) == len(str(value))


@given(st.integers(20, 99))
def test_at_least_is_only_raised_and_at_most_only_lowered(value: int) -> None:
    raised = numbers.number_changed(of(f"It killed at least {value} people."), EN)
    lowered = numbers.number_changed(of(f"It killed up to {value} people."), EN)
    assert all(int(re.findall(r"\d+", text)[0]) > value for text in raised)
    assert all(int(re.findall(r"\d+", text)[0]) < value for text in lowered)


def test_number_words_become_other_number_words() -> None:
    found = set(numbers.number_changed(of("Police arrested two men."), EN))
    assert "Police arrested three men." in found
    assert not any("twenty" in text for text in found)


def test_years_dates_times_lists_and_compounds_are_no_numbers() -> None:
    for text in (
        "It opened in 1998 at last.",
        "It opened on 5 May at last.",
        "It opened at 9 am at last.",
        "3. It opened at last today.",
        "It cost two hundred and fifty euros.",
        "The F-16 landed at gate B12 at last.",
    ):
        assert not list(numbers.number_changed(of(text), EN)), text


def test_unit_is_exchanged_behind_number_and_scale_and_only_there() -> None:
    found = set(numbers.unit_changed(of("It is 40 miles long, miles from here."), EN))
    assert found == {
        "It is 40 kilometres long, miles from here.",
        "It is 40 metres long, miles from here.",
        "It is 40 kilometers long, miles from here.",
        "It is 40 meters long, miles from here.",
        "It is 40 km long, miles from here.",
    }
    assert "It cost $3 billion." in set(numbers.unit_changed(of("It cost $3 million."), EN))


def test_currency_is_exchanged_by_sign_word_and_position() -> None:
    assert "It cost €3 then." in set(numbers.currency_changed(of("It cost $3 then."), EN))
    assert "It cost US$3 then." not in set(numbers.currency_changed(of("It cost $3 then."), EN))
    assert "It cost 3 euros." in set(numbers.currency_changed(of("It cost 3 dollars."), EN))
    german = numbers.currency_changed(of("Es kostet 3 € pro Tag.", "de"), words("de"))
    assert "Es kostet 3 $ pro Tag." in set(german)


def test_two_numbers_change_places_when_each_has_a_noun() -> None:
    swapped = numbers.bound_to_another_noun(of("It carried 216 passengers and 12 crew."), EN)
    assert list(swapped) == ["It carried 12 passengers and 216 crew."]


def test_numbers_that_count_the_same_or_no_noun_stay() -> None:
    for text in (
        "It rose to 50 from 40 points.",
        "Some 10 to 20 people came.",
        "They won 6 of 7 games.",
        "It killed 5 men and 5 dogs.",
        "Category 5 storms killed 80 people.",
        "It is 100 metres (328 feet) long.",
        "Two men met 12 dogs.",
        "It rose 3 per cent and 4 Percent.",
        "The flight 44 sent 24 signals.",
        "It hit 6 towns and 8.",
        "It killed 3 men and 4 men.",
    ):
        assert not list(numbers.bound_to_another_noun(of(text), EN)), text


def test_format_keeps_the_value() -> None:
    assert set(numbers.format_changed(of("Some 1,200 people came."), EN)) == {
        "Some 1200 people came."
    }
    assert set(numbers.format_changed(of("It cost 1.5 million euros."), EN)) == {
        "It cost 1,500,000 euros."
    }
    assert set(numbers.format_changed(of("In all two men came."), EN)) == {"In all 2 men came."}
    assert set(numbers.format_changed(of("In all 12 men came."), EN)) == {"In all twelve men came."}
    assert not list(numbers.format_changed(of('He saw "12 men" there.'), EN))
    assert not list(numbers.format_changed(of("The Group of 20 met."), EN))


def test_chinese_scales_are_written_in_digits() -> None:
    found = numbers.format_changed(of("共有3.2万人参加。", "zh"), words("zh"))
    assert list(found) == ["共有32,000人参加。"]
