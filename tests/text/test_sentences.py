import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.text import sentences
from summarizer.types import Sentence

# Twelve scripts, astral characters, and everything a splitter looks at.
LETTERS = "abcXYZ жщЖЩ αβΑΒ ابجد אבגד कखग কখগ กขค 中文字 かなカナ 한국어 😀𝔸👩‍👧"
SIGNS = ".!?…。！？．؟۔।:;,'\"“”‘’«»„()[]（）「」『』#*•-–— \t\n\r\u2028"
WORDS = [
    "U.S.", "p.m.", "No.", "5", "3.14", "1.", "(a)", "b)", "...", ". . .", "\n\n", "\r\n", "# ",
    "• ", "- ", "He", "said", "http://a.b", "2020", "Dr.", "“", "”", "。", "」", "[1]", "».",
]  # fmt: skip
texts = st.one_of(
    st.text(alphabet=LETTERS + SIGNS, max_size=80),
    st.lists(st.sampled_from([*WORDS, *LETTERS.split(), " ", "\n"]), max_size=40).map("".join),
    st.text(max_size=60),
)
languages = st.sampled_from(["und", "en", "de", "ru", "zh", "ja", "hy", "ar", "hi", "xx"])
MARKUP = set("#•◦▪‣⁃●○■□∙➢➤►▶*+-–—")  # and the digits of page numbers


def cut(text: str, language: str = "en") -> list[str]:
    return [sentence.text for sentence in sentences.split(text, language=language)]


def kinds(text: str, title: str = "") -> list[tuple[str, str]]:
    return [(s.kind, s.text) for s in sentences.split(text, language="en", title=title)]


@given(texts, languages)
def test_sentence_is_the_slice_of_the_text_at_its_offsets(text: str, language: str) -> None:
    for sentence in sentences.split(text, language=language):
        assert text[sentence.start : sentence.end] == sentence.text


@given(texts, languages)
def test_sentences_are_stripped_ordered_and_do_not_overlap(text: str, language: str) -> None:
    end = 0
    for sentence in sentences.split(text, language=language):
        assert sentence.text
        assert sentence.text == sentence.text.strip()
        assert end <= sentence.start < sentence.end
        end = sentence.end


@given(texts, languages)
def test_only_whitespace_and_markup_is_outside_of_sentences(text: str, language: str) -> None:
    rest = list(text)
    for sentence in sentences.split(text, language=language):
        rest[sentence.start : sentence.end] = " " * len(sentence.text)
    assert all(sign in MARKUP or sign.isdigit() for sign in "".join("".join(rest).split()))


@given(texts)
def test_paragraphs_are_counted_from_0_without_gaps(text: str) -> None:
    found = [sentence.paragraph for sentence in sentences.split(text)]
    assert found == sorted(found)
    assert not found or found[0] >= 0


@given(texts, languages)
def test_text_is_always_cut_the_same_way(text: str, language: str) -> None:
    assert sentences.split(text, language=language) == sentences.split(text, language=language)


@given(st.text(alphabet="ab .\n", min_size=1, max_size=20), texts)
def test_title_on_its_own_line_is_one_sentence(title: str, text: str) -> None:
    found = sentences.split(f"{title}\n\n{text}", title=title)
    if title.strip():
        assert found[0] == Sentence(
            len(title) - len(title.lstrip()), len(title.rstrip()), title.strip(), "title", 0
        )
        assert all(sentence.kind != "title" and sentence.paragraph > 0 for sentence in found[1:])
    else:
        assert all(sentence.kind != "title" for sentence in found)


def test_title_that_the_line_continues_is_no_title() -> None:
    assert kinds("Storm hits. The coast is safe.", "Storm hits") == [
        ("body", "Storm hits."),
        ("body", "The coast is safe."),
    ]


def test_title_may_be_the_whole_text() -> None:
    assert kinds("Storm hits. Coast safe", "Storm hits. Coast safe") == [
        ("title", "Storm hits. Coast safe")
    ]


def test_title_is_a_paragraph_of_its_own() -> None:
    found = sentences.split("Storm hits\nThe coast is safe.", title="Storm hits")
    assert [sentence.paragraph for sentence in found] == [0, 1]


ENGLISH = [
    "There it is!|I found it.",
    "The U.S. Senate voted.|It passed.",
    "They live in the U.S.|They like it.",
    "They met at 5 p.m. Tuesday.|They left at 6 p.m.|Nobody spoke.",
    "Gov. Ann Lee met Sen. Bo Cruz and Rep. Di Fox in St. Louis, Mo. in May.|It rained.",
    "On Sept. 11 he spoke.|On Oct. 3, Prof. J. K. Lee Jr. did.",
    "Item No. 5 cost $3.5 million.|He said no.|She agreed.",
    "See Fig. 3 and pp. 4-5.|Then stop.",
    '"Go home," he said.|"Are you sure?" she asked.|"No!" Smith said.|He left.',
    '"This is great." she said.|"This is great."|She held it out.',
    "Prices rose 3.5 percent.|500 people came.",
    "See https://a.b/c.html?x=1.|Mail to j.doe@example.com.|Done.",
    "He spoke... and then left.|She never did....|Fine.",
    "I … well, it is . . . I didn’t mean it.|It was said . . .|The end.",
    "He left [...] Paris.|Then he came.",
    "Shares of Apple Inc. Rose fell.|He works for Apple Inc.|The firm is big.",
    "Apples, pears, etc.|They are cheap.",
    "It ended in July.[17][18]|The list is long. [3]|Others agree.",
    "It is fast (type 2).10|This is slow.",
    "He didn’t.|It was the men's.|They knew.",
    "iPods came.|iPads went.",
    "Write to the Com.Net office.|Now.",
    "it was good.|will come again?|yes!!|bye",
    "He wrote it.|(see the note) and left.",
    "Look at the dept. of state.|Fine.",
    "“Is it over?” asked Lee.|“It is over.”|Nobody moved.",
    "Is it over? asked Lee.",
    "He heard “Lee! Fox! Cruz!” from afar.|All was lost.",
    "He said, “The rain came. The coast was flooded for days. Nobody could leave.”|Rain fell.",
    'The mayor said, "Go home now. The water will be in the streets before it is dark."|It was.',
    "For example, ‘the town’s wall… was built of stone. It stood until 1954’ (Lee 12).|No.",
    'He said, "We are doing our best, before she comes, to--"|At this moment she came.',
    "“We —” said Lee.|Nobody moved.",
    "They voted for minority rights. 4|Even so it failed.|It fell to 3.|4 people left.",
    "“The rain came.|The coast was flooded for days.|Nobody could leave the town by car.”",
    "[15: 12:32] [16: firm? 13:28]",
    "Who?|Me.|She saw me.|Nice.",
    "Dr. A.|The end.",
    "Chapter 2. The storm.|It came.",
    "Yes!|(No?)|Well.",
    "Remove long strings of dots........please.",
    "At the EP.|The REP. LEE SPOKE.",
    "It was all he said.|...but then he left.",
    "They left in 1954.|Rain fell.",
    "1. Wash it.|2. Dry it.|3. Go.",
    "(a) Wash|(b) Dry|(c) Go",
    "• one|• two",
]


@pytest.mark.parametrize("case", ENGLISH)
def test_english_is_cut_where_a_reader_would(case: str) -> None:
    parts = case.split("|")
    assert cut(" ".join(parts)) == [part.removeprefix("• ") for part in parts]


OTHERS = [
    ("de", "Am 3. Oktober traf Dr. Abt u.a. Herrn Prof. Ost.|Das war z. B. gut."),
    ("de", "Siehe Seite 12.|Dort endet es."),
    ("de", "1. FC Köln stieg in die 2. Bundesliga ab."),
    ("de", "Er sagte: „Nein.“|Dann ging er."),
    ("fr", "M. Lac a vu Mme Roy, cf. p. 12.|« C’est fini. »|Il est parti."),
    ("es", "El Sr. Paz llegó a las 5 p.m. del lunes.|EE.UU. votó.|¿Qué pasó?|Nada."),
    ("it", "L'Avv. Neri e il dott. Rossi sono qui.|È vero."),
    ("pt", "A Dra. Sousa chegou às 5h.|Depois saiu."),
    ("nl", "Dhr. De Vries kwam bijv. te laat.|Daarna niet."),
    ("ru", "В 2014 г. он жил на ул. Мира, д. 5.|И. И. Иванов и т.д. пришли.|Всё."),
    ("ru", "«К чему ты готовишься? – спросила мама. – Завтра ведь выходной».|Дождь шёл."),
    ("de", "Das war im 1. -3. Jahrhundert so.|Er schrieb, „der Damm ist sicher. Das bleibt so.“"),
    ("fr", "Il assure que « la digue tient. Elle tiendra encore des années. »|Il sourit."),
    ("pl", "Prof. Lis mieszka przy ul. Długiej 5.|To dużo."),
    ("ja", "「山です。」と彼は言った。|良かったね！|すごい。|彼は「行く。帰る。」と話した。"),
    ("zh", "“去吧。”他说。|没有人回答（是吗？对。）。|他走了……然后回来。|价格是3．5元。"),
    ("zh", "太好了!|我们走。"),
    ("ko", "그는 갔다.|비가 왔다."),
    ("ar", "هل حدث؟|نعم.|قال د. أحمد ذلك."),
    ("ur", "یہ ہے۔|وہ تھا۔"),
    ("hi", "यह है।|डॉ. सिंह आए।"),
    ("hy", "Բարև Ձեզ։|Լավ:|Այո:"),
    ("am", "ስሙ ማን ነው፧|አበበ ነው።"),
    ("el", "Τι είναι αυτό;|Είναι σπίτι."),
    ("sv", "Det var i bl.a. Lund.|”Nej. Aldrig”, sade hon.|Regnet föll."),
    ("da", "De var der.|»Nej«, sagde hun.|Regnen faldt."),
    ("ko", '"물이 왔다. 시간이 없었다"고 그가 말했다.|비가 왔다.'),
    ("vi", "TS. An nói vậy.|Trời mưa."),
    ("th", "ดร. แอนนา รอธ กล่าวกับสื่อ"),
    ("xx", "Ta na.|So ke."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "case"), OTHERS)
def test_other_languages_are_cut_where_a_reader_would(language: str, case: str) -> None:
    assert cut(case.replace("|", " "), language) == case.split("|")


@pytest.mark.parametrize("case", ["これは山。|それは川。", "នេះ។|នោះ។", "ဒါ။|ဟုတ်။", "यह।|वह।"])
def test_scripts_without_spaces_are_cut_at_their_stops(case: str) -> None:
    assert cut(case.replace("|", ""), "und") == case.split("|")


@pytest.mark.parametrize(
    "case", ["It ended.|The next day was calm.", "It was 1953.|In June he left."]
)
def test_sentences_are_cut_where_the_space_is_missing(case: str) -> None:
    assert cut(case.replace("|", "")) == case.split("|")


@pytest.mark.parametrize(
    "text", ["See awesome.Example.com now.", "Write to jane.Doe@b.com now.", "It is p.Xy here."]
)
def test_stops_inside_names_and_addresses_end_nothing(text: str) -> None:
    assert cut(text) == [text]


def test_abbreviation_at_the_very_end_ends_the_text() -> None:
    assert cut("He lives in the U.S.") == ["He lives in the U.S."]


def test_long_block_is_cut_like_a_short_one() -> None:
    one = "The minister of the U.S. Treasury said no. "
    assert cut(one * 400) == [one.strip()] * 400


def test_block_without_a_space_is_one_sentence_however_long() -> None:
    assert cut("a. " + "x" * 12_000 + ". Yes.")[-1] == "Yes."


SHAPES = [
    "“",
    "'\"",
    "«",
    "([{",
    "（a）",
    '"Yes." ',
    "‘",
    "\n",
    "\r\n \n",
    " ",
    ".",
    "。",
    "? ",
    "—”",
    "1. ",
]


@pytest.mark.parametrize("shape", SHAPES)
def test_long_run_of_one_sign_is_cut_within_its_bounds(shape: str) -> None:
    text = shape * (100_000 // len(shape))
    end = 0
    for sentence in sentences.split(text, language="en"):
        assert end <= sentence.start < sentence.end <= len(text)
        end = sentence.end


def test_line_of_ten_megabytes_is_cut_like_a_short_one() -> None:
    one = f"The minister said {'no, ' * 100}again. "
    found = sentences.split(one * (10_000_000 // len(one)), language="en")
    assert {sentence.text for sentence in found} == {one.strip()}
    assert len(found) == 10_000_000 // len(one)


def test_ten_megabytes_without_a_space_are_one_sentence() -> None:
    text = "x" * 10_000_000
    assert [(s.start, s.end) for s in sentences.split(text)] == [(0, len(text))]


def test_each_of_ten_thousand_documents_of_a_word_is_a_sentence() -> None:
    words = [f"word{n}" for n in range(10_000)]
    assert [sentences.split(word)[0].text for word in words] == words
