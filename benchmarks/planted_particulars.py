"""Stories with planted disagreements on a magnitude, a vote, a score, a sum, a day or an office.

Made like those of `planted`: invented events told by several outlets, with values that must not be
compared beside the planted ones: another quake, another vote, what a fine could be, a former mayor.
"""

import random
from dataclasses import dataclass
from datetime import timedelta

from benchmarks.planted import (
    FILLERS,
    FIRST_DAY,
    N_OUTLETS,
    OUTLETS,
    PLACES,
    Drawn,
    Planted,
    PlantedStory,
)
from summarizer.text.normalise import document
from summarizer.types import ConflictKind, Document

KINDS: tuple[ConflictKind | None, ...] = ("conflict", "conflict", "update", None)
N_FILLERS = 5


@dataclass(frozen=True, slots=True)
class Topic:
    """What one kind of particular is told with."""

    about: str
    title: str
    lines: tuple[str, ...]  # that state it, {v} is the value
    traps: tuple[str, ...]  # that state another one


TOPICS = (
    Topic(
        "magnitude",
        "Earthquake near {place}",
        (
            "A magnitude {v} earthquake struck near {place} on {day}, the seismic institute said.",
            "A {v}-magnitude quake shook {place} on {day}, the national observatory reported.",
            "The earthquake near {place} had a magnitude of {v}, according to the institute.",
            "{place} was hit by an earthquake measuring {v} on the Richter scale on {day}.",
            "The quake, which had a magnitude of about {v}, damaged the old town of {place}.",
        ),
        (
            "An aftershock of magnitude 4.8 was felt in {place} an hour later.",
            "In 2011 an earthquake of magnitude 7.4 destroyed a third of {other}.",
            "Buildings in {place} are designed for earthquakes of magnitude 5 or more.",
        ),
    ),
    Topic(
        "vote",
        "{place} bridge approved",
        (
            "The {place} council voted {v} to build the bridge, ending years of argument.",
            "By {to}, the council of {place} approved the new bridge on {day}.",
            "Council members in {place} approved the bridge by a vote of {v}.",
            "The bridge at {place} was approved in a {v} vote by the council on {day}.",
        ),
        (
            "Last year the council rejected another plan for the bridge by 31 votes to 6.",
            "Children aged 12-16 voted on the colour of the railings.",
            "The bridge will take 3 to 4 years to build, and 2 of the voters want a tunnel.",
        ),
    ),
    Topic(
        "score",
        "{place} win the cup",
        (
            "{place} Rovers beat {other} United {v} in the cup final on {day}.",
            "Captain and keeper lifted the cup after {place} Rovers defeated {other} United {v}.",
            "Fans danced as {place} Rovers celebrated a {v} win over {other} United on {day}.",
            "{place} Rovers secured the cup with a {v} victory over {other} United.",
        ),
        (
            "Rovers had led 1-0 at half-time through an own goal.",
            "In the semi-final {place} Rovers had beaten Tarvik City 5-4.",
            "The previous final between the two ended 2-2.",
        ),
    ),
    Topic(
        "money: fine",
        "Chemical plant in {place} fined",
        (
            "A court fined the chemical plant in {place} ${v} million for polluting the river.",
            "The chemical plant in {place} must pay a fine of ${v} million for polluting the bay.",
            "Judges imposed a ${v} million fine on the {place} chemical plant over pollution.",
            "For polluting the river the chemical plant was given a fine of ${v} million.",
        ),
        (
            "The plant could have faced a fine of up to $900 million.",
            "A smaller plant in {other} paid a fine of $14 million last year.",
            "The plant has spent $70 million on filters, and its budget is $600 million a year.",
        ),
    ),
    Topic(
        "date: sank",
        "Ferry lost off {place}",
        (
            "The ferry Aurora sank on {v} off {place} with a cargo of timber, the harbour said.",
            "The ferry Aurora sank {v} off {place} with a cargo of timber, rescuers said.",
            "The ferry Aurora, with a cargo of timber, sank on {v} off {place}, officials said.",
        ),
        (
            "The captain was arrested on Friday when he returned from {other}.",
            "The harbour of {place} opened on 3 May 1950.",
            "Another ferry sank off {other} in 2011.",
        ),
    ),
    Topic(
        "role: mayor",
        "{place} cancels its carnival",
        (
            "{place} mayor {v} cancelled the carnival because of the storm, the town hall said.",
            "The carnival was cancelled by {place} Mayor {v} because of the storm.",
            "The mayor of {place}, {v}, cancelled the carnival because of the coming storm.",
            "Because of the storm, {place} mayor {v} said the carnival was cancelled.",
        ),
        (
            "Former {place} mayor Otto Lindgren called the decision timid.",
            "{other} mayor Vera Klement said her town would celebrate.",
            "Deputy mayor Paula Simms will answer letters.",
        ),
    ),
)
DAYS = ("Saturday", "Sunday", "Monday")
NAMES = ("Ada Brandt", "Jonas Pohl", "Mirja Tamm", "Luca Ferrante", "Edith Okoro", "Hugo Zeller")


def story(rng: random.Random) -> PlantedStory:
    """Make one story of one topic; its value differs between outlets or does not."""
    topic = rng.choice(TOPICS)
    outlets = rng.sample(OUTLETS, rng.randint(*N_OUTLETS))
    place, other = rng.sample(PLACES, 2)
    kind = rng.choice(KINDS)
    days = [FIRST_DAY] * len(outlets)
    if kind == "update":
        days = [FIRST_DAY + timedelta(days=2 * i // len(outlets)) for i in range(len(outlets))]
    first, second = _values(topic.about, rng)
    n = len(outlets)
    is_second = [kind is not None and i >= (n + 1) // 2 for i in range(n)]
    drawn = Drawn(rng)
    scene = {"place": place, "other": other, "day": f"{FIRST_DAY:%A}"}
    documents = tuple(
        _document(
            topic, outlets[i], days[i].isoformat(), second if is_second[i] else first, scene, drawn
        )
        for i in range(n)
    )
    planted = (Planted(topic.about, kind, frozenset({first, second})),) if kind else ()
    return PlantedStory(documents, planted)


def _values(about: str, rng: random.Random) -> tuple[str, str]:
    """Draw two values that are not the same, rounded or not."""
    if about == "magnitude":
        tenths = rng.randint(55, 74)
        return f"{tenths / 10}", f"{(tenths + rng.randint(2, 4)) / 10}"
    if about == "vote":
        total, yes = 49, rng.randint(27, 40)
        changed = yes + rng.randint(1, 3)
        return f"{yes}-{total - yes}", f"{changed}-{total - changed}"
    if about == "score":
        lost = rng.randint(0, 2)
        return f"{lost + 1}-{lost}", f"{lost + 3}-{lost}"
    if about.startswith("money"):
        million = rng.randint(11, 60)
        return str(million), str(million + rng.randint(3, 30))
    first, second = rng.sample(DAYS if about.startswith("date") else NAMES, 2)
    return first, second


def _document(
    topic: Topic, outlet: str, published: str, value: str, scene: dict[str, str], drawn: Drawn
) -> Document:
    fact = drawn.next(topic.lines).format(v=value, to=value.replace("-", " votes to "), **scene)
    others = [drawn.next(phrases) for phrases in (topic.traps, *[FILLERS] * N_FILLERS)]
    others = [line.format(**scene) for line in others]
    drawn.rng.shuffle(others)
    title = topic.title.format(**scene)
    text = "\n\n".join((fact, *others))
    return document(text, title=title, source=outlet, published=published, language="en")
