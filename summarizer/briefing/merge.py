"""Put the written stories together: lead, stories in full, lines in brief, the ledger, the id."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from hashlib import sha256

from summarizer.briefing.options import Options
from summarizer.briefing.plan import Plan, PlannedStory
from summarizer.briefing.verify import Checked
from summarizer.text import lexical
from summarizer.text.normalise import day as calendar_day
from summarizer.types import (
    Briefing,
    Claim,
    Document,
    InBrief,
    LedgerEntry,
    Note,
    Source,
    Status,
    Story,
    Usage,
    Use,
    plain,
)

IN_BRIEF_FACTOR = 2  # lines in brief for each story that may be printed in full
_SOUND = frozenset({"ok", "empty", "unchanged"})


@dataclass(frozen=True, slots=True)
class Written:
    """A story with its checked claims; `cut` names documents of which only the start was read."""

    story: PlannedStory
    checked: Checked
    cut: tuple[str, ...]


def merge(
    plan: Plan,
    written: Sequence[Written],
    options: Options,
    *,
    sources: Sequence[Source] = (),
    notes: Sequence[Note] = (),
) -> Briefing:
    """Merge written stories into a briefing.

    Args:
        plan: what `written` was made from.
        written: the planned stories that were written, in the order told.
        options: of the run.
        sources: where the documents came from, with how that went.
        notes: what happened before the plan.
    """
    day = options.day or newest_day(plan.documents)
    stories, rest = _printed(written, options.words)
    in_brief = _in_brief(rest, IN_BRIEF_FACTOR * options.stories)
    briefing = Briefing(
        id="",
        title="Briefing",
        day=day,
        language=options.language or _main_language(plan),
        engine=options.engine,
        status=_status(sources),
        lead=_lead(written, stories),
        stories=tuple(stories),
        in_brief=tuple(in_brief),
        withheld=tuple(w for story in written for w in story.checked.withheld),
        documents=tuple(_ledger(plan, stories, in_brief)),
        sources=tuple(sources),
        notes=(*notes, *plan.notes, *_cut_notes(written)),
        background=options.background.digest if options.background.n_documents else None,
    )
    return replace(briefing, id=digest(briefing))


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
        for claim in item.checked.claims if item.story.max_words else ():
            n_words = lexical.count_words(claim.text)
            if n_words > n_left and (stories or claims):
                break  # a later claim may lean on this one
            claims.append(claim)
            n_left -= n_words
        if claims:
            stories.append(_told(item, claims))
        else:
            rest.append(item)
    return stories, rest


def _told(item: Written, claims: Sequence[Claim]) -> Story:
    """Head a story with its title, else with its first claim that is no opinion."""
    opinions = {document.id for document in item.story.documents if document.kind == "opinion"}
    reports = (claim for claim in claims if claim.citations[0].document not in opinions)
    return Story(
        id=item.story.id,
        headline=item.checked.headline or next(reports, claims[0]),
        claims=tuple(claims),
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
            lines.append(InBrief(item.story.id, claim, documents, item.story.see_also))
    return lines


def _lead(written: Sequence[Written], stories: Sequence[Story]) -> tuple[Claim, ...]:
    """Return the first claims of the stories written to lead; one story alone needs no lead."""
    leading = {item.story.id for item in written if item.story.is_lead}
    if len(stories) == 1:
        return ()
    return tuple(story.claims[0] for story in stories if story.id in leading)


def _main_language(plan: Plan) -> str:
    """Return the language most usable documents are in; the earlier one at a tie."""
    usable = [d.language for d in plan.documents if d.id not in plan.excluded]
    return Counter(usable).most_common(1)[0][0]


def _status(sources: Sequence[Source]) -> Status:
    return "complete" if all(source.status in _SOUND for source in sources) else "partial"


def _cut_notes(written: Sequence[Written]) -> list[Note]:
    cut = tuple(document for item in written for document in item.cut)
    if not cut:
        return []
    message = f"only the beginning was read of {len(cut)} long or numerous documents"
    return [Note("evidence_capped", message, cut)]


def _ledger(plan: Plan, stories: Sequence[Story], in_brief: Sequence[InBrief]) -> list[LedgerEntry]:
    claims = [claim for story in stories for claim in (story.headline, *story.claims)]
    claims += [line.claim for line in in_brief]
    cited = {citation.document for claim in claims for citation in claim.citations}
    told = {*(story.id for story in stories), *(line.id for line in in_brief)}
    story_of = {document.id: story.id for story in plan.stories for document in story.documents}
    return [_entry(document, plan, cited, told, story_of) for document in plan.documents]


def _entry(
    document: Document,
    plan: Plan,
    cited: AbstractSet[str],
    told: AbstractSet[str],
    story_of: Mapping[str, str],
) -> LedgerEntry:
    reason = plan.excluded.get(document.id)
    story = story_of.get(document.id)
    use: Use = "background"
    if reason is not None:
        use = "excluded"
    elif document.id in cited:
        use = "cited"
    elif story in told:
        use = "merged"
    return LedgerEntry(
        id=document.id,
        title=document.title,
        source=document.source,
        url=document.url,
        published=document.published,
        language=document.language,
        kind=document.kind,
        text=document.text,
        sha256=sha256(document.text.encode()).hexdigest(),
        origin=plan.origin.get(document.id, document.id),
        story=story,
        use=use,
        reason=reason,
    )
