"""Whether the names of a sentence are those of its cited text."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from summarizer.briefing.checks.flags import Flag
from summarizer.briefing.checks.reading import MAX_KEPT, Place, Reading, Source
from summarizer.text.facts.names import CAPITALISES_NOUNS, Name
from summarizer.text.facts.tokens import Token
from summarizer.text.lexicon import lexicon

MAX_APART = 2  # tokens from one part of a name to the next, where the source has it in full
_MIN_VARIANT_CHARS = 6  # shorter names that differ in one letter are different names
_MAX_ACRONYM = 8
COURTESY = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "sir", "madam", "dame", "lord", "lady", "st", "pm"}
)
# A word that begins a sentence is a name when a verb follows, unless it ends as common nouns,
# participles and adverbs do.
_COMMON_ENDINGS = (
    "s", "ing", "ed", "ly", "ion", "ment", "ness", "ity", "ism", "ance", "ence", "er", "al", "ive",
)  # fmt: skip
_AUXILIARIES = frozenset({"is", "was", "has", "had", "will", "would", "may", "might", "can"})


def check(claim: Reading, source: Source) -> Iterator[Flag]:
    """Flag names, or parts of them, that the cited text does not have."""
    for name in claim.facts.names:
        parts = proper(claim, name)
        missing = [i for i in parts if not _is_known(claim, i, name, source)]
        if not missing:
            missing = next(_torn(claim, name, parts, source), [])
        if missing:
            yield Flag("name", f"{claim.written(missing)} does not occur in the cited text")


def proper(reading: Reading, name: Name) -> list[int]:
    """Return the tokens of a name that identify: no title, no date, no common first word."""
    tokens, words = reading.facts.tokens, lexicon(reading.language)
    spans = [(d.start, d.end) for d in reading.facts.dates]
    spans += [(q.start, q.end) for q in reading.facts.quantities]
    parts = [
        i
        for i in range(name.first, name.last)
        if tokens[i].is_capital
        and tokens[i].word not in words.stop | words.time | COURTESY
        and not any(start <= tokens[i].start < end for start, end in spans)
    ]
    is_doubtful = name.is_initial and not _is_surely_name(reading, name)
    return parts[1:] if is_doubtful and parts[:1] == [name.first] else parts


@lru_cache(maxsize=MAX_KEPT)
def named(reading: Reading) -> frozenset[int]:
    """Return the tokens that are part of a name."""
    return frozenset(i for name in reading.facts.names for i in proper(reading, name))


@lru_cache(maxsize=MAX_KEPT)
def capitals(reading: Reading) -> frozenset[int]:
    """Return the capitalised tokens that may be part of a name, at the start of a sentence too."""
    tokens, skipped = reading.facts.tokens, COURTESY | lexicon(reading.language).time
    return frozenset(
        i
        for name in reading.facts.names
        for i in range(name.first, name.last)
        if tokens[i].is_capital and tokens[i].word not in skipped
    )


def _is_surely_name(reading: Reading, name: Name) -> bool:
    """Tell whether the first word of a sentence is a name, by its form or what follows."""
    first = reading.facts.tokens[name.first]
    written = reading.text[first.start : first.end]
    if reading.language in CAPITALISES_NOUNS:
        return False
    is_place = any(key[0] == "@" for key in reading.keys[name.first])
    if (
        is_place
        or name.last - name.first > 1
        or first.word.endswith("'s")
        or (len(written) > 1 and written.isupper())
    ):
        return True
    if first.word.endswith(_COMMON_ENDINGS) or name.last >= len(reading.words):
        return False
    following = reading.words[name.last]
    is_verb = following in lexicon(reading.language).reporting or following.endswith("ed")
    return is_verb or following in _AUXILIARIES


def _is_known(claim: Reading, i: int, name: Name, source: Source) -> bool:
    if source.has(claim.keys[i]):
        return True
    token = claim.facts.tokens[i]
    word = token.word.removesuffix("'s")
    tokens = [t for reading in source.readings for t in reading.facts.tokens]
    if len(word) >= _MIN_VARIANT_CHARS and any(
        t.is_capital and _is_variant(word, t.word.removesuffix("'s")) for t in tokens
    ):
        return True
    written = claim.text[token.start : token.end].replace("\u2019", "'")
    letters = written.removesuffix("'s").rstrip("s").replace(".", "")
    if letters.isupper() and 1 < len(letters) <= _MAX_ACRONYM:
        return any(_spells(reading, letters.lower()) for reading in source.readings)
    return _is_abbreviated(claim, i, name, source)


def _is_abbreviated(claim: Reading, i: int, name: Name, source: Source) -> bool:
    """Tell whether the cited text has the initials of the name that a token is part of.

    Where the sentence has them too, the name in full stands for something else, unless one of the
    two stands in brackets beside the other.
    """
    parts = [j for j in range(name.first, name.last) if claim.facts.tokens[j].is_capital]
    initials = "".join(claim.words[j][0] for j in parts)
    at = parts.index(i)
    for reading in source.readings:
        for token in reading.facts.tokens:
            start, n = initials.find(token.word), len(token.word)
            is_whole = (
                len(parts) > 1
                and token.word.startswith(initials)
                and _is_upper(reading, token, len(parts))
            )
            is_part = token.is_capital and n > 1 and 0 <= start <= at < start + n
            if (is_whole or is_part) and not _is_told_twice(claim, name, token.word, source):
                return True
    return False


def _is_upper(reading: Reading, token: Token, n: int) -> bool:
    return reading.text[token.start : token.start + n].isupper()


def _is_told_twice(claim: Reading, name: Name, initials: str, source: Source) -> bool:
    """Tell whether a sentence has a name's initials as often as its source, and the name too."""
    if claim.words[max(0, name.first - 1)] == "(":
        return False
    pairs = pairwise(("", *claim.words))
    n_beside = sum(word == initials and before != "(" for before, word in pairs)
    return n_beside > 0 and n_beside >= max(r.words.count(initials) for r in source.readings)


def _spells(reading: Reading, letters: str) -> bool:
    """Tell whether consecutive words begin with these letters, function words told or not."""
    words = [token.word for token in reading.facts.tokens if token.is_word]
    stop = lexicon(reading.language).stop
    return letters in "".join(word[0] for word in words) or letters in "".join(
        word[0] for word in words if word not in stop
    )


def _is_variant(a: str, b: str) -> bool:
    """Tell whether two spellings differ by one letter: missing, added or another one."""
    if abs(len(a) - len(b)) > 1 or a[0] != b[0]:
        return False
    pairs = enumerate(zip(a, b, strict=False))
    start = next((i for i, (x, y) in pairs if x != y), min(len(a), len(b)))
    return (
        a[start + 1 :] == b[start + 1 :]
        or a[start:] == b[start + 1 :]
        or a[start + 1 :] == b[start:]
    )


def _torn(claim: Reading, name: Name, parts: list[int], source: Source) -> Iterator[list[int]]:
    """Yield two parts of one name that the cited text has only in different names."""
    tokens = claim.facts.tokens
    if not all(token.is_capital for token in tokens[name.first : name.last]):
        return
    for i, j in pairwise(parts):
        if j != i + 1 or tokens[i].word.endswith("'s"):
            continue
        first, second = (source.find(claim.keys[k]) for k in (i, j))
        if (
            not first
            or not second
            or not all(_token(source, p).is_capital for p in (*first, *second))
        ):
            continue
        if not any(r == s and abs(a - b) <= MAX_APART for r, a in first for s, b in second):
            yield [i, j]


def _token(source: Source, place: Place) -> Token:
    return source.readings[place[0]].facts.tokens[place[1]]
