"""The worker beside the app as a process of its own: making films takes an interpreter, and pages have theirs.

It ends with the app, however that ends: it reads from a pipe that only the app holds open, and hands its films back
when nobody does any more.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

_log = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[2]
_LAST_CHANCE_S = 25.0
_PAUSE_S = 5.0


class WorkerProcess:
    """Started again should it die. It reads the same settings from the same place as the app did."""

    def __init__(self, *, slots: int, runner: str = "") -> None:
        self._command = [sys.executable, "-m", "studio", "worker", "--beside", "--slots", str(slots)]
        self._command += ["--runner", runner] if runner else []
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._keeper = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)

    def start(self) -> None:
        self._keeper.start()

    def stop(self) -> None:
        """Running films are handed back, and go on where they were when the app is there again."""
        self._stopping.set()
        with self._lock:
            process = self._process
        if process is not None and process.stdin is not None:
            process.stdin.close()
            try:
                process.wait(_LAST_CHANCE_S)
            except subprocess.TimeoutExpired:
                _log.warning("the worker does not stop; its films go on when their leases run out")
                process.kill()
        self._keeper.join()

    def _keep(self) -> None:
        while process := self._begun():
            status = process.wait()
            if not self._stopping.is_set():
                _log.error("the worker ended with status %s; it is started again", status)
                self._stopping.wait(_PAUSE_S)

    def _begun(self) -> subprocess.Popen[bytes] | None:
        """None once it is not wanted any more."""
        with self._lock:
            if self._stopping.is_set():
                return None
            path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
            environment = {**os.environ, "PYTHONPATH": path}
            self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, env=environment)
            return self._process
