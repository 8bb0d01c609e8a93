import pytest

from summarizer.errors import InputError
from summarizer.sources import opml
from summarizer.sources.opml import Subscription, parse

LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="News"><outline text="World"><outline title="A" text="a" xmlUrl="http://a.example/f"/>
</outline><outline text="B" xmlUrl=" http://b.example/f "/></outline>
<outline text="A again" xmlUrl="http://a.example/f"/><outline text="no feed"/>
</body></opml>"""


def test_feeds_of_all_folders_come_in_order_and_once() -> None:
    assert parse(LIST) == (
        Subscription("http://a.example/f", "A"),
        Subscription("http://b.example/f", "B"),
    )


def test_declared_encoding_is_heeded() -> None:
    latin = "<?xml version='1.0' encoding='iso-8859-1'?><opml><outline text='é' xmlUrl='u'/></opml>"
    assert opml.read(latin.encode("latin-1")) == [{"url": "u", "title": "é"}]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no OPML"),
        (b"<rss/>", "no OPML"),
        (b"<opml><body>", "well-formed"),
        (b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>", "declares entities"),
    ],
)
def test_what_is_no_list_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        opml.read(data)


def test_no_more_feeds_are_read_than_the_limit() -> None:
    outlines = "".join(f"<outline xmlUrl='http://a.example/{n}'/>" for n in range(600))
    assert len(parse(f"<opml><body>{outlines}</body></opml>".encode())) == 500


def test_deep_folders_are_no_danger() -> None:
    deep = b"<opml>" + b"<outline>" * 100_000 + b"<outline xmlUrl='u'/>"
    deep += b"</outline>" * 100_000 + b"</opml>"
    assert parse(deep) == (Subscription("u", ""),)
