"""Memory that was freed goes back to the machine, so that a long film takes no more of it than a short one."""

from __future__ import annotations

import ctypes
from functools import cache

M_ARENA_MAX, M_MMAP_THRESHOLD = -8, -3
ARENAS, THRESHOLD_BYTES = 2, 256 * 1024


@cache
def give_back_what_is_freed() -> None:
    """Pictures and planes are some megabytes each. The C library learns to keep freed blocks of that size for later,
    in a heap for every thread, where they lie scattered: a fifth of all that a film takes. Other libraries than GNU's
    have no such setting and no such habit."""
    try:
        library = ctypes.CDLL(None)
        library.mallopt(M_MMAP_THRESHOLD, THRESHOLD_BYTES)
        library.mallopt(M_ARENA_MAX, ARENAS)
    except (OSError, AttributeError):
        return
