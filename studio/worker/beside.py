"""The worker inside the app: a thread that makes films beside the pages, and gives way to them."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable

from pipeline.machine import cores, memory_gib
from studio.store import Store
from studio.store.home import EmbeddedStore
from studio.worker.runner import JobRunner
from studio.worker.worker import Worker

CORES_A_FILM, GIB_A_FILM = 2, 3.0
LEASE_S = 20
"""Short, so that after a restart the films of the process that died go on within seconds."""
NICENESS = 10
_PAUSE_S = 5.0
_log = logging.getLogger(__name__)


class WorkerBeside:
    def __init__(
        self,
        store: Store,
        runner: JobRunner,
        *,
        slots: int | None = None,
        grace_s: float = 5.0,
        upkeep: Callable[[], object] | None = None,
    ) -> None:
        self._worker = Worker(
            store, runner, slots=slots or films_at_once(), lease_s=LEASE_S, grace_s=grace_s, upkeep=upkeep
        )
        # Only this machine's processes can reach the embedded store, so a name that is dead here is dead.
        self._knows_all_workers = isinstance(store, EmbeddedStore)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Running films are handed back, and go on where they were when the app is there again."""
        self._stopping.set()
        self._worker.stop_at_once()
        self._thread.join()

    def _run(self) -> None:
        _give_way()
        if self._knows_all_workers:
            self._worker.release_dead()
        while not self._stopping.is_set():
            try:
                self._worker.run()
            except Exception:  # noqa: BLE001 - without its worker the app would look alive and make nothing
                _log.exception("the worker stumbled; it goes on in a moment")
                self._stopping.wait(_PAUSE_S)


def films_at_once() -> int:
    """As many as the machine has cores and memory for."""
    return max(1, min(cores() // CORES_A_FILM, int(memory_gib() / GIB_A_FILM), 64))


def _give_way() -> None:
    """On Linux each thread has a niceness, which the threads that it starts inherit: pages come first."""
    if hasattr(os, "setpriority"):
        me = (os.PRIO_PROCESS, threading.get_native_id())
        os.setpriority(*me, max(NICENESS, os.getpriority(*me)))
