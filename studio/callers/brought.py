"""Which visitor brought which file to Gradio's folder of uploads, since the app started."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from studio.callers.caller import Caller

_MOST_REMEMBERED = 20_000


class Brought:
    """A path is told to the browser, so knowing one proves nothing."""

    def __init__(self) -> None:
        self._whose: dict[str, set[str]] = {}
        self._lock = Lock()

    def note(self, caller: Caller, paths: list[str]) -> None:
        with self._lock:
            for path in paths:
                self._whose.setdefault(_tidy(path), set()).add(_name(caller))
            for path in list(self._whose)[: max(0, len(self._whose) - _MOST_REMEMBERED)]:
                del self._whose[path]

    def is_by(self, caller: Caller, path: str) -> bool:
        return _name(caller) in self._whose.get(_tidy(path), ())


def _name(caller: Caller) -> str:
    return str(caller.user) if caller.user else f"at {caller.address}"


def _tidy(path: str) -> str:
    return str(Path(path).absolute())
