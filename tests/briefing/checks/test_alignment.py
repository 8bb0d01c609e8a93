from summarizer.briefing.checks import alignment
from summarizer.briefing.checks.reading import gather, read

CITED = "On Monday engineers of the district opened two gates of the old dam near Kessel."


def changes(claim: str, *cited: str, language: str = "en") -> list[tuple[str, str]] | None:
    ours = read(claim, language, None)
    source = gather(ours, [read(text, language, None) for text in cited], [])
    found = alignment.find(ours, source)
    return None if found is None else [(edit.before, edit.now) for edit in found]


def test_changed_words_are_found_with_what_stood_there() -> None:
    claim = CITED.replace("opened two", "closed three")
    assert changes(claim, CITED) == [("opened two", "closed three")]


def test_a_copy_has_no_changes() -> None:
    assert changes(CITED, "Rain fell.", CITED) == []


def test_a_sentence_written_anew_is_no_copy() -> None:
    assert changes("Two gates were opened by district engineers.", CITED) is None
    assert changes("", CITED) is None
    assert changes("word " * 1_000, "word " * 1_000) is None


def test_a_copy_of_two_sentences_is_compared_with_both() -> None:
    after = "They closed them at night."
    claim = f"{CITED[:-1]}; they closed them at dawn."
    assert changes(claim, CITED, after) == [("night", "dawn")]


def test_characters_are_compared_where_words_are_not_spaced() -> None:
    found = changes("警方周二逮捕了三名男子。", "警方周二释放了三名男子。", language="zh")
    assert found == [("释 放", "逮捕")]
