"""What the command line tells its user beside the result: lines, tables, a bar while it works."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from summarizer.models.budget import Budget
from summarizer.types import Usage

PROGRAM = "summarizer"


def say(message: str) -> None:
    """Print one line on standard error; a file name in it cannot steer the terminal."""
    line = " ".join(message.split())
    shown = "".join(char if char.isprintable() else "\ufffd" for char in line)
    print(f"{PROGRAM}: {shown}", file=sys.stderr)  # noqa: T201 - what this function is for


def columns(rows: Iterable[tuple[str, ...]]) -> str:
    """Put rows of equal length under each other, each column as wide as its widest cell."""
    cells = list(rows)
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )
    return "".join(f"{line}\n" for line in lines)


@contextmanager
def progress(budget: Budget | None = None) -> Iterator[Callable[[str, int, int], None] | None]:
    """Show a bar while the work goes on, on a terminal only, with what models used so far."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("loading", total=None)

        def advance(stage: str, done: int, total: int) -> None:
            used = "" if budget is None else f" ({spent(budget.usage)})"
            bar.update(task, description=f"{stage}{used}", completed=done, total=total)

        yield advance


def spent(usage: Usage) -> str:
    """Say what models used: "12,300 tokens, $0.02"; the cost only where prices are known."""
    tokens = f"{usage.input_tokens + usage.output_tokens:,} tokens"
    return tokens if usage.cost_usd is None else f"{tokens}, ${usage.cost_usd:.2f}"
