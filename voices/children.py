"""Child processes that speak: one request each at a time, several beside each other, replaced when one dies.

A child reads one JSON request a line and answers with one JSON line, followed by `bytes` bytes of 16-bit samples.
C libraries with a global state live in such children: they may crash without taking the app with them.
"""

from __future__ import annotations

import atexit
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from voices.errors import SpeechFailed


class Child:
    """One process. It is spent when it cannot answer a second request as it did the first."""

    def __init__(self, script: Path, arguments: Sequence[str]) -> None:
        self._spent = False
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(script), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    @property
    def alive(self) -> bool:
        return not self._spent and self._process.poll() is None

    def ask(self, request: dict[str, Any], timeout_s: float) -> tuple[dict[str, Any], bytes]:
        alarm = threading.Timer(timeout_s, self._process.kill)
        alarm.start()
        try:
            return self._exchange(request)
        except (OSError, ValueError) as error:
            raise SpeechFailed("The offline voice stopped while it was speaking. Try again.") from error
        finally:
            alarm.cancel()

    def _exchange(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        head: dict[str, Any] = json.loads(self._process.stdout.readline())
        if "error" in head:
            raise SpeechFailed(f"The offline voice could not speak: {head['error']}.")
        sound = self._process.stdout.read(head["bytes"])
        if len(sound) != head["bytes"]:
            raise ValueError("the sound was cut off")
        self._spent = head["spent"]
        return head, sound

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


class Children:
    """Idle processes, kept for the next request. Threads never share one."""

    def __init__(self, script: Path, *arguments: str) -> None:
        self._script, self._arguments = script, arguments
        self._idle: queue.SimpleQueue[Child] = queue.SimpleQueue()
        atexit.register(self.stop)

    def ask(self, request: dict[str, Any], *, timeout_s: float) -> tuple[dict[str, Any], bytes]:
        child = self._take()
        try:
            answer = child.ask(request, timeout_s)
        except SpeechFailed:
            child.stop()
            raise
        if child.alive:
            self._idle.put(child)
        else:
            child.stop()
        return answer

    def _take(self) -> Child:
        while True:
            try:
                child = self._idle.get_nowait()
            except queue.Empty:
                return Child(self._script, self._arguments)
            if child.alive:
                return child
            child.stop()

    def stop(self) -> None:
        while True:
            try:
                self._idle.get_nowait().stop()
            except queue.Empty:
                return

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
