"""In which order stories are told: what more independent reports carry comes first."""

import math
from collections import Counter
from collections.abc import Sequence

from summarizer.text.normalise import moment
from summarizer.types import Document

ORIGIN_WEIGHT = 1.0
ARTICLE_WEIGHT = 0.5
DIVERSITY_WEIGHT = 0.4
RECENCY_WEIGHT = 0.3
RECENCY_HOURS = 12.0
_SECONDS_AN_HOUR = 3_600


def importance(documents: Sequence[Document], n_origins: int, newest: float | None) -> float:
    """Score a story by its origins, articles, publishers and age; length plays no part.

    Args:
        documents: of the story, reprints included.
        n_origins: independent reports among them.
        newest: the moment of the newest document of the day, in seconds; None without dates.

    Returns:
        log2(1 + origins) + .5 log2(1 + articles) + .4 entropy of the publishers / ln n
        + .3 exp(-age / 12 h).
    """
    n = len(documents)
    score = ORIGIN_WEIGHT * math.log2(1 + n_origins) + ARTICLE_WEIGHT * math.log2(1 + n)
    score += DIVERSITY_WEIGHT * _diversity([document.source for document in documents])
    moments = [when for d in documents if (when := moment(d.published)) is not None]
    if moments and newest is not None:
        age_hours = (newest - max(moments)) / _SECONDS_AN_HOUR
        score += RECENCY_WEIGHT * math.exp(-age_hours / RECENCY_HOURS)
    return score


def _diversity(publishers: Sequence[str]) -> float:
    """Return the entropy of the publishers over its maximum, 0 to 1; 0 for one document."""
    n = len(publishers)
    if n == 1:
        return 0.0
    counts = sorted(Counter(publishers).values())
    return math.fsum(-c / n * math.log(c / n) for c in counts) / math.log(n)
