"""How much less alike two reports are for the days between them.

After Miranda et al. 2018, "Multilingual clustering of streaming news", section 3.1.
"""

import math


def factor(days: float, *, spread_days: float, floor: float = 0.5) -> float:
    """Return what a likeness is multiplied by: 1 on one day, falling to `floor`.

    Args:
        days: between the two.
        spread_days: sigma of the Gaussian it falls by.
        floor: what is left after a long time.
    """
    return floor + (1 - floor) * math.exp(-(days**2) / (2 * spread_days**2))
