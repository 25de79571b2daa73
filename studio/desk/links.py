"""Links for a page that asks again and again: the same ones for a while, so that nothing is loaded twice."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from threading import Lock
from uuid import UUID

from studio.files import Files
from studio.files.service import LINK_S

_KEPT_S = LINK_S / 2
_MOST = 20_000


class KeptLinks:
    """A link is handed out for the first half of its life, so whoever gets one can still use it for the other half."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._kept: dict[tuple[UUID, str], tuple[float, str]] = {}
        self._lock = Lock()

    def of(self, owner: UUID, paths: Collection[str]) -> Mapping[str, str]:
        """By path; a file that is gone is left out."""
        now = time.monotonic()
        known = {path: url for path in paths if (url := self._known(owner, path, now))}
        wanted = [path for path in dict.fromkeys(paths) if path not in known]
        if not wanted:
            return known
        fresh = self._files.links(wanted, owner=owner)
        with self._lock:
            if len(self._kept) + len(fresh) > _MOST:
                self._kept = {key: kept for key, kept in self._kept.items() if kept[0] > now}
            if len(self._kept) + len(fresh) <= _MOST:
                self._kept.update({(owner, path): (now + _KEPT_S, url) for path, url in fresh.items()})
        return {**known, **fresh}

    def _known(self, owner: UUID, path: str, now: float) -> str:
        until, url = self._kept.get((owner, path), (0.0, ""))
        return url if until > now else ""
