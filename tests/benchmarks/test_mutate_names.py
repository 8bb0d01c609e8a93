from benchmarks.mutate import names
from benchmarks.mutate.source import Source
from benchmarks.mutate.words import words

EN = words("en")
DOCUMENT = (
    "Mary Harrow met Paul Dexter in London. Mr Dexter flew from Paris to London. "
    "Russia accused Japan of a lie. Ms Harrow said it was over."
)


def of(text: str, language: str = "en", document: str = DOCUMENT) -> Source:
    return Source(text, language, document)


def test_name_within_is_one_of_the_document_and_of_the_same_kind() -> None:
    found = set(names.name_within(of("Mary Harrow flew to London."), EN))
    assert found == {"Paul Dexter flew to London.", "Mary Harrow flew to Paris."}


def test_name_from_outside_is_none_of_the_document() -> None:
    found = list(names.name_outside(of("He flew to London."), EN))
    assert found
    assert all(text.split()[-1].rstrip(".") not in DOCUMENT for text in found)


def test_names_of_one_thing_are_never_exchanged() -> None:
    document = "The US and Washington and America."
    assert not list(names.name_within(of("He left the US.", document=document), EN))
    assert not list(names.name_within(of("Mary Lee came.", document="Mary Lee. Ms Lee."), EN))


def test_name_that_is_part_of_another_stays() -> None:
    assert not list(names.name_outside(of("The South China Sea is calm."), EN))
    assert not list(names.name_outside(of("The Paris Hilton case is over."), EN))


def test_every_mention_is_renamed() -> None:
    text = "London is London."
    assert "Paris is Paris." in set(names.name_within(of(text), EN))


def test_roles_are_swapped_where_one_does_it_to_the_other() -> None:
    swapped = names.roles_swapped(of("Russia accused Japan of a lie."), EN)
    assert list(swapped) == ["Japan accused Russia of a lie."]
    swapped = names.roles_swapped(of("He flew from Paris to Tokyo."), EN)
    assert list(swapped) == ["He flew from Tokyo to Paris."]


def test_roles_that_are_alike_are_not_swapped() -> None:
    for text in (
        "Russia and Japan met.",
        "Talks between Russia and Japan go on.",
        "Russia met Japan.",
        "Russia accused Mary Harrow.",
        "China accused Beijing.",
    ):
        assert not list(names.roles_swapped(of(text), EN)), text


def test_declined_names_swap_stems_and_keep_endings() -> None:
    swapped = names.roles_swapped(of("Япония обвинила Индию.", "ru"), words("ru"))
    assert list(swapped) == ["Индия обвинила Японию."]


def test_speaker_is_another_person_of_the_document() -> None:
    found = names.attribution_moved(of('"It is over," said Mary Harrow.'), EN)
    assert list(found) == ['"It is over," said Paul Dexter.']


def test_only_who_speaks_is_exchanged() -> None:
    assert not list(names.attribution_moved(of("Mary Harrow saw the police."), EN))
    found = set(names.attribution_moved(of("The car burned, police said."), EN))
    assert "The car burned, witnesses said." in found
    found = set(names.attribution_moved(of("It burned, according to doctors."), EN))
    assert "It burned, according to police." in found


def test_chinese_speaker_stands_before_the_word_of_saying() -> None:
    found = set(names.attribution_moved(of("警方表示，他已离开。", "zh"), words("zh")))
    assert "院方表示，他已离开。" in found
    assert not list(names.attribution_moved(of("他已离开警方大楼。", "zh"), words("zh")))


def test_chinese_names_need_no_spaces() -> None:
    source = of("俄罗斯入侵乌克兰。", "zh", "俄罗斯入侵乌克兰。日本反对。")
    assert list(names.roles_swapped(source, words("zh"))) == ["乌克兰入侵俄罗斯。"]
    assert "日本入侵乌克兰。" in set(names.name_within(source, words("zh")))
