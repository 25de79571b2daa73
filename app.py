"""Starts the studio: python app.py, and the page is there."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import threading

if os.environ.get("SPACES_ZERO_GPU"):
    import spaces  # noqa: F401 - before torch, which it prepares

from studio import logs
from studio.desk import Desk
from studio.errors import StudioError
from studio.films import Films
from studio.installation import Installation
from studio.pages import Site
from studio.readiness import checked
from studio.settings import Settings
from studio.upkeep import Upkeep
from studio.worker import WorkerBeside, WorkerProcess, films_at_once


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", help="the address to listen on (default: this machine alone)")
    parser.add_argument("--port", type=int, help="the port (default: the first free one from 7860)")
    parser.add_argument("--check", action="store_true", help="say what is on, what is off and why, and leave")
    options = parser.parse_args()
    if options.check:
        report, status = checked()
        print(report)
        return status
    try:
        settings = Settings()
        logs.set_up(settings)
        return serve(settings, host=options.host, port=options.port)
    except StudioError as error:
        print(error, file=sys.stderr)
        return 1


def serve(settings: Settings, *, host: str | None, port: int | None) -> int:
    with contextlib.closing(Installation.open(settings)) as installation:
        site = Site(Desk(installation))
        worker = _worker(settings, installation)
        site.launch(host=host, port=port)
        worker.start()
        print(f"CanvasCast is at {site.url}", flush=True)
        _wait_for_a_signal()
        worker.stop()
        site.close()
    return 0


def _worker(settings: Settings, installation: Installation) -> WorkerProcess | WorkerBeside:
    """A process of its own keeps the pages quick; but a card that is lent is lent to this process alone."""
    slots = settings.films_at_once or films_at_once()
    if not os.environ.get("SPACES_ZERO_GPU"):
        return WorkerProcess(slots=slots)
    films = Films.of(settings, installation.store, installation.files)
    upkeep = Upkeep(settings, installation.store, installation.files)
    return WorkerBeside(installation.store, films.make, slots=slots, upkeep=upkeep)


def _wait_for_a_signal() -> None:
    over = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: over.set())
    over.wait()


if __name__ == "__main__":
    sys.exit(main())
