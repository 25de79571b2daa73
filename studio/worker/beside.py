"""The worker inside the app: a thread that makes films beside the pages, and gives way to them."""

from __future__ import annotations

import os
import threading

from studio.store import Store
from studio.worker.runner import JobRunner
from studio.worker.worker import Worker

CORES_A_FILM, GIB_A_FILM = 2, 3.0
LEASE_S = 20
"""Short, so that after a restart the films of the process that died go on within seconds."""
_NICENESS = 10


class WorkerBeside:
    def __init__(self, store: Store, runner: JobRunner, *, slots: int | None = None, grace_s: float = 5.0) -> None:
        self._worker = Worker(store, runner, slots=slots or films_at_once(), lease_s=LEASE_S, grace_s=grace_s)
        self._thread = threading.Thread(target=self._run, name="worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Running films are handed back, and go on where they were when the app is there again."""
        self._worker.stop_at_once()
        self._thread.join()

    def _run(self) -> None:
        _give_way()
        self._worker.run()


def films_at_once() -> int:
    """As many as the machine has cores and memory for."""
    cores = os.cpu_count() or 1
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return max(1, min(cores // CORES_A_FILM, int(gib / GIB_A_FILM), 64))


def _give_way() -> None:
    """On Linux each thread has a niceness, which the threads that it starts inherit: pages come first."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
