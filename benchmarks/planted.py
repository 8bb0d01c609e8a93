"""Stories with planted disagreements: invented events told by several outlets in their own words.

Nothing here is taken from a source: events, places and outlets are made up from word lists, and
the numbers are drawn. Beside what is planted each story holds numbers that must not be compared:
a part of a total, another event, another place, another group of people, what is only feared.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from summarizer.text.normalise import document
from summarizer.types import ConflictKind, Document

FIRST_DAY = date(2025, 3, 3)
N_OUTLETS = (3, 5)
KINDS: tuple[ConflictKind | None, ...] = ("conflict", "conflict", "update", "range", None)
PLACES = (
    "Kessel", "Ostrand", "Varrow", "Hollin", "Brenn", "Tarvik", "Melsund", "Orlen", "Pellworth",
    "Dunmere", "Saltney", "Graven", "Istrel", "Korvath", "Lindow", "Marnhaven",
)  # fmt: skip
OUTLETS = (
    "Northern Wire", "Meridian Daily", "The Harbour Post", "Radio Varrow", "Lowland Gazette",
    "Channel Six", "The Morning Ledger", "Coast Telegraph",
)  # fmt: skip
EVENTS = (
    ("ferry", "capsized in a storm off", "a passenger ferry"),
    ("train", "derailed on a bridge near", "a commuter train"),
    ("factory", "was torn apart by an explosion in", "a fireworks factory"),
    ("hotel", "collapsed during renovation in", "a six-storey hotel"),
    ("bus", "plunged into a ravine outside", "a crowded bus"),
    ("mine", "was flooded without warning near", "a coal mine"),
    ("market", "was hit by a car bomb in", "a street market"),
    ("nightclub", "was destroyed by a fire in", "a basement nightclub"),
)
WORDS = {
    "killed": (
        "{n} people were killed", "{n} people died", "{n} people have lost their lives",
        "the death toll reached {n}", "{n} were confirmed dead", "the disaster killed {n} people",
        "the {noun} accident claimed the lives of {n} people", "{n} deaths were reported",
    ),
    "injured": (
        "{n} people were injured", "{n} others were hurt", "{n} people were wounded",
        "the number of injured was put at {n}", "{n} people suffered injuries",
        "the accident left {n} people injured",
    ),
    "missing": (
        "{n} people are still missing", "{n} people were missing", "{n} remained unaccounted for",
        "{n} people were reported missing",
    ),
    "arrested": (
        "police arrested {n} people", "{n} people were arrested", "{n} people have been detained",
        "officers took {n} people into custody", "{n} people were in custody",
    ),
    "rescued": (
        "{n} survivors were rescued", "crews rescued {n} people",
        "{n} people were pulled alive from the wreckage", "{n} people had been rescued",
    ),
    "evacuated": (
        "{n} residents were evacuated", "authorities evacuated {n} people",
        "{n} people were told to evacuate",
    ),
}  # fmt: skip
SOURCES = (
    "officials said",
    "the interior ministry said",
    "according to the fire service",
    "a police spokeswoman said",
    "the governor's office said",
    "emergency services said",
)
LEADS = (
    "{Thing} {happened} {place} on {weekday}, and {fact}, {source}.",
    "{Fact} when {thing} {happened} {place} on {weekday}, {source}.",
    "{Fact} after {thing} {happened} {place}, {source}.",
    "{place}'s worst day in memory: {thing} {happened} town, and {fact}.",
    "As night fell over {place}, where {thing} {happened} town, {fact}, {source}.",
)
LATER = (
    "{Fact} in {place}, {source}.",
    "{Fact}, {source}.",
    "{Fact} after the {noun} disaster, {source}.",
    "In {place}, {fact}, {source}.",
)
TRAPS = (
    "Among the dead were {m} children from one school.",
    "{M} of the victims were foreign tourists, the embassy said.",
    "In 2011 a similar accident in {other} killed {m} people.",
    "Last year {m} people were killed when a warehouse burned down in {other}.",
    "Up to {m} people could die in such an accident, a report had warned.",
    "{M} police officers were injured when a crowd tried to reach the site.",
    "In {other}, {m} people died in a separate road accident the same evening.",
    "The {noun} can hold {m} people.",
    "About {m} soldiers and volunteers joined the search.",
    "The road was closed for {m} kilometres.",
)
FILLERS = (
    "Witnesses heard a loud noise and saw people running.",
    "The cause was not immediately clear, and investigators have begun to interview the staff.",
    "The mayor of {place} cancelled all public events for the week.",
    "Schools nearby stay closed until further notice, the education board wrote to parents.",
    "Relatives waited in a sports hall for news of those who had not called home.",
    "Engineers had warned for years that repairs were being put off to save money.",
    "The president is due to visit {place} and meet the families.",
    "Heavy machinery was brought from {other} to help the crews.",
    "A hotline for relatives was set up, and volunteers handed out blankets and tea.",
    "Prosecutors seized the maintenance records and sealed the office of the operator.",
    "The operator said it would cooperate fully and offered to pay for the funerals.",
    "Flags on public buildings in {place} will fly at half mast.",
    "The opposition asked why an inspection planned for the spring never took place.",
    "Shops along the main road lowered their shutters as the sirens passed.",
    "A retired nurse who lives across the street turned her kitchen into a first aid post.",
    "Power was cut in the whole district so that cables could be checked.",
    "Insurers sent assessors, and the stock exchange halted trading in the owner's shares.",
    "The bishop rang the bells of the old cathedral and asked the town to pray.",
    "Neighbouring countries offered medical teams and a field hospital.",
    "A court will decide whether the manager may leave the country.",
    "Cranes worked through the night under floodlights while snow began to fall.",
    "Unions called for a day of mourning and for stricter rules.",
    "Photographs taken by a fisherman show smoke rising high above the roofs.",
    "Dogs trained to find survivors were flown in from {other}.",
    "The transport minister cut short a visit abroad and promised an independent inquiry.",
    "Blood donors queued around the block outside the university clinic.",
    "Local radio asked residents to keep the roads clear for ambulances.",
    "A memorial book was opened in the town hall of {place}.",
)
TITLES = (
    "what is known",
    "families wait for news",
    "search goes on",
    "town in shock",
    "rescuers at work",
)
NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planted:
    """A disagreement put into a story: the values that must be shown side by side."""

    about: str
    kind: ConflictKind
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class PlantedStory:
    """The documents of an invented event and what differs in them."""

    documents: tuple[Document, ...]
    planted: tuple[Planted, ...]


def story(rng: random.Random) -> PlantedStory:
    """Make one story; all slots agree but those planted, of which there may be none."""
    outlets = rng.sample(OUTLETS, rng.randint(*N_OUTLETS))
    slots = rng.sample(sorted(WORDS), 3)
    place, other = rng.sample(PLACES, 2)
    noun, happened, thing = rng.choice(EVENTS)
    scene = {"noun": noun, "happened": happened, "thing": thing, "place": place, "other": other}
    days = [FIRST_DAY] * len(outlets)
    written: dict[str, list[str]] = {}
    planted: list[Planted] = []
    kind = rng.choice(KINDS)
    if kind == "update":
        days = [FIRST_DAY + timedelta(days=2 * i // len(outlets)) for i in range(len(outlets))]
    for i, slot in enumerate(slots):
        number = rng.randint(4, 90)
        written[slot] = [_written(number, rng)] * len(outlets)
        if i == 0 and kind is not None:
            changed = number + rng.randint(2, 3 + number)
            planted.append(Planted(slot, kind, frozenset({str(number), str(changed)})))
            written[slot] = _differing(number, changed, kind, days, rng)
    drawn = Drawn(rng)
    return PlantedStory(
        tuple(
            _document(outlet, days[i], [(slot, written[slot][i]) for slot in slots], scene, drawn)
            for i, outlet in enumerate(outlets)
        ),
        tuple(planted),
    )


def _differing(
    number: int, changed: int, kind: ConflictKind, days: Sequence[date], rng: random.Random
) -> list[str]:
    """Return what each outlet writes: the first and the last of them never the same."""
    n = len(days)
    second = {i for i in range(1, n - 1) if rng.random() < 0.5} | {n - 1}
    if kind == "update":
        second = {i for i, when in enumerate(days) if when > FIRST_DAY}
    first = _written(number, rng)
    if kind == "range":
        first = f"{rng.choice(('at least', 'more than'))} {first}"
    return [_written(changed, rng) if i in second else first for i in range(n)]


def _written(number: int, rng: random.Random) -> str:
    return NUMBERS[number] if number < len(NUMBERS) and rng.random() < 0.7 else str(number)


class Drawn:
    """Phrases in an order drawn from the generator, each used once while there are others."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self._left: dict[Sequence[str], list[str]] = {}

    def next(self, phrases: tuple[str, ...]) -> str:
        """Return a phrase that was not used yet, if there is one."""
        left = self._left.setdefault(phrases, [])
        if not left:
            left += self.rng.sample(phrases, len(phrases))
        return left.pop()


def _document(
    outlet: str,
    when: date,
    facts: Sequence[tuple[str, str]],
    scene: dict[str, str],
    drawn: Drawn,
) -> Document:
    told = [drawn.next(WORDS[slot]).format(n=number, **scene) for slot, number in facts]
    lines = [_line(drawn.next(LEADS), told[0], scene, drawn)]
    lines += [_line(drawn.next(LATER), fact, scene, drawn) for fact in told[1:]]
    forms = [drawn.next(phrases) for phrases in (TRAPS, TRAPS, *[FILLERS] * 5)]
    others = [_line(form, "", scene, drawn) for form in forms]
    drawn.rng.shuffle(others)
    text = "\n\n".join([lines[0], *others[:2], *lines[1:], *others[2:]])
    title = f"{scene['noun'].capitalize()} disaster in {scene['place']}: {drawn.next(TITLES)}"
    return document(text, title=title, source=outlet, published=when.isoformat(), language="en")


def _line(form: str, fact: str, scene: dict[str, str], drawn: Drawn) -> str:
    m = drawn.rng.randint(2, 12)
    return form.format(
        **scene,
        Thing=_capital(scene["thing"]),
        fact=fact,
        Fact=_capital(fact),
        weekday=f"{FIRST_DAY:%A}",
        source=drawn.next(SOURCES),
        m=NUMBERS[m],
        M=_capital(NUMBERS[m]),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
