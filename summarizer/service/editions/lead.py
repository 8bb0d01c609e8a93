"""How long before it is due a run begins: as long as the last ones took."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from math import ceil

from summarizer.service.store.run import Run

N_RUNS = 10  # the last ones
FIRST = timedelta(minutes=5)  # nothing is known of an edition that never ran
MARGIN = timedelta(minutes=1)  # delivery, and one slow server more than yesterday
MOST = timedelta(minutes=30)  # so that a night of trouble does not make the next briefing stale
_SHARE = 0.9  # of the runs took no longer


def lead(runs: Iterable[Run]) -> timedelta:
    """Return the lead of the next run.

    Args:
        runs: of the edition, the last one first; those that never began are not counted.
    """
    ended = (
        run.finished - run.started
        for run in runs
        if run.started is not None and run.finished is not None
    )
    took = sorted(islice(ended, N_RUNS))
    if not took:
        return FIRST
    slow = took[ceil(_SHARE * len(took)) - 1]
    return min(max(slow, timedelta()) + MARGIN, MOST)
