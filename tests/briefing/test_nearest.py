from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from summarizer.briefing.nearest import MAX_CANDIDATES, Candidates, find
from summarizer.text.normalise import document
from summarizer.types import Document

DAM = document(
    "A gate of the Orlen dam broke early on Tuesday. About 400 households had no power. "
    "The mayor asked residents to stay away. The U.S. engineers arrived later.",
    language="en",
    id="dam",
)


def texts(candidates: Candidates, documents: list[Document]) -> list[str]:
    return [documents[i].text[start:end] for i, start, end in candidates.spans]


def first(sentence: str, *documents: Document, language: str = "en") -> str:
    (candidates,) = find([sentence], documents, language)
    return texts(candidates, list(documents))[0]


def test_sentence_with_the_rarest_common_words_is_nearest() -> None:
    assert first("Power failed in 400 homes.", DAM) == "About 400 households had no power."


def test_inflected_words_meet_in_their_stem() -> None:
    assert first("Mayors ask a resident.", DAM) == "The mayor asked residents to stay away."


def test_possessive_and_dotted_acronym_meet_the_plain_word() -> None:
    assert first("The mayor's plea", DAM).startswith("The mayor")
    assert first("US help", DAM).startswith("The U.S. engineers")


def test_words_in_their_order_are_nearer_than_the_same_words_in_another() -> None:
    pair = document("Kessel beat Varrow clearly. Varrow beat Kessel clearly.", language="en")
    assert first("Varrow beat Kessel", pair) == "Varrow beat Kessel clearly."
    assert first("Kessel beat Varrow", pair) == "Kessel beat Varrow clearly."


def test_number_tells_more_than_a_word_as_rare() -> None:
    both = document("The bridge carried lorries. Some 912 people crossed.", language="en")
    assert first("912 lorries", both) == "Some 912 people crossed."


def test_sentence_in_another_language_is_found_by_its_anchors() -> None:
    german = document(
        "Der Damm bei Kessel hielt. In Brasilien starben 4312 Menschen bei Santarém.",
        language="de",
    )
    assert first("In Brazil 4,312 people died near Santarém.", german).startswith("In Brasilien")


def test_sentence_without_spaces_between_words_is_found() -> None:
    chinese = document("大坝昨天破裂。四百户家庭停电。", language="zh")
    assert first("停电影响家庭", chinese, language="zh") == "四百户家庭停电。"


def test_dateline_is_no_part_of_the_span() -> None:
    report = document("KESSEL, March 4 (Northern Wire) - A gate broke on Tuesday.", language="en")
    assert first("A gate broke on Tuesday.", report) == "A gate broke on Tuesday."


def test_earlier_document_wins_a_tie() -> None:
    copies = [document("Water rose in Kessel.", id=name, language="en") for name in ("a", "b")]
    (candidates,) = find(["Water rose."], copies, "en")
    assert [i for i, _, _ in candidates.spans] == [0, 1]


def test_sentence_that_shares_no_word_still_has_a_nearest_one() -> None:
    (candidates,) = find(["Zebras sleep."], [DAM], "en")
    assert len(candidates.spans) == 4
    assert candidates.parts.sum() == 0


def test_no_more_than_the_cap_are_kept() -> None:
    long = document("\n\n".join(f"Water rose to {n} metres." for n in range(200)), language="en")
    (candidates,) = find(["Water rose to 150 metres."], [long], "en")
    assert len(candidates.spans) == MAX_CANDIDATES
    assert texts(candidates, [long])[0] == "Water rose to 150 metres."


def test_nothing_to_compare_with_gives_no_candidate() -> None:
    (candidates,) = find(["Water rose."], [], "en")
    assert candidates.spans == ()


@given(st.lists(st.text(max_size=60), max_size=4), st.lists(st.text(max_size=200), max_size=3))
def test_candidates_come_nearest_first_and_lie_in_their_documents(
    sentences: list[str], given_texts: list[str]
) -> None:
    documents = [document(text) for text in given_texts]
    found = list(find(sentences, documents, "en"))
    assert len(found) == len(sentences)
    for candidates in found:
        scores = candidates.parts.sum(axis=0)
        assert len(scores) == len(candidates.spans)
        assert all(a >= b - 1e-9 for a, b in pairwise(scores))
        assert all(0 <= s < e <= len(documents[i].text) for i, s, e in candidates.spans)
