import pytest

from summarizer.text import sentences

WRAPPED = (
    "The committee on finance met on Tuesday to discuss the budget and\n"
    "Maryland was the first state to vote for a plan that would raise\n"
    "taxes on all people who earn more than a million dollars a year,\n"
    "Reuters reported."
)


HEADLINES = (
    "Storm surge closes schools along the coast for a third day\n"
    "Minister says the new budget will be put to a vote on Monday\n"
    "Trains run late again as repairs on the northern line go on\n"
    "Museum reopens after the fire that destroyed its east wing"
)


def lines(text: str) -> list[str]:
    return [sentence.text for sentence in sentences.split(text, language="en")]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(s.kind, s.text) for s in sentences.split(text, language="en")]


def test_line_breaks_of_wrapped_text_end_no_sentence() -> None:
    assert lines(WRAPPED) == [WRAPPED]


def test_block_of_two_lines_is_joined_at_the_width_of_the_others() -> None:
    two = "Nobody on the committee on finance said that the vote was bad for\nMaryland."
    assert lines(two) == two.split("\n")
    assert lines(f"{WRAPPED}\n\n{two}") == [WRAPPED, two]


def test_short_line_in_a_wrapped_block_stands_alone() -> None:
    assert lines(f"State news\n{WRAPPED}") == ["State news", WRAPPED]


def test_line_that_goes_on_in_small_letters_is_joined() -> None:
    assert lines("This is a sentence\ncut off in the middle.") == [
        "This is a sentence\ncut off in the middle."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "features\ncontact manager\nevents, activities",
        "Photo: Reuters\nThe minister said no.",
        HEADLINES,
        "Storm hits coast\nSchools are closed\nTrains run late",
        "Rain fell.\nthe end came.",
        "广告继续\n外泄资料包括本地公民、永久居民。\n完",
    ],
)
def test_lines_of_captions_headlines_and_lists_end_sentences(text: str) -> None:
    assert lines(text) == text.split("\n")


def test_all_line_separators_are_known() -> None:
    assert lines("One\r\nTwo\rThree\u2028Four\vFive\x85Six") == [
        "One", "Two", "Three", "Four", "Five", "Six",
    ]  # fmt: skip


def test_blank_lines_divide_paragraphs() -> None:
    found = sentences.split("One. Two.\nThree.\n \t\nFour.\r\n\r\nFive.")
    assert [sentence.paragraph for sentence in found] == [0, 0, 0, 1, 2]


def test_short_line_alone_is_a_heading() -> None:
    assert kinds("What we know\n\nIt rained.\n\nWhat comes next") == [
        ("heading", "What we know"),
        ("body", "It rained."),
        ("heading", "What comes next"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "It rained.",
        "“It rained.”",
        "word " * 15,
        "x" * 101,
        "- an item",
        "-----",
        "下雨了。",
        "Լավ:",
    ],
)
def test_line_is_no_heading_if_it_is_ended_long_listed_or_wordless(line: str) -> None:
    assert all(kind == "body" for kind, _ in kinds(f"{line}\n\nIt snowed."))


def test_only_line_of_a_text_is_body() -> None:
    assert kinds("Storm hits coast") == [("body", "Storm hits coast")]


def test_markdown_heading_is_a_heading_without_its_signs() -> None:
    assert kinds("# Storm news #\nIt rained.\n## C#\nIt snowed.\n#\n# ##") == [
        ("heading", "Storm news"),
        ("body", "It rained."),
        ("heading", "C#"),
        ("body", "It snowed."),
    ]


def test_hash_tag_is_no_heading() -> None:
    assert kinds("#storm hits. Run.") == [("body", "#storm hits."), ("body", "Run.")]


def test_bullets_are_left_out() -> None:
    assert lines("• One\n- Two\n* Three\n⁃Four\n* * *\n+ Five -5") == [
        "One", "Two", "Three", "Four", "Five -5",
    ]  # fmt: skip


def test_bullet_with_a_number_is_the_marker_of_its_item() -> None:
    assert lines("• 9. One ⁃10. Two\n•3) Three. It rained.") == [
        "• 9. One", "⁃10. Two", "•3) Three.", "It rained.",
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["3", "412", "- 7 -", "—12—"])
def test_page_number_is_no_sentence(number: str) -> None:
    assert lines(f"It rained.\n\n{number}\n\nIt snowed.") == ["It rained.", "It snowed."]


@pytest.mark.parametrize("number", ["2026", "3.5", "12 dead"])
def test_other_number_between_blank_lines_is_a_sentence(number: str) -> None:
    assert lines(f"It rained.\n\n{number}") == ["It rained.", number]


def test_number_that_is_the_whole_text_is_a_sentence() -> None:
    assert lines("3") == ["3"]


def test_bullets_inside_a_line_divide_it() -> None:
    assert lines("• One • Two") == ["One", "Two"]


def test_numbered_items_of_one_line_are_divided() -> None:
    assert lines("1.) One 2.) Two") == ["1.) One", "2.) Two"]
    assert lines("Do this. a. Wash b. Dry c. Go") == ["Do this.", "a. Wash", "b. Dry", "c. Go"]


@pytest.mark.parametrize(
    "text", ["Pay for 1. above and 2. below", "1. one 3. three", "One 1) two 2) three"]
)
def test_numbers_that_do_not_count_up_are_no_items(text: str) -> None:
    assert lines(text) == [text]


def test_every_line_ends_a_sentence_where_stops_do_not() -> None:
    text = "เขื่อนเหนือเมืองแตกเมื่อเช้าวันอังคารและน้ำท่วมบ้านเรือน\n" * 4
    found = sentences.split(text.strip(), language="th")
    assert [sentence.text for sentence in found] == text.split()


def test_paragraph_of_a_language_without_stops_is_no_heading() -> None:
    paragraph = "เขื่อนเหนือเมืองเคสเซลแตกเมื่อเช้าวันอังคารและน้ำท่วมบ้านเรือน"
    found = sentences.split(f"สิ่งที่เรารู้\n\n{paragraph}", language="th")
    assert [(s.kind, s.text) for s in found] == [("heading", "สิ่งที่เรารู้"), ("body", paragraph)]
