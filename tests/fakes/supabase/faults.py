"""Misbehaviour on demand: an answer that never was, a connection cut in mid-call, a slow server."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from typing import Literal

from starlette.types import ASGIApp, Message, Receive, Scope, Send

Kind = Literal["answer", "cut", "cut_answer", "slow", "pass"]


@dataclass
class Fault:
    """What goes wrong with the next `times` requests whose path contains `path`.

    `after` lets the work be done first, so that the caller cannot know whether it was.
    `at_byte` cuts a body short after that many bytes: the request's, or with `cut_answer` the answer's.
    """

    kind: Kind
    path: str
    method: str | None = None
    times: int = 1
    after: bool = False
    status: int = 503
    body: bytes = b""
    seconds: float = 0.0
    at_byte: int | None = None


class Faults:
    """The faults that are waiting to happen, and a record of every request that arrived."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()
        self.seen: list[tuple[str, str]] = []

    def answer(
        self,
        status: int,
        path: str,
        *,
        after: bool = False,
        times: int = 1,
        method: str | None = None,
        body: bytes = b"upstream connect error or disconnect/reset before headers",
    ) -> None:
        self._add(Fault("answer", path, method=method, times=times, after=after, status=status, body=body))

    def cut(
        self,
        path: str,
        *,
        after: bool = False,
        times: int = 1,
        method: str | None = None,
        at_byte: int | None = None,
    ) -> None:
        self._add(Fault("cut", path, method=method, times=times, after=after, at_byte=at_byte))

    def cut_answer(self, path: str, *, at_byte: int) -> None:
        self._add(Fault("cut_answer", path, at_byte=at_byte))

    def skip(self, path: str, *, method: str | None = None, times: int = 1) -> None:
        """Let that many requests through before the next fault counts."""
        self._add(Fault("pass", path, method=method, times=times))

    def slow(self, seconds: float, path: str, *, times: int = 1) -> None:
        self._add(Fault("slow", path, times=times, seconds=seconds))

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()
            self.seen.clear()

    def count(self, method: str, path: str) -> int:
        return sum(1 for seen_method, seen_path in self.seen if seen_method == method and path in seen_path)

    def _add(self, fault: Fault) -> None:
        with self._lock:
            self._waiting.append(fault)

    def take(self, method: str, path: str) -> Fault | None:
        with self._lock:
            self.seen.append((method, path))
            for fault in self._waiting:
                if fault.path in path and fault.method in (None, method):
                    fault.times -= 1
                    if fault.times <= 0:
                        self._waiting.remove(fault)
                    return fault
        return None


class FaultyServer:
    """ASGI middleware that applies the fault waiting for a request, if there is one."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fault = self._faults.take(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if fault is None or fault.kind == "pass":
            await self._app(scope, receive, send)
        elif fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            await self._app(scope, receive, send)
        else:
            await self._break(fault, scope, receive, send)

    async def _break(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        if fault.kind == "cut_answer":
            await self._app(scope, receive, _broken_off(send, fault.at_byte or 0))
            return
        if fault.at_byte is not None:
            await self._app(scope, _short(receive, fault.at_byte), _nothing)
        elif fault.after:
            await self._app(scope, receive, _nothing)
        if fault.kind == "cut":
            # Uvicorn's own request cycle is the only holder of the connection.
            send.__self__.transport.abort()  # type: ignore[attr-defined]
            return
        headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(fault.body)).encode())]
        await send({"type": "http.response.start", "status": fault.status, "headers": headers})
        await send({"type": "http.response.body", "body": fault.body})


async def _nothing(message: Message) -> None:
    """Swallow an answer that shall not arrive."""


def _broken_off(send: Send, limit: int) -> Send:
    left = limit

    async def send_some(message: Message) -> None:
        nonlocal left
        if message["type"] != "http.response.body":
            return await send(message)
        body = message.get("body", b"")[:left]
        left -= len(body)
        await send({**message, "body": body, "more_body": True})
        if left <= 0:
            await asyncio.sleep(0.05)
            send.__self__.transport.abort()  # type: ignore[attr-defined]
        return None

    return send_some


def _short(receive: Receive, limit: int) -> Receive:
    left = limit

    async def receive_some() -> Message:
        nonlocal left
        if left <= 0:
            return {"type": "http.disconnect"}
        message = await receive()
        body = message.get("body", b"")[:left]
        left -= len(body)
        return {**message, "body": body, "more_body": True}

    return receive_some
