"""A small web site on 127.0.0.1 that also misbehaves: it remembers what it was asked and counts what it sent."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass
class Answer:
    """What a path answers. `dribble_s` is the pause between bytes; `promised` a length that the body does not keep."""

    body: bytes = b""
    status: int = 200
    kind: str | None = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    dribble_s: float = 0
    silent_s: float = 0
    promised: int | None = None
    endless: bytes = b""
    raw: bytes = b""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Visitors hang up in the middle here; that is what the site is for."""


class Site:
    """Pages by path. `asked` lists the host and path of every request, `sent` counts the bytes of bodies."""

    def __init__(self, *, context: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []
        self.sent = 0
        self._server = _Server(("127.0.0.1", 0), self._handler())
        if context:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def page(self, path: str, body: str | bytes = b"", **answer: object) -> str:
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = Answer(body=data, **answer)  # type: ignore[arg-type]
        return f"http://site.example:{self.port}{path}"

    def redirect(self, path: str, target: str, status: int = 302, body: bytes = b"") -> str:
        return self.page(path, body, status=status, headers={"Location": target})

    def zipped(self, path: str, body: bytes) -> str:
        return self.page(path, gzip.compress(body), headers={"Content-Encoding": "gzip"})

    def deflated(self, path: str, body: bytes, *, bare: bool) -> str:
        packer = zlib.compressobj(wbits=-15 if bare else 15)
        data = packer.compress(body) + packer.flush()
        return self.page(path, data, headers={"Content-Encoding": "deflate"})

    def _handler(self) -> Callable[..., BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.headers.get("Host", ""), self.path))
                answer = site.pages.get(self.path, Answer(b"gone", 404))
                try:
                    self._send(answer)
                except OSError:
                    self.close_connection = True

            def _send(self, answer: Answer) -> None:
                time.sleep(answer.silent_s)
                if answer.raw:
                    self._dribble(answer.raw, answer.dribble_s)
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                if answer.kind:
                    self.send_header("Content-Type", answer.kind)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                if answer.endless:
                    self.send_header("Connection", "close")
                else:
                    self.send_header("Content-Length", str(answer.promised or len(answer.body)))
                self.end_headers()
                while answer.endless:
                    self._write(answer.endless)
                self._dribble(answer.body, answer.dribble_s)
                self.close_connection = answer.promised is not None

            def _dribble(self, data: bytes, pause_s: float) -> None:
                step = 1 if pause_s else max(len(data), 1)
                for start in range(0, len(data), step):
                    self._write(data[start : start + step])
                    time.sleep(pause_s)

            def _write(self, data: bytes) -> None:
                self.wfile.write(data)
                site.sent += len(data)

            def log_message(self, format: str, *args: object) -> None:
                return

        return Handler
