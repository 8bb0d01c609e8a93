"""From bytes to text: byte order mark, then declaration, then strict UTF-8, then cp1252.

UTF-7 and the transforms Python also calls codecs are never used. Nothing here raises.
"""

import codecs
import re

_DECLARED_WITHIN = 1_024  # bytes; the HTML standard looks for a declaration no further
_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_XML = re.compile(rb"\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9._:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]+)", re.IGNORECASE)
# Python's name -> the codec that reads it. The supersets are those of the Encoding Standard:
# pages that say Latin-1 or ASCII are written in cp1252. A page cannot declare UTF-16 in ASCII
# bytes, so there the standard reads UTF-8.
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_AS_NAMED = frozenset(
    {"utf-8", "utf-8-sig", "gb18030", "big5hkscs", "cp932", "cp949", "euc_jp", "iso2022_jp"}
    | {"koi8-r", "koi8-u", "cp866", "cp874", "mac-roman", "mac-cyrillic"}
    | {f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)}
    | {f"cp125{page}" for page in range(9)}
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"\x7fELF", "a program"),
)
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_NUL_SHARE = 0.1  # unmarked UTF-16 has a NUL for every Latin letter


def decode(data: bytes, *, declared: str | None = None) -> tuple[str, bool]:
    """Return the text of `data` and whether its encoding had to be guessed."""
    mark = byte_order(data)
    if mark is not None:
        return data.decode(mark, errors="replace"), False
    for codec in (declared, "utf-8"):
        if codec is not None:
            try:
                return data.decode(codec), False
            except UnicodeDecodeError:
                continue
    return data.decode("cp1252", errors="replace"), True


def byte_order(data: bytes) -> str | None:
    """Name the codec that the byte order mark of `data` calls for, None without a mark."""
    return next((codec for mark, codec in _BOMS if data.startswith(mark)), None)


def declaration(data: bytes) -> str | None:
    """Name the codec for the charset an HTML or XML page declares, None when it is of no use."""
    head = data[:_DECLARED_WITHIN]
    match = _XML.search(head) or _META.search(head)
    return None if match is None else codec(match[1].decode("ascii"))


def codec(label: str) -> str | None:
    """Name the codec for the charset that a page or a server declares, None for no use."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):  # ValueError: a NUL in it
        return None
    return _SUPERSETS.get(name) or (name if name in _AS_NAMED else None)


def binary_kind(data: bytes) -> str | None:
    """Say what `data` is when it is no text ("a PDF"), None for text.

    A few stray NULs in text that is sound otherwise do not make it binary; they are cleaned away.
    """
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    if kind is not None or b"\x00" not in data or byte_order(data) in {"utf-16", "utf-32"}:
        return kind
    text, guessed = decode(data)
    strange = guessed or _CONTROL.search(text) is not None
    if strange or text.count("\x00") > _MAX_NUL_SHARE * len(text):
        return "binary data, or text in an encoding without a mark"
    return None
