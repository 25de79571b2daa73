"""Starts the studio: python app.py, and the page is there."""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import signal
import sys
import threading

if os.environ.get("SPACES_ZERO_GPU"):
    import spaces  # noqa: F401 - before torch, which it prepares

from studio.desk import Desk
from studio.errors import StudioError
from studio.films import Films
from studio.installation import Installation
from studio.pages import Site
from studio.settings import Settings
from studio.worker import WorkerBeside


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", help="the address to listen on (default: this machine alone)")
    parser.add_argument("--port", type=int, help="the port (default: the first free one from 7860)")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        return serve(Settings(), host=options.host, port=options.port)
    except StudioError as error:
        print(error, file=sys.stderr)
        return 1


def serve(settings: Settings, *, host: str | None, port: int | None) -> int:
    with contextlib.closing(Installation.open(settings)) as installation:
        site = Site(Desk(installation))
        films = Films.of(settings, installation.store, installation.files)
        worker = WorkerBeside(installation.store, films.make, slots=settings.films_at_once)
        site.launch(host=host, port=port)
        worker.start()
        print(f"CanvasCast is at {site.url}", flush=True)
        _wait_for_a_signal()
        worker.stop()
        site.close()
    return 0


def _wait_for_a_signal() -> None:
    over = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: over.set())
    over.wait()


if __name__ == "__main__":
    sys.exit(main())
