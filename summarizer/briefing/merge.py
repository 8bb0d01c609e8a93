"""Put the written stories together: lead, stories in full, lines in brief, the ledger, the id."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from summarizer.briefing import change, ledger, mentions
from summarizer.briefing.options import Options
from summarizer.briefing.plan import Plan, PlannedStory
from summarizer.briefing.staff import Staff, declared
from summarizer.briefing.verify import Checked
from summarizer.errors import ModelError
from summarizer.text import lexical
from summarizer.text.normalise import day as calendar_day
from summarizer.types import (
    Briefing,
    Claim,
    Conflict,
    Correction,
    Document,
    InBrief,
    LedgerEntry,
    Note,
    Source,
    Status,
    Story,
    TopicReport,
    Usage,
    plain,
)

LEAD_FROM = 12  # stories told first that a lead is chosen from
IN_BRIEF_FACTOR = 2  # lines in brief for each story that may be printed in full
INTERRUPTED = "interrupted"  # code of the note of a run that was
MAX_EXCESS = 1.25  # of a story's share of the words that a model may use


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A story with its checked claims and what its reports disagree on."""

    story: PlannedStory
    checked: Checked
    cut: tuple[str, ...] = ()  # documents of which only the start was read
    conflicts: tuple[Conflict, ...] = ()
    failure: ModelError | None = None  # why the embedded engine wrote it instead of a model
    uncorrected: ModelError | None = None  # why a model did not write failed drafts again
    was_told: bool | None = None  # by an earlier briefing; None: there is none to compare with
    repeated: tuple[Claim, ...] = ()  # left out because they were printed in the last days


@dataclass(frozen=True, slots=True)
class Led:
    """What a model chose for the lead of a briefing."""

    chosen: tuple[int, ...] = ()  # of `openings`
    failure: ModelError | None = None  # why it chose nothing


def openings(written: Sequence[Written], words: int) -> list[Claim]:
    """Return what a lead is chosen from: the first claims of the stories told first.

    Args:
        written: the planned stories in the order told, or the first of them.
        words: of the briefing.
    """
    stories, _ = _printed(written, words)
    return [story.claims[0] for story in stories[:LEAD_FROM]]


def merge(  # noqa: PLR0913 - what a run is made of, each by its name
    plan: Plan,
    given: Sequence[Written | None],
    options: Options,
    *,
    corrections: Sequence[Correction] = (),
    led: Led | None = None,
    staff: Staff | None = None,
    sources: Sequence[Source] = (),
    notes: Sequence[Note] = (),
) -> Briefing:
    """Merge written stories into a briefing.

    Args:
        plan: what `given` was made from.
        given: the planned stories that were written, in the order told; None: interrupted.
        options: of the run.
        corrections: of what earlier briefings printed.
        led: what a model chose for the lead; None: none did.
        staff: who wrote and judged.
        sources: where the documents came from, with how that went.
        notes: what happened before the plan.
    """
    written = [item for item in given if item is not None]
    stories, rest = _printed(written, options.words)
    in_brief = _in_brief(rest, IN_BRIEF_FACTOR * options.stories)
    unled = [led.failure] if led else []
    is_interrupted = None in given or any(e.code == INTERRUPTED for e in unled if e)
    failed = (*_degraded(written), *declared("the lead was chosen without a model", unled))
    lead = _lead(written, stories, led)
    section = {story.id: plan.found.section(story.topics) for story in plan.stories}
    stories.sort(key=lambda story: section[story.id])
    reported = mentions.report(plan, stories, in_brief, sources)
    told = _notes(written, failed, n_interrupted=given.count(None))
    briefing = Briefing(
        id="",
        title="Briefing",
        day=day(plan, options),
        language=options.language or _main_language(plan),
        engine=options.engine,
        status=_status(sources, is_interrupted=is_interrupted, is_degraded=bool(failed)),
        lead=lead,
        corrections=tuple(corrections),
        stories=tuple(stories),
        in_brief=tuple(in_brief),
        topics=reported.topics,
        withheld=tuple(w for story in written for w in story.checked.withheld),
        documents=_ledger(plan, stories, in_brief, corrections, reported.topics),
        sources=tuple(sources),
        notes=(*notes, *plan.notes, *told, *reported.notes),
        background=options.background.digest if options.background.n_documents else None,
        prompts=staff.prompts if staff else {},
        usage=staff.budget.usage if staff else Usage(),
    )
    return replace(briefing, id=digest(briefing))


def day(plan: Plan, options: Options) -> str | None:
    """Return the day of the briefing: the one asked for, else the newest publication date."""
    return options.day or newest_day(plan.documents)


def digest(briefing: Briefing) -> str:
    """Return the SHA-256 of the briefing's JSON without `id`, `usage` and the documents' texts.

    The JSON is compact, keys sorted, characters unescaped, in UTF-8.
    """
    content = plain(replace(briefing, id="", usage=Usage()))
    assert isinstance(content, dict)
    del content["id"], content["usage"]
    compact = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(compact.encode()).hexdigest()


def newest_day(documents: Sequence[Document]) -> str | None:
    """Return the newest publication date, as written, without its time; None without dates."""
    days = [when for document in documents if (when := calendar_day(document.published))]
    return max(days).isoformat() if days else None


def _printed(written: Sequence[Written], words: int) -> tuple[list[Story], list[Written]]:
    """Return the stories that fit the budget and those left over.

    Only the first claim of the first story may exceed it.
    """
    stories: list[Story] = []
    rest: list[Written] = []
    n_left = words
    for item in written:
        claims: list[Claim] = []
        n_share = int(MAX_EXCESS * item.story.max_words)
        for claim in item.checked.claims if item.story.max_words else ():
            n_words = lexical.count_words(claim.text)
            is_too_long = n_words > n_left and (stories or claims)
            if is_too_long or (claims and n_words > n_share):
                break  # a later claim may lean on this one
            claims.append(claim)
            n_left -= n_words
            n_share -= n_words
        if claims:
            stories.append(_told(item, claims))
        else:
            rest.append(item)
    return stories, rest


def _told(item: Written, claims: Sequence[Claim]) -> Story:
    """Head a story with its title, else with its first claim that is no opinion."""
    opinions = {document.id for document in item.story.documents if document.kind == "opinion"}
    reports = (claim for claim in claims if claim.citations[0].document not in opinions)
    headline = item.checked.headline or next(reports, claims[0])
    label = None
    if item.was_told is not None:
        label = change.of_story((headline, *claims), was_told=item.was_told)
    return Story(
        id=item.story.id,
        headline=headline,
        claims=tuple(claims),
        conflicts=item.conflicts,
        change=label,
        unchanged=item.repeated,
        documents=tuple(document.id for document in item.story.documents),
        origins=item.story.n_origins,
        articles=len(item.story.documents),
        see_also=item.story.see_also,
        joined=item.story.joined,
    )


def _in_brief(rest: Sequence[Written], n_lines: int) -> list[InBrief]:
    lines: list[InBrief] = []
    for item in rest:
        claim = item.checked.headline or next(iter(item.checked.claims), None)
        if claim is not None and len(lines) < n_lines:
            documents = tuple(document.id for document in item.story.documents)
            lines.append(
                InBrief(item.story.id, claim, documents, item.story.see_also, item.repeated)
            )
    return lines


def _lead(
    written: Sequence[Written], stories: Sequence[Story], led: Led | None
) -> tuple[Claim, ...]:
    """Return the first claims of the stories that tell the day; one story alone needs no lead.

    Without a model these are the stories told first, which were written for it: nothing leans on
    their first claims.
    """
    if len(stories) <= 1:
        return ()
    if led is not None and led.failure is None:
        return tuple(stories[i].claims[0] for i in led.chosen)
    leading = {item.story.id for item in written if item.story.is_lead}
    return tuple(story.claims[0] for story in stories if story.id in leading)


def _main_language(plan: Plan) -> str:
    """Return the language most usable documents are in; the earlier one at a tie."""
    usable = [d.language for d in plan.documents if d.id not in plan.excluded]
    return Counter(usable).most_common(1)[0][0]


def _status(sources: Sequence[Source], *, is_interrupted: bool, is_degraded: bool) -> Status:
    if is_interrupted or any(source.status not in mentions.SOUND for source in sources):
        return "partial"
    return "degraded" if is_degraded else "complete"


def _degraded(written: Sequence[Written]) -> Iterator[Note]:
    """Say what the embedded engine did because the model it was meant for failed."""
    of = f"of {len(written)} stories"
    yield from declared(f"# {of} are in the sources' own words", [w.failure for w in written])
    uncorrected = [item.uncorrected for item in written]
    yield from declared(f"refused sentences of # {of} were not written again", uncorrected)


def _notes(
    written: Sequence[Written], failed: Sequence[Note], *, n_interrupted: int
) -> Iterator[Note]:
    """Say what was cut, not done by the model it was meant for, left out or not reached."""
    cut = tuple(document for item in written for document in item.cut)
    if cut:
        message = f"only the beginning was read of {len(cut)} long or numerous documents"
        yield Note("evidence_capped", message, cut)
    yield from failed
    if n_repeated := sum(len(item.repeated) for item in written):
        yield change.repeated(n_repeated)
    if n_interrupted:
        yield Note(INTERRUPTED, f"interrupted: {n_interrupted} stories were not written")


def _ledger(
    plan: Plan,
    stories: Sequence[Story],
    in_brief: Sequence[InBrief],
    corrections: Sequence[Correction],
    topics: Sequence[TopicReport],
) -> tuple[LedgerEntry, ...]:
    claims = [claim for story in stories for claim in (story.headline, *story.claims)]
    claims += [line.claim for line in in_brief]
    claims += [claim for topic in topics for claim in topic.mentions]
    citations = [citation for claim in claims for citation in claim.citations]
    conflicts = (conflict for story in stories for conflict in story.conflicts)
    citations += (value.citation for conflict in conflicts for value in conflict.values)
    citations += (c.citation for c in corrections if c.citation is not None)
    cited = {citation.document for citation in citations}
    told = {*(story.id for story in stories), *(line.id for line in in_brief)}
    planned = (*plan.stories, *plan.muted)
    story_of = {document.id: story.id for story in planned for document in story.documents}
    entries = ledger.account(plan, cited=cited, told=told, story_of=story_of)
    muted = plan.muted_documents()
    return tuple(
        replace(entry, reason=muted.get(entry.id)) if entry.use == "background" else entry
        for entry in entries
    )
