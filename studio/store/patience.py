"""Trying again: what fails in passing is asked once more, until patience ends. Both transports do it alike."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from studio.errors import StoreUnavailable

_Result = TypeVar("_Result")


def patiently(
    attempt: Callable[[], _Result], *, patience_s: float, recover: Callable[[], object] | None = None
) -> _Result:
    """Safe because every function of the store may be repeated; `recover` comes before each further try."""
    end, tries = time.monotonic() + patience_s, 0
    while True:
        try:
            return attempt()
        except StoreUnavailable:
            if time.monotonic() > end:
                raise
        time.sleep(pause_s(tries))
        tries += 1
        if recover is not None:
            recover()


def pause_s(tries: int) -> float:
    """Seconds to wait before the next try, growing to two."""
    return min(2.0, 0.05 * 2.0 ** min(tries, 10))
