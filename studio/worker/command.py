"""`python -m studio worker`: a worker process that stops cleanly on SIGTERM."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from functools import cache
from types import FrameType
from typing import cast, get_args

from studio.errors import WorkerError
from studio.files import open_files
from studio.jobs import Lane
from studio.logs import set_up
from studio.settings import Settings
from studio.store import Store, StoreHome, home_of, open_store
from studio.worker.beside import LEASE_S, NICENESS
from studio.worker.runner import load_runner
from studio.worker.worker import Worker

DEFAULT_RUNNER = "studio.films:make"
DESCRIPTION = """Make the films that are waiting, until told to stop.

Any number of workers may run beside each other and beside the app. Ctrl-C or SIGTERM
lets the running film finish within the grace time, or hands it back; again, at once.
A worker that is killed loses nothing: another one goes on with its film.

Jobs are taken from the store that these settings name (in the environment or .env):
  SUPABASE_URL, SUPABASE_SECRET_KEY   a Supabase project, over HTTPS alone
  DATABASE_URL                        any PostgreSQL
  CANVASCAST_DATA_FOLDER              or else the embedded one in this folder (default: data)"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="make one film if one is waiting, then leave")
    parser.add_argument("--lanes", default="gpu,cpu", help="which jobs to take: gpu, cpu or both (default: both)")
    parser.add_argument("--runner", default=DEFAULT_RUNNER, help="what makes a film, as module:function")
    parser.add_argument("--slots", type=int, default=1, help="films at once, 1 to 64 (default: 1)")
    parser.add_argument(
        "--lease", type=int, default=60, help="seconds until a silent worker is given up, 1 to 3600 (default: 60)"
    )
    parser.add_argument(
        "--beside",
        action="store_true",
        help="as the app starts it: gives way to the pages, and ends at once when its input does",
    )
    parser.add_argument("--grace", type=float, default=30.0, help="seconds to finish after SIGTERM (default: 30)")


def run(options: argparse.Namespace) -> int:
    settings = Settings()
    set_up(settings)
    lanes, runner = _lanes(options.lanes), load_runner(options.runner)
    _refuse_what_cannot_work(options)
    with closing(open_store(settings)) as store:
        upkeep = cache(lambda: _upkeep(settings, store))
        worker = Worker(
            store,
            runner,
            lanes=lanes,
            slots=options.slots,
            lease_s=LEASE_S if options.beside else options.lease,
            grace_s=options.grace,
            upkeep=lambda: upkeep()(),
        )
        _stop_on_signals(worker)
        if home_of(settings) is StoreHome.EMBEDDED:
            # Only this machine's processes can reach that store, so a name that is dead here is dead.
            worker.release_dead()
        if options.beside:
            os.nice(NICENESS)
            threading.Thread(target=_stop_when_left, args=(worker,), daemon=True).start()
        worker.run(once=options.once)
    return 0


def _upkeep(settings: Settings, store: Store) -> Callable[[], None]:
    """Loaded when it is first due: it knows the films, which take their time to load."""
    from studio.upkeep import Upkeep

    return Upkeep(settings, store, open_files(settings))


def _stop_when_left(worker: Worker) -> None:
    """The app holds the other end of our input; whatever becomes of it, then it is closed."""
    while sys.stdin.buffer.read(1024):
        pass
    worker.stop_at_once()


def _lanes(text: str) -> list[Lane]:
    lanes = [part.strip() for part in text.split(",") if part.strip()]
    if not lanes or not set(lanes) <= set(get_args(Lane)):
        raise WorkerError(f"--lanes takes gpu, cpu or gpu,cpu, not {text!r}.")
    return cast("list[Lane]", lanes)


def _refuse_what_cannot_work(options: argparse.Namespace) -> None:
    if not 1 <= options.slots <= 64:
        raise WorkerError(f"--slots takes 1 to 64, not {options.slots}.")
    if not 1 <= options.lease <= 3600:
        raise WorkerError(f"--lease takes 1 to 3600 seconds, not {options.lease}.")
    if not 0 <= options.grace <= 86_400:
        raise WorkerError(f"--grace takes seconds from 0 to a day, not {options.grace:g}.")


def _stop_on_signals(worker: Worker) -> None:
    """The first signal asks, the second insists."""
    wishes = iter([worker.stop])

    def on_signal(number: int, frame: FrameType | None) -> None:
        # In a thread: the handler interrupts the main one, which may hold the very lock that stopping takes.
        threading.Thread(target=next(wishes, worker.stop_at_once)).start()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
