from collections.abc import Mapping, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing import stories
from summarizer.briefing.crosslingual import Joined, join
from summarizer.text.normalise import document
from summarizer.types import Document

DAM = {
    "en": "Orlen dam gate breaks\n\nA gate of the Orlen dam broke at 4.35 a.m. on 12 May and "
    "flooded Kessel, Governor Irena Kolvik said. Some 1,380 people left 415 "
    "homes near Velder bridge.",
    "es": "Se rompe la presa de Orlen\n\nUna compuerta de la presa de Orlen se rompió a las 4.35 "
    "del 12 de mayo e inundó Kessel, dijo la gobernadora Irena Kolvik. Unas 1.380 personas dejaron "
    "415 casas junto al puente Velder.",
    "ru": "Прорвало плотину Орлен\n\nЗатвор плотины Орлен сломался 12 мая в 4.35 и затопил "
    "Кессель, сказала губернатор Ирена Колвик. Около 1380 человек покинули "
    "415 домов у моста Велдер.",
    "zh": "奥尔伦大坝决堤\n\n奥尔伦(Orlen)大坝的闸门5月12日4.35分破裂，淹没凯塞尔(Kessel)，"
    "省长科尔维克(Irena Kolvik)说。约1380人撤离415户。",
}
CUP = {
    "en": "Varrow wins the cup\n\nVarrow Rovers beat Halvern 3-2 before 24,150 people on 12 May; "
    "Tomas Brenner scored twice and Pavel Ketteridge once in the final at Sorrel Park.",
    "es": "Varrow gana la copa\n\nEl Varrow Rovers ganó 3-2 al Halvern ante 24.150 personas el 12 "
    "de mayo; Tomas Brenner marcó dos goles y Pavel Ketteridge uno en la final de Sorrel Park.",
}
# Shares a place and a day with the dam, and little else.
FLOODS_ES = (
    "Un año de riadas\n\nDesde el 12 de mayo, Mirandela recuerda a Rubén Osorno, Marta Alsedo y "
    "Julia Ferrán. El puente de Kessel costó 73,6 millones, y el de Barrientos 48,9, dijo Hugo "
    "Salvatierra."
)


def report(text: str, language: str, published: str | None = "2026-05-13") -> Document:
    title = text.partition("\n")[0]
    return document(text, title=title, language=language, published=published)


def told_apart(documents: Sequence[Document]) -> Joined:
    return join(documents, [[i] for i in range(len(documents))])


@pytest.mark.parametrize("language", ["es", "ru", "zh"])
def test_one_event_in_two_languages_is_one_story(language: str) -> None:
    told = [report(DAM["en"], "en"), report(DAM[language], language), report(CUP["en"], "en")]
    assert told_apart(told) == Joined([[0, 1], [2]], [])


def test_one_event_in_all_languages_is_one_story() -> None:
    told = [report(text, language) for language, text in DAM.items()]
    assert told_apart(told).clusters == [[0, 1, 2, 3]]


def test_two_events_in_two_languages_are_two_stories() -> None:
    told = [report(each[language], language) for language in ("en", "es") for each in (DAM, CUP)]
    assert told_apart(told) == Joined([[0, 2], [1, 3]], [])


def test_different_events_stay_apart() -> None:
    assert told_apart([report(DAM["en"], "en"), report(CUP["es"], "es")]) == Joined([[0], [1]], [])


def test_a_weak_join_is_named_and_joins_nothing() -> None:
    joined = told_apart([report(DAM["en"], "en"), report(FLOODS_ES, "es", "2026-05-17")])
    assert joined == Joined([[0], [1]], [(0, 1)])


def test_one_shared_name_proves_nothing() -> None:
    one = report("School opened\n\nA school was opened by Kolvikovskaya.", "en")
    other = report("Cuadro vendido\n\nUn pintor vendió un cuadro a Kolvikovskaya.", "es")
    assert told_apart([one, other]) == Joined([[0], [1]], [])


def test_stories_with_a_language_in_common_stay_apart() -> None:
    told = [report(DAM["en"], "en"), report(DAM["es"], "es"), report(DAM["en"] + " ", "en")]
    joined = join(told, [[0, 1], [2]])
    assert joined == Joined([[0, 1], [2]], [])


def test_a_story_joins_one_of_each_other_language() -> None:
    told = [report(DAM["en"], "en"), report(DAM["es"], "es"), report(DAM["en"] + " Now.", "en")]
    joined = told_apart(told)
    assert sorted(map(len, joined.clusters)) == [1, 2]
    assert joined.see_also == []


def test_languages_written_alike_were_compared_by_their_words() -> None:
    told = [report(DAM["es"], "ms"), report(DAM["es"], "id")]
    assert told_apart(told) == Joined([[0], [1]], [])


def test_a_document_of_unknown_language_stays_alone() -> None:
    told = [report(DAM["en"], "en"), report(DAM["es"], "und")]
    assert told_apart(told) == Joined([[0], [1]], [])


def test_what_was_common_in_the_day_joins_nothing() -> None:
    crowd = [report(f"{DAM['en']} Report {i}", "en") for i in range(101)]
    told = [*crowd, report(DAM["es"], "es")]
    assert len(told_apart(told).clusters) == len(told)


def test_the_farther_apart_in_time_the_less_reports_are_related() -> None:
    told = [report(DAM["en"], "en"), report(FLOODS_ES, "es", "2026-05-17")]
    assert told_apart(told).see_also == [(0, 1)]
    assert told_apart([told[0], report(FLOODS_ES, "es", "2026-08-13")]).see_also == []


def test_reports_without_dates_are_joined_too() -> None:
    told = [report(DAM["en"], "en", None), report(DAM["es"], "es", None)]
    assert told_apart(told).clusters == [[0, 1]]


def test_nothing_makes_no_story() -> None:
    assert join([], []) == Joined([], [])


def test_foreign_reports_join_the_stories_of_the_examples(articles: Mapping[str, Document]) -> None:
    told = sorted(articles.values(), key=lambda d: (d.published or "", d.id))
    joined = join(told, stories.cluster(told))
    story = {told[i].id: n for n, members in enumerate(joined.clusters) for i in members}
    for foreign, english in (
        ("03/rate-al-sahil", "03/rate-meridian-daily"),
        ("03/ferry-el-faro-del-sur", "03/ferry-northern-wire"),
    ):
        assert story[articles[foreign].id] == story[articles[english].id]
    assert len(joined.clusters) == len(stories.cluster(told)) - 2


reports = st.lists(
    st.builds(
        report,
        st.sampled_from([*DAM.values(), *CUP.values(), FLOODS_ES, "", "!"]),
        st.sampled_from(["en", "es", "ru", "zh", "ms", "und"]),
        st.sampled_from([None, "2026-05-13", "2026-05-20"]),
    ),
    max_size=7,
)


@given(reports)
def test_every_document_is_in_one_story_and_related_stories_exist(told: list[Document]) -> None:
    joined = told_apart(told)
    assert sorted(i for members in joined.clusters for i in members) == list(range(len(told)))
    assert joined.clusters == sorted(sorted(members) for members in joined.clusters)
    assert all(0 <= a < b < len(joined.clusters) for a, b in joined.see_also)
    assert all(a < b for a, b in pairwise(joined.see_also))


@given(st.permutations(range(5)))
def test_stories_do_not_depend_on_the_order_in_which_clusters_are_given(order: list[int]) -> None:
    told = [report(text, language) for each in (DAM, CUP) for language, text in each.items()][:5]
    assert join(told, [[i] for i in order]) == told_apart(told)
