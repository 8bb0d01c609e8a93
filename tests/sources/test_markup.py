import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import InputError
from summarizer.sources import markup

BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss>&b;</rss>'


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("<rss version='2.0'>", "rss"),
        ("\ufeff<?xml version='1.0'?>\n<!-- <feed> --><RDF:rdf>", "rdf"),
        ("<!DOCTYPE html><html>", "html"),
        ("<a:feed/>", "feed"),
        ("<?xml <rss>", ""),
        ("no markup, 1 < 2", ""),
        ("", ""),
    ],
)
def test_root_is_the_first_element(text: str, root: str) -> None:
    assert markup.root(text) == root


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        f"<?xml version='1.0'?>\n<!-- <rss> -->{BOMB}",
        "<!doctype x SYSTEM 'file:///etc/passwd' [ ]><rss/>",
        "<!ENTITY a SYSTEM 'file:///etc/passwd'><rss/>",
        "<!DOCTYPE x [" + "<!ENTITY a 'b'>" * 100_000,
    ],
)
def test_declarations_are_refused_at_once(text: str) -> None:
    started = time.process_time()
    with pytest.raises(InputError, match="declares entities"):
        markup.refuse_declarations(text)
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "<rss/>",
        "<!DOCTYPE rss PUBLIC '-//Netscape//DTD RSS 0.91//EN' 'http://n.example/rss.dtd'><rss/>",
        "<rss><title>How &lt;!ENTITY works</title><![CDATA[<!DOCTYPE x [<!ENTITY a 'b'>]>]]></rss>",
        "<!-- <!ENTITY --><rss/>",
    ],
)
def test_what_declares_nothing_is_read(text: str) -> None:
    markup.refuse_declarations(text)


@given(st.text(alphabet="<!-?>[]DOCTYPENIrs: &;"))
def test_any_text_has_a_root_or_none(text: str) -> None:
    assert markup.root(text) == markup.root(text).lower()


@pytest.mark.parametrize("piece", ["<", "<!--", "<?", "<!DOCTYPE ", "<a", "a:", "<!", "[", " "])
def test_hostile_repetition_takes_no_time(piece: str) -> None:
    text = piece * (5_000_000 // len(piece))
    started = time.process_time()
    markup.root(text)
    with suppress(InputError):
        markup.refuse_declarations(text)
    assert time.process_time() - started < 2
