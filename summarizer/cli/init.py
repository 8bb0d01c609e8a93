"""The command `init`: a commented configuration for one's own sources, and a first briefing."""

import itertools
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated
from zoneinfo import available_timezones

import typer

from summarizer.cli.program import OK, Debug, app
from summarizer.errors import InputError, NoUsableSourceError
from summarizer.service import terminal

_LOCALTIME = Path("/etc/localtime")  # a link to the file of the machine's zone

_TEMPLATE = """\
# Settings of summarizer. Every line that begins with # shows a default or an example.

# engine = "extractive"        # or "openai:MODEL", "transformers:MODEL"
# base_url = "http://127.0.0.1:11434/v1"  # of an OpenAI-compatible endpoint; the key is read
                               # from the environment: OPENAI_API_KEY
# budget_usd = 0.10            # of one briefing
# data_dir = "data"            # where briefings are kept; default: your data folder

# [email]                      # needed for recipients; the password is read from the
# host = "smtp.example.org"    # environment: SUMMARIZER_EMAIL__PASSWORD
# username = "desk"
# sender = "Desk <desk@example.org>"

{edition}"""

_EDITION = """\
[editions.morning]             # summarizer edition run morning
sources = [                    # feeds, lists of feeds, pages, files, folders, globs
{sources}
]
at = "06:00"                   # when it must be there
timezone = {zone}
# days = ["mon", "tue", "wed", "thu", "fri"]  # default: every day
# style = "standard"           # or "headlines", "deep"
# language = "en"              # of the headings
# budget_usd_month = 2.00
# recipients = ["you@example.org"]
# files = ["briefings/{{edition}}-{{day}}.html"]
# on_failure = "failures.txt"  # or "mailto:you@example.org", or a web address

# [[editions.morning.topics]]
# name = "Rail"
# terms = ["railway", "rail strike", "NOT rail mail"]
# mode = "watch"               # reports also when there is nothing; or section, boost, mute
"""

_EXAMPLES = {"https://example.org/feed.xml": "a feed", "articles/": "a folder"}
_MAX_REMARK = 60  # characters


@app.command()
def init(
    source: Annotated[
        str | None,
        typer.Argument(metavar="[FOLDER|OPML]", help="A folder of articles, or a list of feeds."),
    ] = None,
    *,
    _debug: Debug = False,
) -> int:
    """Write a commented summarizer.toml, and print a first briefing of its sources."""
    from summarizer.cli.brief import brief
    from summarizer.settings import FILE

    path = Path(FILE)
    sources = None if source is None else _sources(source)
    write(path, configuration(sources, zone=local_zone(os.environ.get("TZ"), _LOCALTIME)))
    if sources is None:
        terminal.say(f"wrote {path}: name your sources in it, then: summarizer edition run morning")
        return OK
    terminal.say(f"wrote {path}: summarizer edition run morning makes it, summarizer serve daily")
    try:
        return brief(list(sources))
    except NoUsableSourceError as error:
        terminal.say(f"no briefing yet: {error}")
        return OK


def configuration(sources: Mapping[str, str] | None, *, zone: str) -> str:
    """Return the text of a configuration.

    Args:
        sources: of its edition, each with a remark; None: examples, and all is commented out.
        zone: of its edition.
    """
    listed = "\n".join(itertools.starmap(_line, (sources or _EXAMPLES).items()))
    edition = _EDITION.format(sources=listed, zone=_toml(zone))
    if sources is None:
        edition = "".join(
            line if line.startswith("#") or not line.strip() else f"# {line}"
            for line in edition.splitlines(keepends=True)
        )
    return _TEMPLATE.format(edition=edition)


def write(path: Path, text: str) -> None:
    """Write a new file.

    Raises:
        InputError: there is one already, or it cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise InputError(f"{path}: there is one already: edit it, or move it away") from error
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}: go to a folder you may write in") from error


def local_zone(named: str | None, link: Path) -> str:
    """Return the time zone of this machine as an IANA name, UTC where it has none.

    Args:
        named: what the environment says.
        link: to the file of the zone.
    """
    known = available_timezones()
    _, _, linked = os.fspath(link.resolve()).partition("zoneinfo/")
    return next((zone for zone in ((named or "").lstrip(":"), linked) if zone in known), "UTC")


def _sources(source: str) -> dict[str, str]:
    """Return what the edition reads, each with a remark: the feeds of a list, or `source` itself.

    Raises:
        NoUsableSourceError: there is no such file, or no feed in it.
        InputError: it cannot be read.
    """
    from summarizer.sources import opml, paths

    if source.lower().startswith(("http://", "https://")):
        return {source: ""}
    missing = [note for note in paths.find(source).notes if note.code == "missing"]
    if missing:
        raise NoUsableSourceError(missing[0].message)
    path = Path(source)
    if path.suffix.lower() != ".opml" or not path.is_file():
        return {source: ""}
    try:
        feeds = opml.parse(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}: make it readable") from error
    if not feeds:
        raise NoUsableSourceError(f"{path}: there is no feed in it: name a folder or another list")
    return {feed.url: feed.title for feed in feeds}


def _line(source: str, remark: str) -> str:
    shown = "".join(char for char in " ".join(remark.split())[:_MAX_REMARK] if char.isprintable())
    return f"    {_toml(source)},{f'  # {shown}' if shown else ''}"


def _toml(value: str) -> str:
    """Write a string in TOML: as in JSON, but that this allows one control character more."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
