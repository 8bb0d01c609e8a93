"""The topics a reader named: stories printed together under a name, and what a watch has found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from summarizer.render.counts import counted
from summarizer.render.labels import Labels
from summarizer.render.lines import Frame, Line, line
from summarizer.render.safety import one_line
from summarizer.render.sections import StorySection
from summarizer.types import Briefing, Claim, TopicReport

# Of sources that gave a part of their articles only, or of the text of each.
_PARTLY = frozenset({"teaser_only", "paywalled"})


@dataclass(frozen=True, slots=True)
class StoryGroup:
    """Stories printed together; the name is empty where no topic has a section of its own."""

    name: str
    stories: tuple[StorySection, ...]


@dataclass(frozen=True, slots=True)
class Watched:
    """What was found of a watched topic, and where."""

    name: str
    found: str  # in how many articles nothing was, or how many were searched; and which were not
    lines: tuple[Line, ...]  # what no story says
    above: tuple[Line, ...]  # headlines of stories, and lines, that do


def groups(
    briefing: Briefing, stories: Sequence[StorySection], words: Labels
) -> tuple[StoryGroup, ...]:
    """Group the stories of a briefing, in its order, by the topics that have a section."""
    names = {
        claim: one_line(topic.name)
        for topic in reversed(briefing.topics)  # the first topic of a claim stands
        if topic.mode == "section"
        for claim in topic.claims
    }
    by_name = groupby(stories, key=lambda story: names.get(story.headline.claim.id))
    found = [(name, tuple(members)) for name, members in by_name]
    rest = words.other_stories if any(name is not None for name, _ in found) else ""
    return tuple(StoryGroup(rest if name is None else name, members) for name, members in found)


def mentions(briefing: Briefing) -> Iterator[Claim]:
    """Yield the sentences quoted of watched topics, in printed order."""
    for topic in briefing.topics:
        yield from topic.mentions


def mention(claim: Claim, frame: Frame) -> Line:
    """Write a quoted sentence, and how many articles have one of the same report."""
    n = claim.articles
    counts = counted("articles", n, frame.words.language) if n > 1 else ""
    return line(claim, frame, counts=counts)


def watched(
    briefing: Briefing, printed: Mapping[str, Line], quoted: Mapping[str, Line], words: Labels
) -> tuple[Watched, ...]:
    """Lay out the watched topics of a briefing in its order.

    Args:
        briefing: with its topics.
        printed: what to point to, by the ids of claims: the headline of the story, or the line.
        quoted: the lines of mentions that are printed nowhere else, by the ids of their claims.
        words: of the briefing's language.
    """
    places = dict(printed)
    found = []
    for topic in briefing.topics:
        if topic.mode != "watch":
            continue
        here = [claim.id for claim in topic.mentions if claim.id in quoted.keys() - places.keys()]
        elsewhere = (places[claim] for claim in topic.claims if claim in places)
        above = {line.anchor: line for line in elsewhere}
        lines = tuple(quoted[claim] for claim in here)
        status = _status(briefing, topic, words)
        found.append(Watched(one_line(topic.name), status, lines, tuple(above.values())))
        places |= {claim: quoted[claim] for claim in here}
    return tuple(found)


def _status(briefing: Briefing, topic: TopicReport, words: Labels) -> str:
    """Say where was looked, so that "no mention" never hides a source that failed."""
    word = "searched" if topic.claims else "no_mention"
    missing = dict.fromkeys(topic.not_searched)
    partly = (s.name for s in briefing.sources if s.status in _PARTLY and s.name not in missing)
    parts = [
        counted(word, topic.searched, words.language),
        *_listed(words.not_searched, missing, words),
        *_listed(words.partly_searched, dict.fromkeys(partly), words),
    ]
    return words.punctuation["semicolon"].join(parts)


def _listed(label: str, names: Mapping[str, None], words: Labels) -> Iterator[str]:
    if names:
        listed = words.punctuation["comma"].join(map(one_line, names))
        yield f"{label}{words.punctuation['colon']}{listed}"
