import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text.anchors import Anchor, find
from summarizer.text.transliterate import skeleton


def shared(one: tuple[str, str], other: tuple[str, str]) -> set[Anchor]:
    return find(*one).keys() & find(*other).keys()


@pytest.mark.parametrize(
    ("one", "other", "anchor"),
    [
        (("Ms Kolvik said.", "en"), ("وقالت كولفيك أمس", "ar"), ("sound", "krfk")),
        (("Mr Graner denied it.", "en"), ("גרנר נמצא אשם", "he"), ("sound", "krnr")),
        (("Mr Graner denied it.", "en"), ("Вчера Гранер сказал.", "ru"), ("sound", "krnr")),
        (("Mr Putin left.", "en"), ("В Путине дело.", "ru"), ("sound", "btn")),
        (("Elon Musk spoke.", "en"), ("イーロン・マスク氏は話した。", "ja"), ("sound", "msk")),
        (("Optus lost data.", "en"), ("继Optus后新加坡电信", "zh"), ("name", "optus")),
        (("The NTU team", "en"), ("南大（NTU）科学家", "zh"), ("name", "ntu")),
        (("The talks of Asean", "en"), ("Mesyuarat ASEAN itu", "ms"), ("name", "asean")),
        (("Japan was hit", "en"), ("Taufan landa Jepun", "ms"), ("place", "JP")),
        (("on 14 April", "en"), ("يوم 14 أبريل", "ar"), ("day", "4-14")),
        (("3.75%", "en"), ("3,75 %", "es"), ("number", "3.75")),
        (("the inflation", "en"), ("la inflación", "es"), ("stem", "infla")),
    ],
)
def test_what_survives_translation_is_shared(
    one: tuple[str, str], other: tuple[str, str], anchor: Anchor
) -> None:
    assert anchor in shared(one, other)


def test_a_particle_written_with_a_name_does_not_hide_it() -> None:
    assert ("sound", skeleton("Kessel")) in find("في ميناء بكيسيل", "ar")
    assert ("sound", skeleton("Graner")) in find("הדיון בגרנר נדחה", "he")


def test_a_place_is_no_name_as_well() -> None:
    found = find("They met in Indonesia.", "en")
    assert ("place", "ID") in found
    assert not {anchor for anchor in found if anchor[0] in {"name", "stem", "sound"}}


def test_a_word_that_is_also_written_small_is_no_name() -> None:
    assert ("name", "ferri") not in find("Ferry sinks. The ferry was old.", "en")
    assert ("name", "heron") in find("Heron sinks. The ferry was old.", "en")


def test_a_latin_name_inside_another_script_is_compared_as_it_is_written() -> None:
    assert {kind for kind, _ in find("特斯拉Rockstar公司", "zh")} == {"name", "stem"}


def test_months_and_stop_words_are_no_names() -> None:
    assert find("The. September. With.", "en") == {}


@given(st.text(), st.sampled_from(["en", "zh", "ar", "he", "ru", "hi", "ja", "th", "und"]))
def test_every_anchor_tells_something(text: str, language: str) -> None:
    assert all(0 < weight <= 1 for weight in find(text, language).values())


@given(st.text(alphabet="aB 1月日Жک字カ.", max_size=60))
def test_the_same_text_has_the_same_anchors_in_the_same_order(text: str) -> None:
    assert list(find(text, "en").items()) == list(find(text, "en").items())
