"""The page in place of one that is not there."""

from summarizer.service.web import frame
from summarizer.service.web.frame import Page


def page() -> Page:
    """Return the page; what belongs to others is not there, too."""
    return frame.page("missing")
