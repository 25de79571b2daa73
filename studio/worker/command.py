"""`python -m studio worker`: a worker process that stops cleanly on SIGTERM."""

from __future__ import annotations

import argparse
import logging
import signal
import threading
from types import FrameType
from typing import cast, get_args

from studio.errors import WorkerError
from studio.jobs import Lane
from studio.settings import Settings
from studio.store import open_store
from studio.worker.runner import load_runner
from studio.worker.worker import Worker

DEFAULT_RUNNER = "studio.films:make"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="make one film if one is waiting, then leave")
    parser.add_argument("--lanes", default="gpu,cpu", help="which jobs to take: gpu, cpu or both (default: both)")
    parser.add_argument("--runner", default=DEFAULT_RUNNER, help="what makes a film, as module:function")
    parser.add_argument("--slots", type=int, default=1, help="films at once (default: 1)")
    parser.add_argument("--lease", type=int, default=60, help="seconds until a silent worker is given up (default: 60)")
    parser.add_argument("--grace", type=float, default=30.0, help="seconds to finish after SIGTERM (default: 30)")


def run(options: argparse.Namespace) -> int:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    lanes, runner = _lanes(options.lanes), load_runner(options.runner)
    store = open_store(Settings())
    try:
        worker = Worker(store, runner, lanes=lanes, slots=options.slots, lease_s=options.lease, grace_s=options.grace)
        _stop_on_signals(worker)
        worker.run(once=options.once)
    finally:
        store.close()
    return 0


def _lanes(text: str) -> list[Lane]:
    lanes = [part.strip() for part in text.split(",") if part.strip()]
    if not lanes or not set(lanes) <= set(get_args(Lane)):
        raise WorkerError(f"--lanes takes gpu, cpu or gpu,cpu, not {text!r}.")
    return cast("list[Lane]", lanes)


def _stop_on_signals(worker: Worker) -> None:
    """The first signal asks, the second insists."""
    wishes = iter([worker.stop])

    def on_signal(number: int, frame: FrameType | None) -> None:
        # In a thread: the handler interrupts the main one, which may hold the very lock that stopping takes.
        threading.Thread(target=next(wishes, worker.stop_at_once)).start()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
