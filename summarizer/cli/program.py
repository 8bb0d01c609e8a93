"""What all commands share: the program they belong to, their common options, their exit codes."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated

import typer

from summarizer.errors import InputError
from summarizer.service import terminal
from summarizer.types import Note

OK, INTERNAL, USAGE, NOT_STRICT, CONFIGURATION, INTERRUPTED = 0, 1, 2, 4, 5, 130

app = typer.Typer(
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Debug = Annotated[bool, typer.Option("--debug", help="Print a traceback when something fails.")]
Sources = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE", help="Files, folders, globs, web addresses, or - for stdin."),
]
Format = Annotated[
    str | None,
    typer.Option("--format", metavar="md|html|json|text", help="Format (that of FILE's suffix)."),
]
BriefingFormat = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="md|html|json|text|eml", help="Format (that of FILE's suffix)."
    ),
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file.")
]
IncludeText = Annotated[
    bool, typer.Option("--include-text", help="Put the documents' texts into the JSON.")
]


def choice(option: str, value: str | None, known: Collection[str]) -> None:
    """Refuse a value that is not one of `known`, with the nearest that is."""
    from summarizer.settings import did_you_mean

    if value is not None and value not in known:
        raise InputError(f"unknown {option} {value!r}{did_you_mean(value, known)}")


def say_left_out(notes: Sequence[Note]) -> None:
    """Say on standard error what was left out."""
    from summarizer.sources.files import HARMLESS

    for note in notes:
        if note.code not in HARMLESS:
            terminal.say(note.message)


def strictly(missing: str | None) -> int:
    """Return the exit code of a strict run, after saying what it misses."""
    if missing is None:
        return OK
    terminal.say(f"--strict: {missing}")
    return NOT_STRICT
