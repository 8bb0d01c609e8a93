"""The `---` block of `key: value` lines that may open a Markdown or text file."""

import re

_FIELDS = frozenset(
    {"title", "source", "url", "published", "date", "language", "lang", "kind"},
)
_FENCE = re.compile(r"---[ \t]*\r?\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_PAIR = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*))?")
_QUOTES = ('"', "'")


def split(text: str) -> tuple[dict[str, str], str]:
    """Take the block off `text`: its known fields, and the text after it.

    Unknown keys are ignored, and so are nested lines as YAML has them. A block that is not closed,
    or holds a line that is neither, is text: two rules of dashes around prose are no metadata.
    """
    start = _FENCE.match(text)
    end = _END.search(text, start.end()) if start else None
    if start is None or end is None:
        return {}, text
    fields: dict[str, str] = {}
    for line in text[start.end() : end.start()].splitlines():
        pair = _PAIR.fullmatch(line.rstrip())
        if pair is not None:
            key, value = pair[1].lower(), _unquote((pair[2] or "").strip())
            if key in _FIELDS and value:
                fields.setdefault(key, value)
        elif line.strip() and not line.startswith((" ", "\t", "-", "#")):
            return {}, text
    return fields, text[end.end() :]


def _unquote(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in _QUOTES
    return value[1:-1] if quoted else value
