"""The commands around the program itself: `serve`, `worker`, `doctor`, `config show`."""

from typing import Annotated

import typer

from summarizer.cli.program import CONFIGURATION, OK, Debug, app
from summarizer.service import terminal
from summarizer.service.delivery import files as delivery

config = typer.Typer(rich_markup_mode=None)
app.add_typer(config, name="config")


@app.command()
def serve(
    *,
    host: Annotated[str | None, typer.Option(help="Address to listen on (127.0.0.1).")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65_535, help="Port (8765); 0 takes a free one.")
    ] = None,
    _debug: Debug = False,
) -> None:
    """Answer HTTP requests, and make and send what is due, until interrupted."""
    from summarizer import settings
    from summarizer.service import api

    configured = settings.load()
    given = {key: value for key, value in (("host", host), ("port", port)) if value is not None}
    server = configured.server.model_copy(update=given)
    api.serve(configured.model_copy(update={"server": server}), announce=terminal.say)


@app.command()
def worker(*, _debug: Debug = False) -> None:
    """Make and send what is due until interrupted, without HTTP."""
    from summarizer import settings
    from summarizer.service import api

    api.work(settings.load(), announce=terminal.say)


@app.command()
def doctor(*, _debug: Debug = False) -> int:
    """Check that this installation works."""
    from summarizer.service.doctor import examine

    checks = list(examine())
    delivery.to_stdout(
        terminal.columns((c.name, "ok" if c.ok else "failed", c.detail) for c in checks)
    )
    return OK if all(check.ok for check in checks) else CONFIGURATION


@config.callback()
def _config() -> None:
    """Look at the configuration."""


@config.command()
def show(*, _debug: Debug = False) -> None:
    """Print every setting, its value and where it came from."""
    from summarizer import settings

    rows = ((s.key, "" if s.value is None else str(s.value), s.origin) for s in settings.explain())
    delivery.to_stdout(terminal.columns(rows))
