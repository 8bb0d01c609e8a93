"""A briefing as JSON, the contract `summarizer.briefing/1`."""

import json
import re

from summarizer.types import Briefing, plain

_SURROGATE = re.compile("[\ud800-\udfff]")


def render(briefing: Briefing, *, include_text: bool = False) -> str:
    """Render a briefing as JSON that UTF-8 can encode, with the documents' texts if asked for.

    A lone surrogate, which no encoding can write, becomes U+FFFD.
    """
    value = plain(briefing, include_text=include_text)
    return _SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False, indent=2)) + "\n"
