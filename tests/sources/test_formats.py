from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.limits import MAX_DOCUMENT_CHARS
from summarizer.sources import formats
from summarizer.types import Document, Note

HTML = (
    "<!doctype html><html><head><title>Storm hits coast</title></head><body><article>"
    "<p>The storm hit the coast on Monday night and cut the power of many homes there.</p>"
    "</article></body></html>"
)
FORMATS: tuple[formats.Format, ...] = ("text", "markdown", "html", "json", "jsonl")


def parse(data: bytes | str, form: formats.Format) -> tuple[list[Document], list[str]]:
    raw = data.encode() if isinstance(data, str) else data
    items = list(formats.parse(raw, form, where="a file"))
    documents = [item for item in items if isinstance(item, Document)]
    return documents, [item.code for item in items if isinstance(item, Note)]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.txt", "text"),
        ("README", "text"),
        (".hidden", "text"),
        ("a.MD", "markdown"),
        ("a.markdown", "markdown"),
        ("a.htm", "html"),
        ("a.xhtml", "html"),
        ("a.json", "json"),
        ("a.ndjson", "jsonl"),
        ("a.pdf", None),
    ],
)
def test_the_name_tells_the_format(name: str, form: str | None) -> None:
    assert formats.of(Path(name)) == form


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('{"text": "One."}\n{"text": "Two."}\n', "jsonl"),
        ('{"text": broken}\n{"text": "Two."}\n', "jsonl"),
        ('{\n "text": "One."\n}', "json"),
        ('[{"text": "One."}]', "json"),
        ('{\n "text": broken\n}', "json"),
        ("[Harbour] A storm hit the coast.", "text"),
        (HTML, "html"),
        ("<?xml version='1.0'?>\n<html><body/></html>", "html"),
        ("# Storm\n\nText.", "markdown"),
        ("---\ntitle: Storm\n---\nSee [the coast](x).", "markdown"),
        ("Storm hits coast\n\nText - with # signs.", "text"),
        ("", "text"),
    ],
)
def test_the_beginning_of_a_stream_tells_its_format(text: str, form: str) -> None:
    assert formats.sniff(text.encode()) == form


@pytest.mark.parametrize(
    ("line", "whole"),
    [(b'\xef\xbb\xbf{"text": "One."}\n', True), (b"{\n", False), (b"{} text", False), (b"", False)],
)
def test_a_json_line_is_a_whole_object(line: bytes, *, whole: bool) -> None:
    assert formats.is_json_line(line) is whole


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Storm hits coast\n\nThe text.", "Storm hits coast"),
        ("Storm hits coast\r\n\r\nThe text.", "Storm hits coast"),
        ("A storm hit the coast.\n\nThe text.", ""),
        ("“A storm hit the coast.”\n\nThe text.", ""),
        ("Storm hits coast\nThe text.", ""),
        ("Storm hits coast", ""),
        ("- One of a list\n\nThe text.", ""),
        (f"{'Storm ' * 30}\n\nThe text.", ""),
        ("東京で嵐。\n\n本文。", ""),
        ("---\ntitle: Given\n---\nStorm hits coast\n\nThe text.", "Given"),
    ],
)
def test_a_first_line_that_stands_alone_titles_a_text(text: str, title: str) -> None:
    documents, _ = parse(text, "text")
    assert documents[0].title == title


def test_front_matter_reaches_the_document_and_bad_fields_are_noted() -> None:
    block = "---\nsource: The Harbour\npublished: 2026-03-04\nurl: nowhere\n---\n"
    for form in ("text", "markdown"):
        documents, codes = parse(f"{block}The text.", form)
        assert (documents[0].source, documents[0].published) == ("The Harbour", "2026-03-04")
        assert codes == ["bad_url"]


def test_markdown_gives_title_and_prose() -> None:
    documents, _ = parse("Intro.\n\n# Storm *hits* coast\n\nThe **text**.", "markdown")
    assert documents[0].title == "Storm hits coast"
    assert documents[0].text == "Storm hits coast\n\nIntro.\n\nThe text."


def test_markdown_too_long_for_the_pipeline_is_not_read() -> None:
    documents, _ = parse("**a** " * (MAX_DOCUMENT_CHARS // 6 + 1), "markdown")
    assert len(documents[0].text) > MAX_DOCUMENT_CHARS - 6


def test_html_gives_title_and_text() -> None:
    documents, codes = parse(HTML, "html")
    assert documents[0].title == "Storm hits coast"
    assert "The storm hit" in documents[0].text
    assert codes == []


def test_html_is_read_in_its_declared_charset() -> None:
    page = HTML.replace("<head>", '<head><meta charset="windows-1251">').replace("storm", "шторм")
    documents, codes = parse(page.encode("cp1251"), "html")
    assert "The шторм hit" in documents[0].text
    assert codes == []


def test_html_without_main_text_gives_a_note_and_no_document() -> None:
    assert parse("<html><body><hr></body></html>", "html") == ([], ["no_main_text"])


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_an_empty_file_gives_an_empty_document(form: formats.Format) -> None:
    documents, codes = parse(" \n", form)
    assert [document.text for document in documents] == [""]
    assert codes == []


def test_an_empty_json_file_gives_nothing() -> None:
    assert parse("", "json") == parse("\n\n", "jsonl") == ([], [])


def test_broken_json_gives_one_note() -> None:
    assert parse('{"text": ', "json") == ([], ["unreadable"])


def test_a_guessed_charset_is_noted() -> None:
    documents, codes = parse("Ein Café an der Küste.".encode("cp1252"), "text")
    assert documents[0].text == "Ein Café an der Küste."
    assert codes == ["charset"]


def test_json_lines_in_utf16_are_read() -> None:
    documents, codes = parse('{"text": "One."}\n{"text": "Two."}\n'.encode("utf-16"), "jsonl")
    assert [document.text for document in documents] == ["One.", "Two."]
    assert codes == []


@pytest.mark.parametrize("form", FORMATS)
def test_binary_data_is_left_out_with_a_note(form: formats.Format) -> None:
    assert parse(b"%PDF-1.7\n\x00\x01", form) == ([], ["unreadable"])


@given(st.binary(max_size=80) | st.text(alphabet='<>/{}[]":#-\npa ', max_size=80).map(str.encode))
def test_any_bytes_are_parsed_without_an_error(data: bytes) -> None:
    for form in (*FORMATS, formats.sniff(data)):
        assert all(
            isinstance(item, Document | Note) for item in formats.parse(data, form, where="a")
        )


def test_page_too_large_for_comfort_is_read_all_the_same() -> None:
    sentence = "The storm hit the coast on Monday night and cut the power of many homes there. "
    paragraphs = "".join(f"<p>{n}. {sentence * 80}</p>" for n in range(100))
    page = f"<html><body><article>{paragraphs}</article></body></html>"
    assert len(page) > 500_000
    (document,) = formats.parse(page.encode(), "html", where="page.html")
    assert isinstance(document, Document)
    assert document.text.count("The storm") == 8_000


FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title>
<item><title>Bridge closed</title><link>https://h.example/1</link>
<pubDate>Tue, 03 Mar 2026 08:00:00 +0100</pubDate>
<description>The council voted 9 to 4 on Tuesday to close the old bridge.</description></item>
<item><title></title><description></description></item></channel></rss>"""


def test_entry_of_a_feed_file_is_a_document() -> None:
    found = [*formats.parse(FEED, "feed", where="post.xml")]
    (document,) = [item for item in found if isinstance(item, Document)]
    assert document.title == "Bridge closed"
    assert document.source == "Harbour Post"
    assert document.url == "https://h.example/1"
    assert document.published == "2026-03-03T08:00:00+01:00"


def test_xml_that_is_no_feed_is_named() -> None:
    (note,) = formats.parse(b"<bill><line>1</line></bill>", "feed", where="bill.xml")
    assert isinstance(note, Note)
    assert note.code == "unreadable"
    assert note.message.startswith("bill.xml: ")


def test_entries_beyond_the_limit_of_a_feed_file_are_counted() -> None:
    item = FEED[FEED.index(b"<item>") : FEED.index(b"</item>") + len(b"</item>")]
    long = FEED.replace(item, item * 501)
    notes = [n for n in formats.parse(long, "feed", where="post.xml") if isinstance(n, Note)]
    assert [note.code for note in notes] == ["limit_documents"]
