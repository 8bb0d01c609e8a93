"""What is new since earlier briefings: stories keep their ids, claims and stories get labels.

Labels only: what is summarised is chosen as if nobody had read anything before. Afterwards a
sentence that was printed in the last days and still says the same is left out.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from summarizer.briefing import comparison, corrections, histories
from summarizer.briefing.comparison import Assertion, Relation
from summarizer.briefing.histories import History, Profile
from summarizer.briefing.plan import PlannedStory
from summarizer.briefing.previous import Previous
from summarizer.briefing.verify import Checked
from summarizer.text import lexical, prose
from summarizer.text.normalise import day as calendar_day
from summarizer.types import Change, Claim, Correction, Document, Note

RECENT_DAYS = 7  # what was printed within them is not printed again
MAX_TOLD = 500  # earlier sentences of a story that today's are compared with, the newest
MAX_COMPARED = 300  # stories, those told first; the others are background
PROFILE_DOCUMENTS = 4  # reports that a story of today is recognised by
PROFILE_CHARS = 400  # of the text of each, its title among them
_ORDER = ("identical", "same", "changed")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A story's claims with their labels, those that are not printed again left out."""

    checked: Checked
    was_told: bool  # by an earlier briefing
    repeated: tuple[Claim, ...]  # what was left out

    @property
    def n_repeated(self) -> int:
        """Return how many claims were left out."""
        return len(self.repeated)


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence that an earlier briefing printed."""

    assertion: Assertion
    age: int  # how many briefings told the story since; 0 is the newest
    is_recent: bool
    is_own: bool  # of the very story, not of one that it may have been part of


class Series:
    """Today's stories beside what earlier briefings told; nothing in it changes."""

    def __init__(
        self,
        previous: Iterable[Previous],
        stories: Sequence[PlannedStory],
        day: date | None,
        *,
        vanished: Collection[str] = (),
    ) -> None:
        """Find out which stories were told before.

        Args:
            previous: earlier briefings, in any order.
            stories: as planned, in the order told.
            day: of today's briefing.
            vanished: addresses of articles that their sites have removed.
        """
        self._day = day
        unique = {briefing.id: briefing for briefing in previous}.values()
        newest_first = sorted(unique, key=lambda b: (b.day or date.min, b.id), reverse=True)
        self._recent = {
            tuple(lexical.words(claim.text))
            for briefing in newest_first
            if self._is_recent(briefing.day)
            for story in briefing.stories
            for claim in story.printed
        }
        known = histories.gather(newest_first)
        shared = histories.repeated(d.url for story in stories for d in story.documents)
        pairs = histories.pair(
            [_profile(story, shared, day) for story in stories[:MAX_COMPARED]],
            [history.profile for history in known],
        )
        found = histories.match(pairs)
        self.stories = _renamed(stories, {i: known[j].id for i, j in found.items()}, known)
        self._own = {self.stories[i].id: known[j] for i, j in found.items()}
        self._related: dict[str, list[History]] = defaultdict(list)
        for i, j in pairs:
            if found.get(i) != j:
                self._related[self.stories[i].id].append(known[j])
        self.corrections = corrections.find(
            newest_first,
            (document for story in stories for document in story.documents),
            vanished=vanished,
        )

    def label(self, story: PlannedStory, checked: Checked) -> Labelled:
        """Label the claims of a story that was written, and leave out those just printed.

        A story of which nothing would be left keeps its headline, so that it is told in one line:
        readers see that it goes on and need not read it again.

        Args:
            story: one of `stories`.
            checked: what was written of it.
        """
        documents = {document.id: document for document in story.documents}
        told = self._told(story.id)
        claims = [*([checked.headline] if checked.headline else ()), *checked.claims]
        read = [_read(claim, documents) for claim in claims]
        idf = comparison.weigh([*read, *(each.assertion for each in told)])
        judged: list[tuple[Claim, bool]] = []
        for claim, new in zip(claims, read, strict=True):
            was = _was(claim, new, self.corrections, documents)
            if was is None:
                judged.append(self._judge(claim, new, told, idf))
            else:
                judged.append((replace(claim, change="corrected", previous=was), False))
        headline = judged[0][0] if checked.headline else None
        body = judged[1:] if checked.headline else judged
        kept = _kept(body, documents)
        if headline is None and body and not kept:
            headline = body[0][0]
        printed = {claim.id for claim in kept}
        return Labelled(
            checked=Checked(headline, tuple(kept), checked.withheld),
            was_told=story.id in self._own,
            repeated=tuple(claim for claim, _ in body if claim.id not in printed),
        )

    def _told(self, story: str) -> list[_Told]:
        """Return the sentences printed of a story and of those it may have been part of."""
        own = self._own.get(story)
        unique: dict[str, _Told] = {}
        for history in ([own] if own else []) + self._related.get(story, []):
            for age, telling in enumerate(history.tellings):
                is_recent = self._is_recent(telling.briefing.day)
                printed = telling.story.printed
                for claim in (*printed, *telling.story.unchanged):
                    if claim.text not in unique and len(unique) < MAX_TOLD:
                        document = telling.briefing.documents[claim.citations[0].document]
                        unique[claim.text] = _Told(
                            comparison.read(claim.text, document.language, document.published),
                            age,
                            is_recent and claim in printed,
                            history is own,
                        )
        return list(unique.values())

    def _is_recent(self, printed: date | None) -> bool:
        """Tell whether a day is one of the last; one that is not known is taken for one."""
        if printed is None or self._day is None:
            return True
        return 0 <= (self._day - printed).days <= RECENT_DAYS

    def _judge(
        self,
        claim: Claim,
        new: Assertion,
        told: Sequence[_Told],
        idf: Mapping[str, float],
    ) -> tuple[Claim, bool]:
        """Return the claim with its label, and whether it was just printed."""
        relation, known = _nearest(new, told, idf)
        if known is None:
            is_repeat = new.words in self._recent
            return replace(claim, change="ongoing" if is_repeat else "new"), is_repeat
        if relation.kind == "changed":
            return replace(claim, change="updated", previous=relation.previous), False
        is_repeat = relation.kind == "identical" and known.is_recent
        return replace(claim, change="ongoing"), is_repeat


def of_story(printed: Iterable[Claim], *, was_told: bool) -> Change:
    """Return the label of a story.

    Args:
        printed: its claims, the headline among them.
        was_told: by an earlier briefing.
    """
    if not was_told:
        return "new"
    changes = {claim.change for claim in printed}
    if "corrected" in changes:
        return "corrected"
    return "updated" if changes & {"updated", "new"} else "ongoing"


def repeated(n_claims: int) -> Note:
    """Say how many sentences are not printed again."""
    what = "1 sentence is" if n_claims == 1 else f"{n_claims} sentences are"
    message = f"{what} left out: printed in the last {RECENT_DAYS} days and unchanged since"
    return Note("unchanged_left_out", message)


def _profile(story: PlannedStory, shared: frozenset[str], day: date | None) -> Profile:
    """Return what a story of today is recognised by on other days."""
    documents = frozenset(
        d.url if d.url is not None and d.url not in shared else sha256(d.text.encode()).hexdigest()
        for d in story.documents
    )
    reports = [d for d in story.documents if story.origin.get(d.id, d.id) == d.id]
    terms: Counter[str] = Counter()
    for report in reports[:PROFILE_DOCUMENTS]:
        terms.update(histories.stems(report.text[:PROFILE_CHARS], report.language))
    return Profile(documents, terms, day)


def _renamed(
    stories: Sequence[PlannedStory], known_as: Mapping[int, str], known: Iterable[History]
) -> tuple[PlannedStory, ...]:
    """Give each story that was told before the id it had; no other has an id of old."""
    taken = {history.id for history in known}
    ids: dict[str, str] = {}
    for i, story in enumerate(stories):
        name = known_as.get(i, story.id)
        while i not in known_as and name in taken:
            name = f"s{sha256(name.encode()).hexdigest()[:12]}"
        taken.add(name)
        ids[story.id] = name
    return tuple(
        replace(story, id=ids[story.id], see_also=tuple(ids[other] for other in story.see_also))
        for story in stories
    )


def _read(claim: Claim, documents: Mapping[str, Document]) -> Assertion:
    document = documents[claim.citations[0].document]
    return comparison.read(claim.text, document.language, calendar_day(document.published))


def _was(
    claim: Claim,
    new: Assertion,
    corrected: Sequence[Correction],
    documents: Mapping[str, Document],
) -> str | None:
    """Return what a claim that states a correction puts right, as it was printed."""
    for correction in corrected:
        now = correction.citation
        if now is not None and any(
            c.document == now.document and c.start < now.end and now.start < c.end
            for c in claim.citations
        ):
            document = documents[now.document]
            old = comparison.read(
                correction.was, document.language, calendar_day(document.published)
            )
            relation = comparison.relate(new, old, comparison.weigh([new, old]))
            return relation.previous or comparison.stretch(new.text, correction.was)
    return None


def _nearest(
    new: Assertion, told: Sequence[_Told], idf: Mapping[str, float]
) -> tuple[Relation, _Told | None]:
    """Return the earlier sentence that a sentence is compared with: of those related, the newest.

    What was printed before that may have been out of date then.
    """
    related = [(comparison.relate(new, each.assertion, idf), each) for each in told]
    return min(
        (
            (relation, each)
            for relation, each in related
            if relation.kind != "other"
            and (each.is_own or relation.likeness >= comparison.MIN_SAME)
        ),
        key=lambda pair: (pair[1].age, _ORDER.index(pair[0].kind), -pair[0].likeness),
        default=(Relation("other"), None),
    )


def _kept(judged: Sequence[tuple[Claim, bool]], documents: Mapping[str, Document]) -> list[Claim]:
    """Return the claims to print: those not just printed, and any that a kept one leans on."""
    kept: list[Claim] = []
    for claim, is_repeat in reversed(judged):
        if not is_repeat or (kept and _leans(kept[-1], documents)):
            kept.append(claim)
    return kept[::-1]


def _leans(claim: Claim, documents: Mapping[str, Document]) -> bool:
    return prose.is_dangling(claim.text, documents[claim.citations[0].document].language)
