"""Which format a client wants, by its `Accept` header (RFC 9110, section 12.5.1)."""

import re

from summarizer.render import FORMATS

# The formats served, in the order for a client without a preference: what programs read, then
# what people do.
ORDER = ("json", "html", "md", "text")
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")


def choose(header: str) -> str | None:
    """Return the format of the highest quality; None when nothing acceptable can be produced.

    Args:
        header: the header's value, empty when there is none; parameters other than `q` are not
            looked at, and a range with a malformed quality counts as not there.
    """
    ranges = dict(_ranges(header or "*/*"))
    qualities = {name: _quality(FORMATS[name], ranges) for name in ORDER}
    best = max(ORDER, key=lambda name: qualities[name])  # the first of equals
    return best if qualities[best] > 0 else None


def _ranges(header: str) -> list[tuple[str, float]]:
    found = []
    for item in header.lower().split(","):
        media_range, *parameters = (part.strip() for part in item.split(";"))
        values = dict(parameter.partition("=")[::2] for parameter in parameters)
        quality = values.get("q", "1").strip()
        if _QUALITY.fullmatch(quality):
            found.append((media_range, float(quality)))
    return found


def _quality(media_type: str, ranges: dict[str, float]) -> float:
    """Return the quality the most specific range gives to `media_type`."""
    family = media_type.partition("/")[0]
    for media_range in (media_type, f"{family}/*", "*/*"):
        if media_range in ranges:
            return ranges[media_range]
    return 0.0
