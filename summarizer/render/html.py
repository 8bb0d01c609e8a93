"""A briefing as one self-contained HTML page: each sentence links to its source's own words.

There is no script and nothing is requested. The page's content security policy admits its own
style sheet, by digest, and nothing else. All text is escaped by the template engine; addresses are
links only when they are http(s).
"""

from base64 import b64encode
from functools import cache
from hashlib import sha256

from jinja2 import BaseLoader, Environment, PackageLoader, StrictUndefined

from summarizer.render.labels import direction
from summarizer.render.lines import verdict_in_words
from summarizer.render.outline import documents_by_use, outline
from summarizer.render.passages import calendar_date, excerpts, outlet, place, spans
from summarizer.render.safety import one_line, printable, web_address
from summarizer.types import Briefing


def render(briefing: Briefing, *, ledger: bool = False) -> str:
    """Render a briefing as an HTML page; `ledger` adds withheld drafts and every document."""
    return page("briefing", page=outline(briefing), ledger=ledger)


def page(name: str, **values: object) -> str:
    """Fill the template `name` with values; its style sheet has the same name."""
    environment = _environment()
    style = environment.get_template(f"{name}.css").render()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    template = environment.get_template(f"{name}.html")
    return printable(template.render(style=style, style_digest=digest, **values))


def piece(name: str, **values: object) -> str:
    """Fill the template `name`, which has no style sheet."""
    return printable(_environment().get_template(f"{name}.html").render(**values))


def escaping(loader: BaseLoader) -> Environment:
    """Return where templates of pages are filled: all text is escaped, and nothing is missing."""
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _environment() -> Environment:
    environment = escaping(PackageLoader("summarizer.render"))
    environment.filters |= {
        "date": calendar_date,
        "direction": direction,
        "documents_by_use": documents_by_use,
        "excerpts": excerpts,
        "one_line": one_line,
        "outlet": outlet,
        "place": place,
        "spans": spans,
        "verdict": verdict_in_words,
        "web_address": web_address,
    }
    return environment
