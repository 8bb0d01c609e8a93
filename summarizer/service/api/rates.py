"""How many requests each owner may send in a minute, as a bucket that fills evenly."""

import math
from dataclasses import dataclass, field


@dataclass(slots=True)
class Rates:
    """Buckets by owner; at most a sixth of a minute's requests may come at once."""

    per_minute: int
    _full_at: dict[str, float] = field(default_factory=dict)  # when a bucket will be full again

    def wait_s(self, owner: str, now_s: float) -> int:
        """Count one request; return 0, or the whole seconds to wait when there were too many.

        The generic cell rate algorithm (ITU-T I.371): one number an owner. A request that has to
        wait is not counted.
        """
        interval_s = 60 / self.per_minute
        full_at = max(self._full_at.get(owner, now_s), now_s) + interval_s
        burst_s = max(10.0, interval_s)
        if full_at - now_s > burst_s + 1e-9:
            return max(1, math.ceil(full_at - now_s - burst_s))
        self._full_at[owner] = full_at
        return 0
