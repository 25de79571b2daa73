"""A real `python app.py` for benches: launched in a folder of its own, killed outright, launched again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID, uuid4

import httpx

from studio.callers import Caller
from studio.callers.callers import SESSION_COOKIE
from studio.desk import Desk
from studio.installation import Installation
from studio.settings import Settings

ROOT = Path(__file__).parents[1]
HELD = Path(__file__).parent / "held"
NOTES = (ROOT / "examples" / "tea.md").read_text(encoding="utf-8")
QUICK = {"minutes": 1, "resolution": "360p", "fps": 24}


class App:
    """The app as a process, and beside it the same installation, for arranging and for looking."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "app.log"
        self._environment = {**os.environ, "CANVASCAST_DATA_FOLDER": str(folder / "data"), **environment}
        self._process: subprocess.Popen[bytes] | None = None
        self.installation = Installation.open(Settings(_env_file=None, data_folder=folder / "data", site_url=self.url))
        self.desk = Desk(self.installation)

    def start(self, *, patience_s: float = 180, still_in: str = "") -> float:
        """Seconds until the page answers. Its worker stands still in the stage `still_in`, to be killed there."""
        path = os.pathsep.join((str(ROOT), str(HELD)))
        held = {"STAND_STILL_IN": still_in, "PYTHONPATH": path} if still_in else {}
        command = [sys.executable, "app.py", "--port", str(self.port)]
        began_s = time.monotonic()
        with open(self.log, "ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env={**self._environment, **held}, stdout=log, stderr=log, start_new_session=True
            )
        while time.monotonic() - began_s < patience_s:
            if self._process.poll() is not None:
                raise RuntimeError(f"the app did not start; its log is {self.log}")
            try:
                if httpx.get(f"{self.url}/health/ready", timeout=5).is_success:
                    return time.monotonic() - began_s
            except httpx.TransportError:
                time.sleep(0.1)
        raise RuntimeError(f"the app does not answer; its log is {self.log}")

    def kill(self, *, whole: bool = True) -> None:
        """The app and what it started, as when a machine dies; or the app's own process alone."""
        assert self._process is not None
        if whole:
            os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()
        self._process.wait()

    def stop(self, patience_s: float = 60) -> float:
        """As a machine asks it to; seconds until it is gone."""
        assert self._process is not None
        began_s = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(patience_s)
        return time.monotonic() - began_s

    def close(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self.kill()
        self.installation.close()

    def person(self) -> tuple[Caller, dict[str, str]]:
        """Somebody new, and the cookies of their browser."""
        session = self.installation.identity.sign_up(f"{uuid4().hex[:12]}@example.com", "correct horse 42")
        assert session is not None
        return Caller(session.person.id), {SESSION_COOKIE: session.access_token}

    def order(self, who: Caller, *, choose_hook: bool = False, **brief: object) -> tuple[UUID, UUID]:
        """A project of theirs, and the job that makes its film."""
        project, job = uuid4(), uuid4()
        self.desk.orders.create_project(who, {"notes": NOTES, "niche": "explainer", **QUICK, **brief}, project)
        self.desk.films.generate(who, project, job, choose_hook=choose_hook)
        return project, job


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
