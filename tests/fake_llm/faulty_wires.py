"""Faults of the way bytes travel: silence, drips, cuts, floods, bombs."""

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from tests.fake_llm.completions import DONE, event
from tests.fake_llm.fault import Fault
from tests.fake_llm.replies import FOREVER_S, Part, Reply

BLOCK = b" " * 65_536
FLOOD_BYTES = 1 << 30  # of a body that is too large
BOMB_BYTES = 1 << 26  # of a body once it is unpacked
PING_S = 5.0

_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"


def _body(reply: Reply) -> bytes:
    return b"".join(part.data for part in reply.parts)


def _split(reply: Reply, share: float = 0.5) -> tuple[Part, ...]:
    """Return the beginning of the body, as one part when it is one, as events when it is many."""
    parts = tuple(reply.parts)
    if len(parts) > 1:
        return parts[: max(1, int(len(parts) * share))]
    data = b"".join(part.data for part in parts)
    return (Part(data[: int(len(data) * share)]),)


def _cut(reply: Reply) -> Reply:
    n_bytes = None
    if reply.n_declared is not None:
        parts = tuple(reply.parts)
        n_bytes = sum(len(part.data) for part in parts)
        reply = replace(reply, parts=parts)
    return replace(reply, parts=_split(reply), n_declared=n_bytes, end="cut")


def _stall(reply: Reply) -> Reply:
    parts = tuple(reply.parts)
    sent = _split(replace(reply, parts=parts))
    n_sent = sum(len(part.data) for part in sent)
    rest = b"".join(part.data for part in parts)[n_sent:]
    return replace(reply, parts=(*sent, Part(rest, FOREVER_S)))


def _drip(reply: Reply) -> Reply:
    data = _body(reply)
    drops = tuple(Part(data[i : i + 1], 1.0) for i in range(len(data)))
    return replace(reply, parts=drops)


def _late_body(reply: Reply) -> Reply:
    first, *rest = reply.parts
    return replace(reply, parts=(replace(first, wait_s=FOREVER_S), *rest))


def _pings(reply: Reply) -> Reply:
    def parts(sent: tuple[Part, ...]) -> Iterator[Part]:
        yield from sent
        for _ in range(int(FOREVER_S / PING_S)):
            yield Part(b": ping\n\n", PING_S)

    return replace(reply, parts=parts(_split(reply)))


def _endless(reply: Reply) -> Reply:
    def parts(first: Part) -> Iterator[Part]:
        chunk = {"choices": [{"index": 0, "delta": {"content": "and "}, "finish_reason": None}]}
        data = event({"id": "chatcmpl-x", "object": "chat.completion.chunk", **chunk})
        yield first
        while True:
            yield Part(data, 0.01)

    first, *_ = reply.parts
    return replace(reply, parts=parts(first))


def _without_done(reply: Reply) -> Reply:
    return replace(reply, parts=tuple(part for part in reply.parts if part.data != DONE))


def _cut_cleanly(reply: Reply) -> Reply:
    """End the stream in the middle as if that were its end."""
    return replace(reply, parts=_split(reply))


def _then(*extra: bytes) -> Callable[[Reply], Reply]:
    """Return a change that ends a stream in the middle with events of its own."""
    return lambda reply: replace(reply, parts=(*_split(reply), *map(Part, extra)))


def _oddly(reply: Reply) -> Reply:
    """Use all that the format allows: comments, CRLF, no space, pieces that end anywhere."""
    data = b": wait\r\n\r\n" + _body(reply).replace(b"\n", b"\r\n").replace(b"data: ", b"data:")
    pieces = tuple(Part(data[i : i + 7]) for i in range(0, len(data), 7))
    return replace(reply, parts=pieces)


def _flood(reply: Reply) -> Reply:
    """Put white space before the body: valid JSON, if somebody reads all of it."""
    data = _body(reply)
    n_blocks = FLOOD_BYTES // len(BLOCK)

    def parts() -> Iterator[Part]:
        for _ in range(n_blocks):
            yield Part(BLOCK)
        yield Part(data)

    n_declared = None if reply.n_declared is None else n_blocks * len(BLOCK) + len(data)
    return replace(reply, parts=parts(), n_declared=n_declared)


def _bomb(reply: Reply) -> Reply:
    """Compress the same flood: a small body that unpacks to a huge one."""
    packed, crc = _packed_blocks()
    data = _body(reply)
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    size = (BOMB_BYTES + len(data)) % (1 << 32)
    trailer = zlib.crc32(data, crc).to_bytes(4, "little") + size.to_bytes(4, "little")
    packed += packer.compress(data) + packer.flush() + trailer
    headers = {**reply.headers, "content-encoding": "gzip"}
    return replace(reply, parts=(Part(packed),), headers=headers, n_declared=len(packed))


@cache
def _packed_blocks() -> tuple[bytes, int]:
    """Return a gzip stream of white space up to its last block, and its checksum."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    block = packer.compress(BLOCK) + packer.flush(zlib.Z_FULL_FLUSH)
    n_blocks, crc = BOMB_BYTES // len(BLOCK), 0
    for _ in range(n_blocks):
        crc = zlib.crc32(BLOCK, crc)
    return _GZIP_HEADER + block * n_blocks, crc


def _latin1(reply: Reply) -> Reply:
    """Send bytes that are not the UTF-8 that the header promises."""
    data = _body(reply).replace(b"e", b"\xe9")
    headers = {**reply.headers, "content-type": f"{reply.headers['content-type']}; charset=utf-8"}
    return replace(reply, parts=(Part(data),), headers=headers, n_declared=len(data))


def _not_gzip(reply: Reply) -> Reply:
    return replace(reply, headers={**reply.headers, "content-encoding": "gzip"})


WIRES: Mapping[str, Fault] = {
    "refused": Fault(
        "F09", "no connection", wire=lambda reply: replace(reply, breaks="connecting")
    ),
    "reset": Fault(
        "F09", "reset before the first byte", wire=lambda r: replace(r, breaks="reading")
    ),
    "reset_midway": Fault(
        "F14", "reset in the middle", wire=lambda r: replace(_cut(r), end="reset")
    ),
    "hang": Fault("F13", "accepts and says nothing", wire=lambda r: replace(r, wait_s=FOREVER_S)),
    "hang_after_headers": Fault("F13", "headers, then nothing", wire=_late_body),
    "drip": Fault("F13", "a byte a second", wire=_drip),
    "stall": Fault("F13", "half, then nothing", wire=_stall),
    "stall_with_pings": Fault("F13", "half, then only pings", wire=_pings, needs_stream=True),
    "endless": Fault("F13", "never stops talking", wire=_endless, needs_stream=True),
    "cut": Fault("F14", "closes before the promised end", wire=_cut),
    "no_done": Fault("F14", "a stream without [DONE]", wire=_without_done, needs_stream=True),
    "cut_cleanly": Fault(
        "F14", "a stream without finish_reason and [DONE]", wire=_cut_cleanly, needs_stream=True
    ),
    "done_early": Fault("F14", "[DONE] without finish_reason", wire=_then(DONE), needs_stream=True),
    "error_event": Fault(
        "F17",
        "an error in the stream",
        wire=_then(event({"error": {"message": "upstream failed", "type": "server_error"}}), DONE),
        needs_stream=True,
    ),
    "bad_event": Fault(
        "F17",
        "an event that is no JSON",
        wire=_then(b'data: {"id": "chatc\n\n', DONE),
        needs_stream=True,
    ),
    "odd_events": Fault(
        "F14", "a sound stream, oddly written and cut anywhere", wire=_oddly, needs_stream=True
    ),
    "flood": Fault("F17", "a gigabyte of white space", wire=_flood),
    "bomb": Fault("F17", "a small body that unpacks to 64 MB", wire=_bomb),
    "not_gzip": Fault("F17", "says gzip and is not", wire=_not_gzip),
    "wrong_charset": Fault("F17", "Latin-1 that calls itself UTF-8", wire=_latin1),
    "closes_kept_alive": Fault(
        "F09",
        "closes a connection it promised to keep, after a whole answer",
        wire=lambda reply: replace(reply, end="closed"),
    ),
}
