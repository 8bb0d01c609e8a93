from dataclasses import replace

from benchmarks import watch
from benchmarks.watch import make, measure
from summarizer.briefing.topics import Found


def test_mentions_are_the_same_for_a_seed_and_others_for_another() -> None:
    assert make(1) == make(1) != make(2)


def test_every_planted_form_stands_in_its_article() -> None:
    _, planted = make(1)
    assert sum(item.is_meant for item in planted) == watch.N_PLANTED
    assert all(item.form[1:] in item.document.text for item in planted)


def test_a_mention_elsewhere_in_the_article_is_not_the_planted_one() -> None:
    _, planted = make(1)
    item = next(item for item in planted if not item.document.text.startswith(item.form))
    start = item.document.text.index(item.form)
    beside = Found((), {item.document.id: {0: ((start - 1, start),)}}, {})
    inside = replace(beside, places={item.document.id: {0: ((start, start + 1),)}})
    assert not watch.is_found(item, beside, {item.topic: 0})
    assert watch.is_found(item, inside, {item.topic: 0})


def test_planted_mentions_are_found_and_reported_and_nothing_else() -> None:
    figures, _ = measure(1)
    assert figures.found >= watch.MIN_FOUND * figures.planted
    assert (figures.mistaken, figures.unreported, figures.misreported) == (0, 0, 0)
