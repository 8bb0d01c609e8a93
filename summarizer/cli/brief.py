"""The command `brief`: from sources to a briefing on standard output or in a file."""

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli.program import (
    INTERRUPTED,
    OK,
    BriefingFormat,
    Debug,
    IncludeText,
    Output,
    Sources,
    app,
    choice,
    say_left_out,
    strictly,
)
from summarizer.service import terminal
from summarizer.service.delivery import files as delivery
from summarizer.types import Briefing


@app.command()
def brief(  # noqa: PLR0913 - one argument an option
    sources: Sources,
    *,
    engine: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="What writes: extractive, openai:MODEL or transformers:MODEL."
        ),
    ] = None,
    fallback: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Engine asked when that fails; may be repeated."),
    ] = None,
    verify_model: Annotated[
        str | None, typer.Option(metavar="NAME", help="Engine that gives a second opinion.")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="Address of an OpenAI-compatible endpoint.")
    ] = None,
    prompts: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="Prompt files of your own.")
    ] = None,
    budget_tokens: Annotated[
        int | None, typer.Option(min=0, metavar="N", help="Tokens that models may use.")
    ] = None,
    budget_usd: Annotated[
        float | None, typer.Option(min=0, metavar="N", help="US dollars that models may cost.")
    ] = None,
    deadline: Annotated[
        float | None, typer.Option(min=1, metavar="SECONDS", help="Time that models may take.")
    ] = None,
    estimate: Annotated[
        bool, typer.Option("--estimate", help="Print what models would cost, and stop.")
    ] = False,
    journal: Annotated[
        bool,
        typer.Option("--journal/--no-journal", help="Keep and reuse the answers of models (yes)."),
    ] = True,
    offline: Annotated[
        bool, typer.Option("--offline", help="Refuse whatever would leave this machine.")
    ] = False,
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
    previous: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="JSON of an earlier briefing; may be given repeatedly."),
    ] = None,
    format: BriefingFormat = None,  # noqa: A002 - the option's name everywhere
    output: Output = None,
    include_text: IncludeText = False,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="Add what became of each document.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say why a story's documents are together.")
    ] = False,
    show: Annotated[
        int | None, typer.Option(metavar="N", help="Print the passages of source N instead.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 4 when anything is missing or withheld.")
    ] = False,
    _debug: Debug = False,
) -> int:
    """Make one briefing of many documents."""
    from summarizer import settings
    from summarizer.briefing import pipeline
    from summarizer.render import BRIEFING_FORMATS, render, source
    from summarizer.service import earlier, engines, fetching
    from summarizer.sources import files

    choice("format", format, BRIEFING_FORMATS)
    configured = settings.load().over(
        engine=engine,
        fallback=tuple(fallback or ()) or None,
        verify_model=verify_model,
        base_url=base_url,
        prompts=prompts,
        budget_tokens=budget_tokens,
        budget_usd=budget_usd,
        deadline_s=deadline,
        words=words,
        stories=stories,
        language=language,
    )
    options = configured.options(
        one_story=one_story,
        explain=explain,
        day=day,
        previous=earlier.load(previous or ()),
    )
    delivery.check(output)
    format = format or delivery.format_of(output)  # noqa: A001 - as above
    run = engines.Run(has_journal=journal, writes_short=one_story, is_offline=offline)
    with (
        engines.staff(configured, run) as staff,
        terminal.progress(staff.budget if staff else None) as progress,
    ):
        loaded = files.load(
            sources,
            stdin=getattr(sys.stdin, "buffer", None),
            fetch=None if offline else partial(fetching.fetch, settings=configured),
        )
        if estimate:
            delivery.deliver(engines.estimate(loaded.documents, options, staff), output)
            return OK
        briefing = pipeline.brief(
            loaded.documents,
            options,
            sources=loaded.sources,
            notes=loaded.notes,
            staff=staff,
            progress=progress,
        )
    if show is None:
        text = render(briefing, format or "md", include_text=include_text, ledger=ledger)
    else:
        text = source.render(briefing, show)
    delivery.deliver(text, output)
    say_left_out(briefing.notes)
    if pipeline.is_interrupted(briefing):
        return INTERRUPTED
    return strictly(shortfall(briefing)) if strict else OK


def shortfall(briefing: Briefing) -> str | None:
    """Say what keeps a briefing from being all it should be; None when nothing does."""
    if briefing.status != "complete":
        return f"the briefing is {briefing.status}"
    if briefing.withheld:
        return f"drafts withheld: {len(briefing.withheld)}"
    return None
