"""The ledger: what became of each document that was given, each exactly once."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from hashlib import sha256

from summarizer.briefing.plan import Plan
from summarizer.types import LedgerEntry, Use


def account(
    plan: Plan,
    *,
    cited: AbstractSet[str],
    told: AbstractSet[str] = frozenset(),
    story_of: Mapping[str, str] | None = None,
) -> tuple[LedgerEntry, ...]:
    """Return an entry for each document of a plan, in its order.

    Args:
        plan: of the documents given, usable or not.
        cited: documents that something printed cites.
        told: stories that are told, in full or in one line.
        story_of: the story of each document that has one; by default none has.
    """
    stories = story_of or {}
    entries = []
    for document in plan.documents:
        reason = plan.excluded.get(document.id)
        story = stories.get(document.id)
        use: Use = "background"
        if reason is not None:
            use = "excluded"
        elif document.id in cited:
            use = "cited"
        elif story in told:
            use = "merged"
        entries.append(
            LedgerEntry(
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
        )
    return tuple(entries)
