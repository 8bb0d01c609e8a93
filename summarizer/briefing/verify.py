"""Turn drafts into claims: check each against the spans it cites, and nothing else.

A draft equal to a sentence it cites is verbatim; one without a flag is supported. Any other is
replaced by the cited sentence that says most of it, with the reason on record, or withheld where
none of them can be printed.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from summarizer.briefing import agreement, checks, cite, fitness
from summarizer.briefing.checks.flags import quoted, verdict
from summarizer.briefing.checks.reading import Reading, Source, gather, read, share
from summarizer.models.engine import Draft, Evidence
from summarizer.text.normalise import day
from summarizer.text.sentences import split
from summarizer.types import Citation, Claim, Document, Verdict, Withheld

UNCITED = "it cites no sentence of the evidence"
ONLY_A_TITLE = "it is a title, which is no sentence of a briefing"
SAID_ALREADY = "the sentence that would replace it is printed already"
TOO_LONG = "it is too long for a sentence"
FEW_WORDS = "not enough of its words stand in the cited text"
SECOND_OPINION = "second opinion"
# Share of a sentence's content words that its cited text has. Of faithful claims at most .6 % are
# below the first on AttributionBench and none on the other sets of `benchmarks.claims`, 2026-11.
MIN_HELD, FULLY_HELD = 0.5, 0.7  # below the first unsupported, below the second with a remark
MAX_REASONS = 3  # of one sentence; more tell a reader nothing new
MAX_CHARS = 2_000  # of a sentence that is checked
MAX_SPAN_CHARS = 10_000  # of a span that are read
ONE_SENTENCE_CHARS = 300  # a longer span is cut into its sentences

Documents = Mapping[str, Document]  # by id
Opinion = Callable[[Sequence[tuple[str, str]]], Sequence[str]]
"""Says of sentences and their cited text "supported", "partly", "unsupported", "contradicted" or,
where it cannot say, nothing."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A span that a sentence rests on, with what is known of its document."""

    text: str
    language: str  # ISO 639 code
    published: date | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one sentence, and why it is not simply supported."""

    verdict: Verdict
    reason: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a story's drafts."""

    headline: Claim | None
    claims: tuple[Claim, ...]
    withheld: tuple[Withheld, ...]


class _Decision(NamedTuple):
    """What is printed of a draft, if anything, and what it rests on."""

    judgement: Judgement
    text: str | None
    cited: tuple[Evidence, ...]


def judge(text: str, cited: Sequence[Cited]) -> Judgement:
    """Check one sentence against the spans it cites, their titles and dates, and nothing else.

    Args:
        text: a sentence in the language of what it cites.
        cited: at least one span; without any, nothing is supported.
    """
    spans = [sentence for span in cited for sentence in _sentences(span)]
    if any(_is_equal(text, span.text) for span in (*cited, *spans)):
        return Judgement("verbatim", None)
    if not cited or len(text) > MAX_CHARS:
        return Judgement("unsupported", TOO_LONG if cited else UNCITED)
    published = frozenset(span.published for span in cited if span.published)
    language = cited[0].language
    titles = dict.fromkeys(span.title for span in cited if span.title)
    claim = read(text, language, min(published, default=None))
    source = gather(
        claim,
        [_read(span) for span in spans],
        [read(title[:MAX_CHARS], language, None) for title in titles],
    )
    found = list(checks.find(claim, source, published))
    if not found:
        return _by_words(_share_held(claim, source))
    reasons = list(dict.fromkeys(flag.reason for flag in found))[:MAX_REASONS]
    return Judgement(verdict(found), "; ".join(reasons) or None)


def check(
    drafts: Sequence[Draft],
    evidence: Sequence[Evidence],
    documents: Documents,
    origin: Mapping[str, str],
    story: str,
    *,
    second: Opinion | None = None,
) -> Checked:
    """Check the drafts of one story.

    Args:
        drafts: in reading order, headline first if there is one.
        evidence: what the drafts were written from; their aliases resolve here.
        documents: by id, at least those of the evidence.
        origin: of each document of the story, reprints included.
        story: id of the story, for what is withheld.
        second: asked about the drafts that hold with a remark; it can only refuse them.
    """
    by_alias = {sentence.alias: sentence for sentence in evidence}
    resolved = [cite.resolve(draft, by_alias) for draft in drafts]
    decisions = [_decide(d, cited, documents) for d, cited in zip(drafts, resolved, strict=True)]
    if second is not None:
        decisions = _doubted(drafts, decisions, second)
    support = agreement.Support(evidence)
    n_articles = Counter(origin.values())
    headline: Claim | None = None
    claims: dict[str, Claim] = {}
    withheld: list[Withheld] = []
    for draft, decision in zip(drafts, decisions, strict=True):
        if decision.text is None:
            withheld.append(_withheld(draft, decision, documents, story))
            continue
        origins = frozenset[str]().union(*(support.origins(e) for e in decision.cited))
        claim = _claim(decision, cite.citations(decision.cited, documents), origins, n_articles)
        if draft.is_headline:
            headline = headline or claim
        elif claim.id not in claims:
            claims[claim.id] = claim
        elif claim.reason:
            refused = Judgement("unsupported", f"{SAID_ALREADY}: {claim.reason}")
            withheld.append(
                _withheld(draft, decision._replace(judgement=refused), documents, story)
            )
    return Checked(headline, tuple(claims.values()), tuple(withheld))


def failures(
    drafts: Sequence[Draft], evidence: Sequence[Evidence], documents: Documents
) -> dict[int, str]:
    """Return why drafts do not hold, by their index; those that cite nothing cannot be mended."""
    by_alias = {sentence.alias: sentence for sentence in evidence}
    found = {}
    for i, draft in enumerate(drafts):
        cited = fitness.telling(cite.resolve(draft, by_alias))
        if cited:
            judgement = _judged(draft, cited, documents)
            if judgement.verdict not in {"verbatim", "supported"}:
                found[i] = judgement.reason or judgement.verdict
    return found


def _judged(draft: Draft, cited: Sequence[Evidence], documents: Documents) -> Judgement:
    """Judge a draft by what it cites; in words of its own it must be a sentence or a headline."""
    judgement = judge(draft.text, [_cited(e, documents[e.document]) for e in cited])
    why = fitness.unfit(draft, cited[0].language) if judgement.verdict == "supported" else None
    return judgement if why is None else Judgement("unsupported", why)


def _decide(draft: Draft, cited: tuple[Evidence, ...], documents: Documents) -> _Decision:
    """Judge a draft, and replace it by the source's own words where it does not hold."""
    telling = fitness.telling(cited)
    if not telling:
        why = fitness.ORDERED if cited else UNCITED
        return _Decision(Judgement("unsupported", why), None, cited)
    equal = [e for e in telling if _is_equal(draft.text, e.text)]
    fitting = next((e for e in equal if (e.kind == "title") == draft.is_headline), None)
    if fitting and (fitting.usable or not draft.is_headline):
        return _Decision(Judgement("verbatim", None), fitting.text, (fitting,))
    if equal:
        why = fitness.NO_HEADLINE if draft.is_headline else ONLY_A_TITLE
        judgement = Judgement("unsupported", why)
    else:
        judgement = _judged(draft, telling, documents)
        if judgement.verdict == "supported":
            return _Decision(judgement, draft.text, telling)
    return _replaced(draft, telling, judgement)


def _doubted(
    drafts: Sequence[Draft], decisions: Sequence[_Decision], second: Opinion
) -> list[_Decision]:
    """Ask for a second opinion on what holds with a remark, and replace what it refuses."""
    doubtful = [
        i
        for i, decision in enumerate(decisions)
        if decision.judgement.verdict == "supported" and decision.judgement.reason
    ]
    asked = [(drafts[i].text, " ".join(e.text for e in decisions[i].cited)) for i in doubtful]
    decided = list(decisions)
    for i, word in zip(doubtful, second(asked) if asked else (), strict=True):
        if word == "supported":
            reason = f"{decisions[i].judgement.reason}; {SECOND_OPINION}: {word}"
            decided[i] = decisions[i]._replace(judgement=Judgement("supported", reason))
        elif word:
            verdict_given: Verdict = "contradicted" if word == "contradicted" else "unsupported"
            refused = Judgement(verdict_given, f"{SECOND_OPINION}: {word}")
            decided[i] = _replaced(drafts[i], decisions[i].cited, refused)
    return decided


def _replaced(draft: Draft, cited: tuple[Evidence, ...], judgement: Judgement) -> _Decision:
    """Put the source's own words in the place of a draft that does not hold, if they can stand."""
    own_words = _own_words(draft, cited)
    if own_words is None:
        return _Decision(judgement, None, cited)
    reason = f"replaces {quoted(draft.text)}: {judgement.reason}"
    return _Decision(Judgement("verbatim", reason), own_words.text, (own_words,))


def _own_words(draft: Draft, cited: Sequence[Evidence]) -> Evidence | None:
    """Return the cited sentence that says most of a draft and can be printed by itself."""
    kind = "title" if draft.is_headline else "body"
    printable = [e for e in cited if e.usable and not e.leans and e.kind == kind]
    if not printable:
        return None
    claim = read(draft.text, printable[0].language, None)
    content = [
        keys for keys, is_content in zip(claim.keys, claim.is_content, strict=True) if is_content
    ]
    return max(printable, key=lambda e: share(content, read(e.text, e.language, None)))


def _cited(sentence: Evidence, document: Document) -> Cited:
    return Cited(sentence.text, sentence.language, day(document.published), document.title)


def _by_words(held: float) -> Judgement:
    """Judge a sentence in which nothing is wrong by the share of its words that are held."""
    if held < MIN_HELD:
        return Judgement("unsupported", FEW_WORDS)
    return Judgement("supported", FEW_WORDS if held < FULLY_HELD else None)


def _share_held(claim: Reading, source: Source) -> float:
    """Return which share of a sentence's content words the cited text has in some form."""
    held = [
        source.has(keys)
        for keys, is_content in zip(claim.keys, claim.is_content, strict=True)
        if is_content
    ]
    return sum(held) / len(held) if held else 1.0


def _sentences(span: Cited) -> Iterator[Cited]:
    """Yield the sentences of a span that may hold several: each is compared by itself."""
    if len(span.text) <= ONE_SENTENCE_CHARS:
        yield span
        return
    for sentence in split(span.text[:MAX_SPAN_CHARS], language=span.language):
        yield replace(span, text=sentence.text)


def _read(span: Cited) -> Reading:
    return read(span.text[:MAX_SPAN_CHARS], span.language, span.published)


def _is_equal(a: str, b: str) -> bool:
    return a == b or a.split() == b.split()


def _withheld(draft: Draft, decision: _Decision, documents: Documents, story: str) -> Withheld:
    citations = cite.citations(decision.cited, documents)
    judgement = decision.judgement
    return Withheld(draft.text, judgement.verdict, judgement.reason or "", story, citations)


def _claim(
    decision: _Decision,
    citations: tuple[Citation, ...],
    origins: frozenset[str],
    n_articles: Mapping[str, int],
) -> Claim:
    assert decision.text is not None
    return Claim(
        id=cite.claim_id(decision.text, citations),
        text=decision.text,
        verdict=decision.judgement.verdict,
        reason=decision.judgement.reason,
        origins=len(origins),
        articles=sum(n_articles[origin] for origin in origins),
        citations=citations,
    )
