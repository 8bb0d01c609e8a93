"""The whole way from documents to a briefing: plan, write each story, merge."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import NamedTuple

from summarizer.briefing import adjudication, agreement, evidence, facets, merge, plan, verify
from summarizer.briefing.change import Series
from summarizer.briefing.options import Options
from summarizer.briefing.parallel import in_threads
from summarizer.briefing.plan import Plan, PlannedStory
from summarizer.briefing.staff import Staff
from summarizer.errors import ModelError
from summarizer.models.engine import Draft, Failed, WriteRequest
from summarizer.models.extractive import Extractive
from summarizer.text.normalise import day as calendar_day
from summarizer.types import Briefing, Claim, Document, Note, Source

HEADLINE_WORDS = 60  # what a story told in one line may use when no title serves
BRIEF_DOCUMENTS = 8  # of such a story are read

Progress = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True, slots=True)
class Prepared:
    """A briefing before a word is written: the same documents and options give the same one."""

    plan: Plan
    options: Options
    stories: tuple[PlannedStory, ...]  # that are to be written, in the order told
    series: Series | None  # beside earlier briefings, where there are any


def brief(
    documents: Iterable[Document],
    options: Options,
    *,
    sources: Sequence[Source] = (),
    notes: Sequence[Note] = (),
    staff: Staff | None = None,
    progress: Progress | None = None,
) -> Briefing:
    """Make a briefing.

    Args:
        documents: in any order; the order makes no difference to the result.
        options: what is asked for.
        sources: where the documents were loaded from, for the record.
        notes: what a reader should know of the loading.
        staff: who writes and judges; None: the embedded engine alone.
        progress: called with the stage, how many stories are done and of how many.

    Returns:
        The briefing; an interrupted run returns what is ready, as partial.

    Raises:
        NoUsableSourceError: no document has text that can be summarised.
    """
    prepared = prepare(documents, options)
    written, led = _write_all(prepared, staff, progress)
    return finish(prepared, written, led, sources=sources, notes=notes, staff=staff)


def prepare(documents: Iterable[Document], options: Options) -> Prepared:
    """Decide what a briefing will tell.

    Raises:
        NoUsableSourceError: no document has text that can be summarised.
    """
    planned = plan.make(documents, options)
    series = None
    if options.previous:
        series = Series(
            options.previous,
            planned.stories,
            calendar_day(merge.day(planned, options)),
            vanished=options.vanished,
        )
        planned = replace(planned, stories=series.stories)
    n_told = min(len(planned.stories), options.stories * (1 + merge.IN_BRIEF_FACTOR))
    return Prepared(planned, options, planned.stories[:n_told], series)


def finish(
    prepared: Prepared,
    written: Sequence[merge.Written | None],
    led: merge.Led | None = None,
    *,
    sources: Sequence[Source] = (),
    notes: Sequence[Note] = (),
    staff: Staff | None = None,
) -> Briefing:
    """Merge what was written of `prepared.stories`; None stands for one that was interrupted.

    The lead is chosen now, unless it is given. Whoever interrupts does not wait for it.
    """
    ready = [item for item in written if item is not None]
    if led is None and len(ready) == len(written):
        led = _led(prepared, ready, staff)
    return merge.merge(
        prepared.plan,
        [item and _labelled(item, prepared.series) for item in written],
        prepared.options,
        corrections=prepared.series.corrections if prepared.series else (),
        led=led,
        staff=staff,
        sources=sources,
        notes=notes,
    )


def is_interrupted(briefing: Briefing) -> bool:
    """Tell whether a run was interrupted before all stories were written."""
    return any(note.code == merge.INTERRUPTED for note in briefing.notes)


def write(story: PlannedStory, staff: Staff | None = None) -> merge.Written:
    """Write one story: gather its evidence, have it drafted, check every draft, compare reports."""
    told_of = story.documents if story.max_words else story.documents[:BRIEF_DOCUMENTS]
    gathered = evidence.gather(told_of, story.origin)
    documents = {document.id: document for document in story.documents}
    request = WriteRequest(gathered.evidence, story.max_words or HEADLINE_WORDS, story.is_lead)
    drafted = _draft(request, documents, staff if story.max_words else None)
    checked = verify.check(
        drafted.drafts,
        gathered.evidence,
        documents,
        story.origin,
        story.id,
        second=_opinion(staff),
    )
    conflicts = agreement.conflicts(gathered.evidence, documents)
    if staff is not None and staff.second is not None and story.max_words:
        judge = staff.second.relation
        conflicts += adjudication.conflicts(gathered.evidence, documents, conflicts, judge)
    claims = [*([checked.headline] if checked.headline else []), *checked.claims]
    told = facets.assign(claims, conflicts, gathered.evidence, documents)
    n_headlines = len(claims) - len(checked.claims)
    return merge.Written(
        story=story,
        checked=replace(
            checked,
            headline=told[0] if n_headlines else None,
            claims=told[n_headlines:],
        ),
        cut=gathered.cut,
        conflicts=conflicts,
        failure=drafted.failure,
        uncorrected=drafted.uncorrected,
    )


def _opinion(staff: Staff | None) -> verify.Opinion | None:
    """Return who gives second opinions, if anybody; one that fails says nothing."""
    if staff is None or staff.second is None:
        return None
    judge = staff.second

    def ask(claims: Sequence[tuple[str, str]]) -> Sequence[str]:
        try:
            return judge.verdicts(claims)
        except ModelError:
            return [""] * len(claims)

    return ask


def _labelled(item: merge.Written, series: Series | None) -> merge.Written:
    """Say what of a story is new since earlier briefings, and leave out what was just printed."""
    if series is None:
        return item
    label = series.label(item.story, item.checked)
    return replace(item, checked=label.checked, was_told=label.was_told, repeated=label.repeated)


def _write_all(
    prepared: Prepared, staff: Staff | None, progress: Progress | None
) -> tuple[list[merge.Written | None], merge.Led | None]:
    """Write the stories and choose the lead; None for a story that was interrupted.

    Where a model writes, it writes several at a time. The last thing to begin is the lead, which
    waits for the stories told first only: the others need not have ended.
    """
    stories, led = prepared.stories, None
    written: list[merge.Written | None] = [None] * len(stories)
    ready: list[Future[merge.Written]] = [Future() for _ in stories]

    def do(i: int) -> merge.Written | merge.Led | None:
        if i == len(stories):
            return _led(prepared, (future.result() for future in ready), staff)
        try:
            result = write(stories[i], staff)
        except Exception as error:  # whoever chooses the lead must not wait for this story
            ready[i].set_exception(error)
            raise
        ready[i].set_result(result)
        return result

    tell = progress or (lambda *_: None)
    try:
        tell("stories", 0, len(stories))
        n_threads = staff.concurrency if staff is not None else 1
        for i, result in in_threads(do, range(len(stories) + 1), n_threads):
            if isinstance(result, merge.Written):
                written[i] = result
                tell("stories", len(stories) - written.count(None), len(stories))
            else:
                led = result
    except KeyboardInterrupt:
        # What is ready is printed as partial; if that is all stories, the lead was not waited for.
        if None not in written and led is None and staff is not None:
            led = merge.Led(failure=ModelError("interrupted", merge.INTERRUPTED))
    return written, led


def _led(
    prepared: Prepared, written: Iterable[merge.Written], staff: Staff | None
) -> merge.Led | None:
    """Have a model choose the lead, if there is one, as soon as enough stories are written."""
    if staff is None or staff.judge is None:
        return None
    told: list[merge.Written] = []
    openings: list[Claim] = []
    for item in written:
        told.append(_labelled(item, prepared.series))
        openings = merge.openings(told, prepared.options.words)
        if len(openings) == merge.LEAD_FROM:
            break
    if len(openings) <= 1:
        return None
    day = merge.day(prepared.plan, prepared.options)
    try:
        return merge.Led(tuple(staff.judge.lead([claim.text for claim in openings], day)))
    except ModelError as error:
        return merge.Led(failure=error)


class _Drafted(NamedTuple):
    """The drafts of a story, and what a model should have done for them and did not."""

    drafts: list[Draft]
    failure: ModelError | None = None  # why it did not write them
    uncorrected: ModelError | None = None  # why it did not write failed ones again


def _draft(request: WriteRequest, documents: dict[str, Document], staff: Staff | None) -> _Drafted:
    """Have a story drafted.

    After the drafts of a model comes the headline of the embedded engine, for when the model's
    fails.
    """
    plain = Extractive().write(request)
    if staff is None:
        return _Drafted(plain)
    try:
        drafts = staff.engine.write(request)
    except ModelError as error:
        return _Drafted(plain, failure=error)
    spare = [draft for draft in plain if draft.is_headline]
    failures = verify.failures(drafts, request.evidence, documents)
    if not failures:
        return _Drafted([*drafts, *spare])
    try:
        corrected = _corrected(request, drafts, failures, staff)
    except ModelError as error:  # they are left to the check
        return _Drafted([*drafts, *spare], uncorrected=error)
    return _Drafted([*corrected, *spare])


def _corrected(
    request: WriteRequest, drafts: list[Draft], failures: dict[int, str], staff: Staff
) -> list[Draft]:
    """Have failed drafts written once more."""
    failed = tuple(Failed(drafts[i], reason) for i, reason in failures.items())
    mended = staff.engine.write(replace(request, failed=failed))
    better = dict(zip(failures, mended, strict=True))
    return [better.get(i, draft) for i, draft in enumerate(drafts)]
