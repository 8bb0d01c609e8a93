"""One spelling for characters that mean the same, without moving any: offsets stay true."""

_SAME = (
    ("\u2019", "'"),
    ("\u02bc", "'"),
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2009", " "),
    ("\u2011", "-"),
)


def fold(text: str) -> str:
    """Return a text of the same length in lower case, with plain apostrophes and spaces."""
    folded = text.lower()
    if text.isascii():
        return folded
    if len(folded) != len(text):
        folded = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    for written, plain in _SAME:
        folded = folded.replace(written, plain)
    return folded
