"""The command line: what the words of a command mean, where output goes, which code it ends with.

Nothing heavy is imported before a command runs, so that `--help` answers at once.
"""

import logging
import sys
import traceback
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from summarizer.errors import InputError, SummarizerError
from summarizer.service import delivery
from summarizer.types import Briefing

PROGRAM = "summarizer"
OK, INTERNAL, USAGE, NOT_STRICT, INTERRUPTED = 0, 1, 2, 4, 130
EXIT_CODES = {
    "invalid_input": USAGE,
    "limit_exceeded": USAGE,
    "no_usable_source": 3,
    "configuration": 5,
}
_CONFIGURATION = EXIT_CODES["configuration"]
_FORMAT_OF_SUFFIX = {".md": "md", ".html": "html", ".json": "json", ".txt": "text"}

app = typer.Typer(
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
config = typer.Typer(rich_markup_mode=None)
app.add_typer(config, name="config")

Debug = Annotated[bool, typer.Option("--debug", help="Print a traceback when something fails.")]


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; errors are one line on standard error."""
    debug = "--debug" in arguments  # known before parsing, which may be what fails
    if debug:
        logging.basicConfig(level=logging.DEBUG)
    else:  # without a handler Python prints what libraries warn of
        logging.basicConfig(handlers=[logging.NullHandler()])
    try:
        # Without its standalone mode typer returns what the command does, 0 for --help and 130 for
        # Ctrl-C, and raises what it would otherwise print.
        code = int(get_command(app).main(list(arguments), PROGRAM, standalone_mode=False) or OK)
    except Exception as error:  # noqa: BLE001 - nothing else is between this and the user
        if debug:
            traceback.print_exc()
        message, code = _explain(error)
        _say(message)
    if code == INTERRUPTED:
        _say("interrupted")
    return code


def _explain(error: Exception) -> tuple[str, int]:
    """Return the line that tells the user of `error`, and the exit code."""
    if isinstance(error, SummarizerError):
        return str(error), EXIT_CODES.get(error.code, INTERNAL)
    if isinstance(error, typer.TyperException):
        message = error.format_message().strip().rstrip(".")
        context = getattr(error, "ctx", None)
        command = context.command_path if context else PROGRAM
        return f"{message[:1].lower()}{message[1:]} (see {command} --help)", USAGE
    what = type(error).__name__
    if isinstance(error, OSError):  # it names a file and never holds what was in it
        what = f"{what}: {error}"
    return f"internal error ({what}): add --debug for the traceback", INTERNAL


def _version(*, asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        delivery.to_stdout(f"{PROGRAM} {version(PROGRAM)}\n")
        raise typer.Exit


@app.callback()
def _main(
    *,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
    _debug: Debug = False,
) -> None:
    """Many documents in, one briefing out, every sentence cited to the characters behind it."""


@app.command()
def brief(  # noqa: PLR0913 - one argument an option
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE", help="Files, folders, globs, or - for stdin."),
    ],
    *,
    engine: Annotated[str | None, typer.Option(help="What writes: extractive.")] = None,
    words: Annotated[
        int | None, typer.Option(help="Budget of all claims in the stories (600).")
    ] = None,
    stories: Annotated[int | None, typer.Option(help="Stories told in full (12).")] = None,
    one_story: Annotated[
        bool, typer.Option("--one-story", help="All sources are about one event.")
    ] = False,
    day: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="Day of the briefing (the newest date)."),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="Language of the labels (that of most documents)."),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name everywhere
        str | None,
        typer.Option(
            metavar="md|html|json|text", help="Format (that of the file's suffix, or md)."
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file.")
    ] = None,
    include_text: Annotated[
        bool, typer.Option("--include-text", help="Put the documents' texts into the JSON.")
    ] = False,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="Add what became of each document.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why a story's documents are together.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 4 when anything is missing or withheld.")
    ] = False,
    _debug: Debug = False,
) -> int:
    """Make one briefing of many documents."""
    from summarizer import settings
    from summarizer.briefing import pipeline
    from summarizer.briefing.options import ENGINES
    from summarizer.render import FORMATS, render
    from summarizer.sources import files

    configured = settings.load()
    _choice("engine", engine, ENGINES)
    _choice("format", format, FORMATS)
    options = configured.options(
        engine=engine,
        words=words,
        stories=stories,
        one_story=one_story,
        explain=explain,
        day=day,
        language=language,
    )
    if output is not None:
        delivery.check(output)
        format = format or _FORMAT_OF_SUFFIX.get(output.suffix.lower())  # noqa: A001 - as above
    with _progress() as progress:
        loaded = files.load(sources, stdin=getattr(sys.stdin, "buffer", None))
        briefing = pipeline.brief(
            loaded.documents,
            options,
            sources=loaded.sources,
            notes=loaded.notes,
            progress=progress,
        )
    text = render(briefing, format or "md", include_text=include_text, ledger=ledger)
    if output is None:
        delivery.to_stdout(text)
    else:
        delivery.to_file(text, output)
    return _report(briefing, strict=strict)


@app.command()
def serve(
    *,
    host: Annotated[str | None, typer.Option(help="Address to listen on (127.0.0.1).")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65_535, help="Port (8765); 0 takes a free one.")
    ] = None,
    _debug: Debug = False,
) -> None:
    """Answer HTTP requests until interrupted."""
    from summarizer import settings
    from summarizer.service import api

    configured = settings.load()
    given = {key: value for key, value in (("host", host), ("port", port)) if value is not None}
    server = configured.server.model_copy(update=given)
    api.serve(configured.model_copy(update={"server": server}), announce=_say)


@app.command()
def doctor(*, _debug: Debug = False) -> int:
    """Check that this installation works."""
    from summarizer.service.doctor import examine

    checks = list(examine())
    delivery.to_stdout(_table((c.name, "ok" if c.ok else "failed", c.detail) for c in checks))
    return OK if all(check.ok for check in checks) else _CONFIGURATION


@config.callback()
def _config() -> None:
    """Look at the configuration."""


@config.command()
def show(*, _debug: Debug = False) -> None:
    """Print every setting, its value and where it came from."""
    from summarizer import settings

    rows = ((s.key, "" if s.value is None else str(s.value), s.origin) for s in settings.explain())
    delivery.to_stdout(_table(rows))


def _choice(option: str, value: str | None, known: Collection[str]) -> None:
    from summarizer.settings import did_you_mean

    if value is not None and value not in known:
        raise InputError(f"unknown {option} {value!r}{did_you_mean(value, known)}")


def _table(rows: Iterator[tuple[str, str, str]]) -> str:
    cells = list(rows)
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )
    return "".join(f"{line}\n" for line in lines)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """Show a bar while the work goes on, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("loading", total=None)

        def advance(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total)

        yield advance


def _report(briefing: Briefing, *, strict: bool) -> int:
    """Say on standard error what was left out, and return the exit code."""
    from summarizer.sources.files import HARMLESS

    for note in briefing.notes:
        if note.code not in HARMLESS:
            _say(note.message)
    missing = shortfall(briefing) if strict else None
    if missing is None:
        return OK
    _say(f"--strict: {missing}")
    return NOT_STRICT


def shortfall(briefing: Briefing) -> str | None:
    """Say what keeps a briefing from being all it should be; None when nothing does."""
    if briefing.status != "complete":
        return f"the briefing is {briefing.status}"
    if briefing.withheld:
        return f"drafts withheld: {len(briefing.withheld)}"
    return None


def _say(message: str) -> None:
    """Print one line on standard error; a file name in it cannot steer the terminal."""
    line = " ".join(message.split())
    shown = "".join(char if char.isprintable() else "\ufffd" for char in line)
    print(f"{PROGRAM}: {shown}", file=sys.stderr)  # noqa: T201 - what this function is for
