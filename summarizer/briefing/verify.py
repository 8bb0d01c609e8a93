"""Turn drafts into claims: check each against the spans it cites, and nothing else.

A draft equal to a cited source sentence is verbatim. Any other is replaced by the sentence it
cites, with the reason on record; without a valid citation it is withheld.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from summarizer.briefing import agreement, cite
from summarizer.types import Citation, Claim, Document, Draft, Evidence, Withheld

UNCITED = "it cites no sentence of the evidence"


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a story's drafts."""

    headline: Claim | None
    claims: tuple[Claim, ...]
    withheld: tuple[Withheld, ...]


def check(
    drafts: Sequence[Draft],
    evidence: Sequence[Evidence],
    documents: Mapping[str, Document],
    origin: Mapping[str, str],
    story: str,
) -> Checked:
    """Check the drafts of one story.

    Args:
        drafts: in reading order, headline first if there is one.
        evidence: what the drafts were written from; their aliases resolve here.
        documents: by id, at least those of the evidence.
        origin: of each document of the story, reprints included.
        story: id of the story, for what is withheld.
    """
    by_alias = {sentence.alias: sentence for sentence in evidence}
    support = agreement.Support(evidence)
    n_articles = Counter(origin.values())
    headline: Claim | None = None
    claims: dict[str, Claim] = {}
    withheld: list[Withheld] = []
    for draft in drafts:
        cited = cite.resolve(draft, by_alias)
        if not cited:
            withheld.append(Withheld(draft.text, "unsupported", UNCITED, story, ()))
            continue
        text, reason = _decide(draft, cited)
        if reason:
            cited = cited[:1]
        origins = frozenset[str]().union(*(support.origins(sentence) for sentence in cited))
        claim = _claim(text, reason, cite.citations(cited, documents), origins, n_articles)
        if draft.is_headline:
            headline = headline or claim
        else:
            claims.setdefault(claim.id, claim)
    return Checked(headline, tuple(claims.values()), tuple(withheld))


def _decide(draft: Draft, cited: Sequence[Evidence]) -> tuple[str, str | None]:
    """Return the text to print and, if it is not the draft's own, why."""
    if draft.text == cited[0].text and len(cited) == 1:
        return draft.text, None
    return cited[0].text, f"replaces a draft that no source sentence equals: {draft.text}"


def _claim(
    text: str,
    reason: str | None,
    citations: tuple[Citation, ...],
    origins: frozenset[str],
    n_articles: Mapping[str, int],
) -> Claim:
    spans = " ".join(f"{c.document}:{c.start}-{c.end}" for c in citations)
    return Claim(
        id=f"c{sha256(f'{spans} {text}'.encode()).hexdigest()[:12]}",
        text=text,
        verdict="verbatim",
        reason=reason,
        origins=len(origins),
        articles=sum(n_articles[origin] for origin in origins),
        citations=citations,
    )
