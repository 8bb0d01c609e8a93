"""The frame of all pages: templates, one style sheet, and the policy under which they are shown."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from urllib.parse import quote

from jinja2 import ChoiceLoader, Environment, PackageLoader

from summarizer.render.html import escaping
from summarizer.render.passages import calendar_date, outlet
from summarizer.render.safety import one_line, printable, web_address
from summarizer.service.web import wording

_POLICY = (
    "default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_BODY = "<body>\n"


@dataclass(frozen=True, slots=True)
class Page:
    """A page and the content security policy that lets its own style sheet in, nothing else."""

    text: str
    policy: str | None = None  # None: it carries its own


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another page."""

    name: str
    href: str


HOME = Link("All briefings", "/")


def page(template: str, /, *, way: Sequence[Link] = (HOME,), **values: object) -> Page:
    """Fill a template by its name; `way` leads back to the pages above it."""
    environment = _environment()
    style = environment.get_template("site.css").render()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    text = environment.get_template(f"{template}.html").render(style=style, way=way, **values)
    return Page(printable(text), _POLICY.format(digest=digest))


def below(rendered: str, *, way: Sequence[Link], more: Sequence[Link]) -> Page:
    """Put links above a page that `summarizer.render` made, in its own style.

    All foreign text in it is escaped, so the first `<body>` is the tag.
    """
    head, body, rest = rendered.partition(_BODY)
    above = _environment().get_template("above.html").render(way=way, more=more)
    return Page(head + body + above + rest)


def part(*names: str, **query: str) -> str:
    """Return an address on this site; empty values of the query are left out."""
    path = "".join(f"/{quote(name, safe='')}" for name in names)
    asked = "&".join(f"{key}={quote(value, safe='')}" for key, value in query.items() if value)
    return f"{path}?{asked}" if asked else path


@cache
def _environment() -> Environment:
    # Pages look like briefings, so their style sheet begins with that of `render`.
    packages = (__package__, "summarizer.render")
    environment = escaping(ChoiceLoader([PackageLoader(name) for name in packages]))
    environment.filters |= {
        "clock": wording.clock,
        "date": calendar_date,
        "day": wording.day,
        "instant": wording.instant,
        "one_line": one_line,
        "outlet": outlet,
        "place": wording.place,
        "web_address": web_address,
    }
    environment.globals["part"] = part
    return environment
