"""A briefing or a review as JSON, the contracts `summarizer.briefing/1` and `.review/1`."""

import json
import re

from summarizer.types import Briefing, Review, plain

_SURROGATE = re.compile("[\ud800-\udfff]")


def render(value: Briefing | Review, *, include_text: bool = False) -> str:
    """Render it as JSON that UTF-8 can encode, with the documents' texts if asked for.

    A lone surrogate, which no encoding can write, becomes U+FFFD.
    """
    content = plain(value, include_text=include_text)
    return _SURROGATE.sub("\ufffd", json.dumps(content, ensure_ascii=False, indent=2)) + "\n"
