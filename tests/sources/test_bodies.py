import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.sources.bodies import BodyError, unpack

MEGABYTE = 1 << 20


def parts(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@given(st.binary(max_size=10_000), st.integers(1, 5_000), st.sampled_from(["", "Identity"]))
def test_plain_body_arrives_as_it_was_sent(data: bytes, size: int, encoding: str) -> None:
    assert unpack(parts(data, size), encoding) == data


@given(st.binary(max_size=10_000), st.integers(1, 5_000), st.sampled_from(["gzip", " X-GZip "]))
def test_packed_body_arrives_as_it_was(data: bytes, size: int, encoding: str) -> None:
    assert unpack(parts(gzip.compress(data, mtime=0), size), encoding) == data


def test_page_that_repeats_itself_is_no_bomb() -> None:
    page = b"<p>The same words again.</p>" * 30_000
    assert unpack([gzip.compress(page, mtime=0)], "gzip") == page


def test_empty_answer_needs_no_packing() -> None:
    assert unpack([], "gzip") == b""


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip", "compress", "gzip;"])
def test_other_packing_is_refused(encoding: str) -> None:
    with pytest.raises(BodyError, match="another way"):
        unpack([b"body"], encoding)


def test_body_beyond_the_cap_is_refused() -> None:
    assert unpack([b"12345"], "", max_bytes=5) == b"12345"
    with pytest.raises(BodyError, match="larger than 5 bytes"):
        unpack([b"123456"], "", max_bytes=5)
    with pytest.raises(BodyError, match="larger than 5 bytes"):
        unpack([gzip.compress(b"123456", mtime=0)], "gzip", max_bytes=5)


def test_bomb_is_refused_early_and_in_little_memory() -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = [packer.compress(bytes(MEGABYTE)) for _ in range(200)] + [packer.flush()]
    tracemalloc.start()
    with pytest.raises(BodyError, match="100 to one"):
        unpack(bomb, "gzip")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 * MEGABYTE


@pytest.mark.parametrize(
    "body", [b"not gzip at all", gzip.compress(b"x" * 99, mtime=0)[:20] + b"\xff" * 9]
)
def test_damaged_body_is_refused(body: bytes) -> None:
    with pytest.raises(BodyError, match=r"damaged|cut short"):
        unpack([body], "gzip")


def test_body_cut_short_is_refused() -> None:
    with pytest.raises(BodyError, match="cut short"):
        unpack([gzip.compress(b"a whole sentence", mtime=0)[:-9]], "gzip")


def test_nothing_is_read_after_the_end_of_a_packed_body() -> None:
    assert unpack([gzip.compress(b"one", mtime=0) + b"garbage", b"more"], "gzip") == b"one"
