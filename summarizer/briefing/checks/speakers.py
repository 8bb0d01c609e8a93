"""Whether a sentence lets those speak who speak in its cited text."""

from collections.abc import Iterator

from summarizer.briefing.checks.flags import Flag, quoted
from summarizer.briefing.checks.names import COURTESY
from summarizer.briefing.checks.reading import Keys, Reading, Source, share
from summarizer.text.facts.wording import Speaker

_MIN_CONTENT = 3  # words said, to know what is said
_SAME, _NEAR = 0.6, 0.8  # share of what is said that the cited sentence has: the same; word by word
_BESIDE = 6  # tokens beside a reporting verb and its speaker


def check(claim: Reading, source: Source) -> Iterator[Flag]:
    """Flag a speaker where somebody else says the same in the cited text."""
    for speaker in claim.facts.speakers:
        ours = _keys(claim, speaker)
        said = [
            keys
            for i, keys in enumerate(claim.keys)
            if claim.is_content[i] and not min(speaker.first, speaker.verb) <= i < speaker.last
        ]
        if not source.best or len(said) < _MIN_CONTENT or not _is_somebody(claim, speaker):
            continue
        reading = max(source.best, key=lambda r: share(said, r))
        score = share(said, reading)
        theirs = [_keys(reading, other) for other in reading.facts.speakers]
        if (
            score < _SAME
            or not theirs
            or not all(theirs)  # a pronoun, which may be anybody
            or any(not keys.isdisjoint(ours) for keys in theirs)
            or _stands_beside(reading, ours)
        ):
            continue
        is_elsewhere = source.has(ours) and not _leads(reading, ours)
        if score >= _NEAR or is_elsewhere:
            other = reading.facts.speakers[0]
            name = quoted(reading.written(range(other.first, other.last)))
            yield Flag("speaker", f"in the cited text it is {name} who says so")


def _keys(reading: Reading, speaker: Speaker) -> Keys:
    numbers = range(speaker.first, speaker.last)
    return frozenset(
        k
        for i in numbers
        if reading.is_content[i] and reading.words[i] not in COURTESY
        for k in reading.keys[i]
    )


def _is_somebody(claim: Reading, speaker: Speaker) -> bool:
    """Tell whether a speaker is more than "officials" of some country."""
    return any(
        claim.is_content[i] and i not in claim.plain and not any(k[0] == "@" for k in claim.keys[i])
        for i in range(speaker.first, speaker.last)
    )


def _stands_beside(reading: Reading, keys: Keys) -> bool:
    """Tell whether somebody is named near a reporting verb, perhaps as its speaker."""
    return any(
        speaker.first - _BESIDE <= i < speaker.last + _BESIDE
        for i in reading.find(keys)
        for speaker in reading.facts.speakers
    )


def _leads(reading: Reading, keys: Keys) -> bool:
    """Tell whether somebody is named before anybody speaks, perhaps as the subject of it all."""
    return any(i < reading.facts.speakers[0].verb for i in reading.find(keys))
