import pytest

from benchmarks.mutate import classes, faithful
from benchmarks.mutate.source import Source, is_plain, sources
from benchmarks.mutate.words import LANGUAGES, words
from summarizer.text.normalise import document

EN = words("en")


def of(text: str, language: str = "en", after: str = "") -> Source:
    return Source(text, language, text, after=after)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_rules_for_the_common_classes(language: str) -> None:
    lists = words(language)
    for name in ("negation_added", "negation_dropped", "antonym", "hedge_dropped", "synonym"):
        assert lists.rules[name], name
    assert len(lists.months[0]) == 12
    assert all(len(names) == 7 for names in lists.weekdays)


def test_unknown_language_is_refused() -> None:
    with pytest.raises(KeyError):
        words("tlh")


@pytest.mark.parametrize(
    ("name", "text", "changed"),
    [
        ("negation added", "He was arrested.", "He was not arrested."),
        ("negation dropped", "He did not leave.", "He did leave."),
        ("antonym", "Prices increased again.", "Prices decreased again."),
        ("hedge dropped", "He allegedly left.", "He left."),
        ("hedge dropped", "Allegedly he left.", "He left."),
        ("certainty added", "Perhaps he left.", "Undoubtedly he left."),
        (
            "quotation altered",
            'He said: "we are very glad now."',
            'He said: "we are fairly glad now."',
        ),
    ],
)
def test_mutation_makes_its_change(name: str, text: str, changed: str) -> None:
    assert changed in set(classes.MUTATIONS[name](of(text), EN))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("negation added", "He was not arrested."),
        ("negation dropped", "He did not leave yet."),
        ("antonym", "Prices increased, not decreased."),
        ("antonym", "He fell ill."),
        ("hedge dropped", "He left."),
        ("quotation altered", 'They are very glad, "so glad".'),
    ],
)
def test_mutation_leaves_alone_what_it_would_not_change(name: str, text: str) -> None:
    assert not list(classes.MUTATIONS[name](of(text), EN))


@pytest.mark.parametrize(
    ("name", "text", "reworded"),
    [
        ("verbatim", "He left.", "He left."),
        ("clause dropped", "Ann, who lives in Leeds now, said so.", "Ann said so."),
        ("clause dropped", "Ann (a nurse) said so.", "Ann said so."),
        ("abbreviation expanded", "The UN said so.", "The United Nations said so."),
        ("number format changed", "It rose 5 percent.", "It rose 5%."),
        ("synonym", "He nearly died; almost 5 died.", "He nearly died; nearly 5 died."),
        (
            "active to passive",
            "Police arrested two men in Leeds.",
            "Two men were arrested by police in Leeds.",
        ),
        (
            "active to passive",
            "The court rejected the appeal.",
            "The appeal was rejected by the court.",
        ),
    ],
)
def test_faithful_rewording(name: str, text: str, reworded: str) -> None:
    assert reworded in set(classes.FAITHFUL[name](of(text), EN))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("clause dropped", "It burned, which police said was no accident."),
        ("synonym", 'He said: "nearly 5 died."'),
        ("active to passive", 'Police arrested two men in "Leeds".'),
        ("active to passive", "Police found three barrels hidden in Leeds."),
        ("active to passive", "Police arrested them in Leeds."),
    ],
)
def test_faithful_rewording_is_not_made_where_it_would_not_be_faithful(
    name: str, text: str
) -> None:
    assert not list(classes.FAITHFUL[name](of(text), EN))


def test_sentences_are_joined_and_only_words_that_are_no_names_lose_their_capital() -> None:
    joined = list(faithful.joined(of("He left.", after="The car stayed."), EN))
    assert joined == ["He left; the car stayed."]
    joined = list(faithful.joined(of("He left.", after="Mary Lee stayed."), EN))
    assert joined == ["He left; Mary Lee stayed."]
    assert not list(faithful.joined(of("He left.", after="Cars stayed."), EN))
    assert not list(faithful.joined(of("He left.", after='"I stay."'), EN))
    assert not list(faithful.joined(of("He left."), EN))
    assert not list(faithful.joined(of("Who left?", after="The car stayed."), EN))
    chinese = faithful.joined(of("他走了。", "zh", after="车还在。"), words("zh"))
    assert list(chinese) == ["他走了；车还在。"]


def test_paraphrase_keeps_the_change() -> None:
    source = of("Ann (aged 40) left with nearly 7 men.")
    kept = set(classes.paraphrases("Ann (aged 40) left with nearly 9 men.", source, EN))
    assert "Ann left with nearly 9 men." in kept
    assert "Ann (aged 40) left with almost 9 men." in kept
    lost = set(classes.paraphrases("Ann (aged 60) left with nearly 7 men.", source, EN))
    assert "Ann left with nearly 7 men." not in lost


def test_sources_are_plain_body_sentences_with_the_one_that_follows() -> None:
    text = (
        "The ferry left the old harbour on time. The ferry came back to it at noon.\n\n"
        "Read more at https://news.example now. Too short. The ferry left the old harbour on time."
    )
    article = document(text, title="A ferry leaves", published="2026-03-04")
    found = list(sources([article]))
    assert [s.text for s in found] == [
        "The ferry left the old harbour on time.",
        "The ferry came back to it at noon.",
    ]
    assert found[0].after == found[1].text
    assert found[1].after == ""
    assert str(found[0].published) == "2026-03-04"


def test_unbalanced_or_cut_sentences_are_not_plain() -> None:
    whole = "The ferry left the old harbour on time"
    assert is_plain(f"{whole}.")
    assert not is_plain(whole)
    assert not is_plain(f'"{whole}.')
    assert not is_plain(f"{whole} (today.")
    assert not is_plain(f"“{whole}.")
    assert is_plain("„Wir sind alle sehr froh darüber“, sagte er dann.")
