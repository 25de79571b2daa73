"""Looks at everything once and remembers it for a while: a page that many open asks the machine once a minute."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from threading import Lock

from studio.readiness.features import Feature
from studio.readiness.keeping import keeping
from studio.readiness.making import making
from studio.readiness.people import people, safety
from studio.settings import Settings
from studio.store import Store

_REMEMBERED_S = 60.0


class Readiness:
    def __init__(
        self, settings: Settings, store: Store | None = None, *, environment: Mapping[str, str] = os.environ
    ) -> None:
        self._settings = settings
        self._store = store
        self._environment = environment
        self._lock = Lock()
        self._seen: tuple[float, tuple[Feature, ...]] | None = None

    def features(self) -> tuple[Feature, ...]:
        with self._lock:
            if self._seen is None or time.monotonic() - self._seen[0] > _REMEMBERED_S:
                self._seen = time.monotonic(), self._looked()
            return self._seen[1]

    def _looked(self) -> tuple[Feature, ...]:
        return (
            *making(self._settings, self._environment),
            *keeping(self._settings, self._store),
            *people(self._settings),
            *safety(self._settings),
        )
