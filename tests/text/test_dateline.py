import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text import dateline

DATELINES = [
    "KESSEL, March 3 (Northern Wire) - |At least 14 people died.",
    "NEW YORK, N.Y. (AP) - |A gate broke.",
    "PORTLAND, Ore. (AP) \u2014 |A gate broke.",
    "ST. LOUIS (AP) -- |A gate broke.",
    "WASHINGTON, D.C., March 3 (Reuters) - |The Senate voted.",
    "KESSEL, 3 March 2026 \u2014 |A gate broke.",
    "SINGAPORE: |A man was jailed.",
    "(Reuters) - |The Senate voted.",
    "Madrid, 3 mar (EFE).- |El Gobierno votó.",
    "Bogotá, 3 de marzo (EFE) - |El Gobierno votó.",
    "PARIS (AFP) - |Le Sénat a voté.",
    "Paris, le 3 mars 2026 (AFP) \u2013 |« Le Sénat a voté ».",
    "Berlin (dpa) - |Der Bundestag stimmte zu.",
    "Frankfurt am Main (dpa/lhe) \u2013 |Die Bank erhöht die Zinsen.",
    "(ANSA) - ROMA, 03 MAR - |La banca alza i tassi.",
    "Lisboa, 03 mar (Lusa) \u2013 |O banco subiu os juros.",
    "МОСКВА, 3 мар - |Банк повысил ставку.",
    "ANKARA (AA) - |Banka faizi artırdı.",
    "القاهرة (رويترز) - |رفع البنك سعر الفائدة.",
    "القاهرة، 3 مارس (رويترز) - |رفع البنك سعر الفائدة.",
    "القاهرة - رويترز: |رفع البنك سعر الفائدة.",
    "دبي ـ «الشرق الأوسط» - |رفع البنك سعر الفائدة.",
    "新华社北京9月19日电 |水坝决堤。",
    "新华社北京9月19日电（记者王明）|水坝决堤。",
    "（新加坡16日讯）|一名男子被捕。",
    "（中央社台北3日電）|水壩決堤。",
    "【本报北京讯】|水坝决堤。",
    "本报讯（记者王明）|水坝决堤。",
    "【ソウル共同】|ダムが決壊した。",
    "（東京 3日 ロイター）|ダムが決壊した。",
    "(서울=연합뉴스) 김철수 기자 = |댐이 무너졌다.",
]
NONE = [
    "",
    "At least 14 people were killed on Tuesday.",
    "The minister said: we will not pay.",
    "Rates - and fares - rise on Tuesday.",
    "The maker of phones (Apple) - Apple of Cupertino - fell.",
    "Apple (the maker) - the one of Cupertino - fell.",
    "Он сказал: «Нет», и ушёл.",
    "قال الرئيس المصري: لن ندفع.",
    "他说：我们不会付钱。",
    "中国中央电视台电视剧很好看。",
    "（新加坡16日讯）",
    "Washington is far. (AP) - The end.",
]


@pytest.mark.parametrize("case", DATELINES)
def test_dateline_ends_where_the_report_begins(case: str) -> None:
    opening, rest = case.split("|")
    assert dateline.end(opening + rest) == len(opening)


@pytest.mark.parametrize("sentence", NONE)
def test_sentence_that_is_no_dateline_begins_at_once(sentence: str) -> None:
    assert dateline.end(sentence) == 0


@given(st.text(), st.sampled_from([case.split("|")[0] for case in DATELINES]))
def test_what_is_left_of_a_sentence_is_never_empty(text: str, opening: str) -> None:
    whole = opening + text
    assert 0 <= dateline.end(whole) < max(1, len(whole))
