import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.sources import charset

STORM = "Der Sturm traf die Küste – „schlimm“, sagte sie. 東京"


@given(st.binary(max_size=200))
def test_any_bytes_become_text(data: bytes) -> None:
    text, _ = charset.decode(data, declared=charset.declaration(data))
    assert isinstance(text, str)


@given(st.binary(max_size=200))
def test_telling_what_a_file_is_never_fails(data: bytes) -> None:
    assert charset.binary_kind(data) is None or charset.binary_kind(data)


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_mark_decides_and_is_not_text(mark: bytes, codec: str) -> None:
    data = mark + STORM.encode(codec)
    assert charset.decode(data, declared="cp1252") == (STORM, False)
    assert charset.binary_kind(data) is None


def test_cut_utf16_is_read_as_far_as_it_goes() -> None:
    text, guessed = charset.decode(codecs.BOM_UTF16_LE + "Storm".encode("utf-16-le")[:-1])
    assert text.startswith("Stor")
    assert not guessed


def test_utf8_needs_no_guess() -> None:
    assert charset.decode(STORM.encode()) == (STORM, False)


def test_other_bytes_are_guessed_to_be_cp1252() -> None:
    assert charset.decode("“Café”".encode("cp1252")) == ("“Café”", True)


def test_bytes_that_are_not_in_the_declared_charset_are_read_by_the_next_step() -> None:
    assert charset.decode("東京".encode(), declared="iso2022_jp") == ("東京", False)


@pytest.mark.parametrize(
    ("page", "codec"),
    [
        (b'<meta charset="windows-1251">', "cp1251"),
        (b"<META CHARSET=koi8-r>", "koi8-r"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "cp1252"),
        (b'<?xml version="1.0" encoding="Shift_JIS"?><html>', "cp932"),
        (b'<meta charset="utf-16">', "utf-8"),
        (b'<meta charset="utf-7">', None),
        (b'<meta charset="rot13">', None),
        (b'<meta charset="base64">', None),
        (b'<meta charset="no-such-thing">', None),
        (b"<p>no declaration</p>", None),
        (b" " * 1_024 + b'<meta charset="windows-1251">', None),
    ],
)
def test_declared_charset_maps_to_a_codec_or_to_none(page: bytes, codec: str | None) -> None:
    assert charset.declaration(page) == codec


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 and more",
        b"PK\x03\x04...",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"\x00\x01\x02\x03",
        b"abc\x00\xff\xfe",
        "No mark here".encode("utf-16-le"),
        b"text\x00" * 10,
    ],
)
def test_binary_data_is_recognised(data: bytes) -> None:
    assert charset.binary_kind(data) is not None


def test_a_stray_nul_leaves_text_text() -> None:
    assert charset.binary_kind(b"A storm\x00 hit the coast on Monday night.") is None
