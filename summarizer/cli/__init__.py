"""The command line: what the words of a command mean, where output goes, which code it ends with.

Nothing heavy is imported before a command runs, so that `--help` answers at once.
"""

import logging
import traceback
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.main import get_command

from summarizer.cli import brief, editions, init, serve, store, token, verify
from summarizer.cli.program import (
    CONFIGURATION,
    INTERNAL,
    INTERRUPTED,
    OK,
    USAGE,
    Debug,
    app,
)
from summarizer.errors import SummarizerError
from summarizer.service import terminal
from summarizer.service.delivery import files as delivery
from summarizer.service.terminal import PROGRAM

__all__ = ["app", "brief", "editions", "init", "run", "serve", "store", "token", "verify"]

EXIT_CODES = {
    "invalid_input": USAGE,
    "limit_exceeded": USAGE,
    "no_usable_source": 3,
    "configuration": CONFIGURATION,
    "storage": CONFIGURATION,
}


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
        terminal.say(message)
    if code == INTERRUPTED:
        terminal.say("interrupted")
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
