"""What work costs as it grows: proportions of processor time, for no machine is like another.

A limit in seconds breaks on a slow machine, or where covered lines are counted; the proportion
of the large to the small stays. The seconds that are promised are measured by ``make bench``.
"""

import time
from collections.abc import Callable

PART = 8  # the small work is so much less
TOO_STEEP = 3 * PART  # of what grows with its size; with its square it would be 64
TRIES = 4  # a neighbour may disturb one of them


def grows_evenly(work: Callable[[int], object], size: int) -> bool:
    """Whether ``work`` of ``size`` costs no more than its size says, beside a part of it."""
    return any(_cost(work, size) < TOO_STEEP * _cost(work, size // PART) for _ in range(TRIES))


def _cost(work: Callable[[int], object], size: int) -> float:
    began = time.process_time()
    work(size)
    return time.process_time() - began
