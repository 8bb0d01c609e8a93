"""What a story's sentences are worth by the concepts they hold, as adjacent pairs of stems.

Gillick & Favre 2009, "A scalable global model for summarization", section 2; how concepts are
weighed is told in `weigh`.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain, pairwise

from summarizer.models.engine import Evidence
from summarizer.text.lexicon import lexicon

Concept = tuple[str, str]

PRIOR_FLOOR = 0.1  # f: what the last sentence of a long document still weighs
PRIOR_DECAY = 2.0  # tau, in sentences
ALONE_EXPONENT = 2.0  # how fast the weight of what one origin alone says falls with their number


def are_content(tokens: Sequence[str], language: str) -> list[bool]:
    """Tell of each token whether it is no stop word."""
    stop = lexicon(language).stop
    return [token not in stop for token in tokens]


def pairs(stems: Sequence[str], is_content: Sequence[bool]) -> frozenset[Concept]:
    """Return the concepts of a sentence: adjacent pairs of stems, not both of stop words."""
    return frozenset(
        pair
        for pair, first, second in zip(pairwise(stems), is_content, is_content[1:], strict=False)
        if first or second
    )


def weigh(
    evidence: Sequence[Evidence], concepts: Sequence[frozenset[Concept]]
) -> dict[Concept, float]:
    """Weigh each concept by the origins that mention it, each by its most prominent mention.

    What one origin alone mentions counts for less the more origins there are: with n of them it
    weighs (2 / n)^2 of what its mention is worth, all of it with two.

    Args:
        evidence: sentences of one story, usable or not.
        concepts: the concepts of each of them.

    Returns:
        The weight of each concept, 0 or more.
    """
    most: dict[str, dict[Concept, float]] = defaultdict(dict)  # prominent mention, by origin
    # What stands earlier is more prominent: it comes last, and takes the place of the others.
    for i in sorted(range(len(evidence)), key=lambda i: evidence[i].position, reverse=True):
        prior = PRIOR_FLOOR + (1 - PRIOR_FLOOR) * math.exp(-evidence[i].position / PRIOR_DECAY)
        most[evidence[i].origin].update(dict.fromkeys(concepts[i], prior))
    alone = (2 / max(2, len(most))) ** ALONE_EXPONENT
    n_origins = Counter(chain.from_iterable(most.values()))
    weights: dict[Concept, float] = {}
    shared: dict[Concept, list[float]] = defaultdict(list)
    for of_origin in most.values():
        for concept, prior in of_origin.items():
            if n_origins[concept] == 1:
                weights[concept] = prior * alone
            else:
                shared[concept].append(prior)
    weights.update((concept, math.fsum(priors)) for concept, priors in shared.items())
    return weights
