"""The body of an answer, unpacked within bounds.

One layer of gzip or none: a stream of zeros shrinks a thousandfold, and every layer multiplies.
"""

import zlib
from collections.abc import Iterable
from itertools import chain

from summarizer.limits import MAX_BODY_BYTES

_GZIP = 16 + zlib.MAX_WBITS
_STEP_BYTES = 1 << 16
_MAX_RATIO = 100  # unpacked to packed; pages come to 10
_RATIO_FROM_BYTES = 1_000_000  # a short page may repeat itself


class BodyError(ValueError):
    """A body that is too large, damaged, or packed in a way that was not asked for."""


def unpack(parts: Iterable[bytes], encoding: str, *, max_bytes: int = MAX_BODY_BYTES) -> bytes:
    """Return the body that arrives in `parts`; no more is read than what shows that it is bad.

    Args:
        parts: as they come over the wire.
        encoding: the value of `Content-Encoding`, empty without one.
        max_bytes: of the body, unpacked.

    Raises:
        BodyError: see there.
    """
    body = bytearray()
    for part in _unzipped(parts) if _is_gzip(encoding) else parts:
        body += part
        if len(body) > max_bytes:
            raise BodyError(f"it is larger than {max_bytes:,} bytes")
    return bytes(body)


def _is_gzip(encoding: str) -> bool:
    name = encoding.strip().lower()
    if name not in {"", "identity", "gzip", "x-gzip"}:
        raise BodyError("it is packed in another way than gzip")
    return name.endswith("gzip")


def _unzipped(parts: Iterable[bytes]) -> Iterable[bytes]:
    inflater = zlib.decompressobj(_GZIP)
    n_packed = n_unpacked = 0
    for part in chain(parts, (b"",)):  # the empty one asks for what is still inside
        n_packed += len(part)
        waiting = part
        while not inflater.eof:
            try:
                piece = inflater.decompress(waiting, _STEP_BYTES)
            except zlib.error as error:
                raise BodyError("it is damaged") from error
            n_unpacked += len(piece)
            if n_unpacked > max(_RATIO_FROM_BYTES, _MAX_RATIO * n_packed):
                raise BodyError(f"it is packed more than {_MAX_RATIO} to one")
            yield piece
            waiting = inflater.unconsumed_tail
            if not piece and not waiting:
                break
    if n_packed and not inflater.eof:
        raise BodyError("it was cut short")
