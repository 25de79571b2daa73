"""A stand-in for the part of a ZeroGPU Space that lends its card: it grants every call, or none, and remembers them."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

GRANT = {"idle": False, "nvidiaIndex": 0, "nvidiaUUID": "GPU-none", "allowToken": "granted"}


class ZeroGpu:
    """`calls` are the paths and queries of what was asked."""

    def __init__(self, *, lends: bool = True) -> None:
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.lends = lends
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def environment(self) -> dict[str, str]:
        return {"SPACES_ZERO_GPU": "true", "SPACES_ZERO_DEVICE_API_URL": self.url}

    def asked(self, path: str) -> list[dict[str, str]]:
        return [query for called, query in self.calls if called == path]

    def __enter__(self) -> ZeroGpu:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_what: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self):
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                address = urlparse(self.path)
                fake.calls.append((address.path, {name: found[0] for name, found in parse_qs(address.query).items()}))
                refused = address.path == "/schedule" and not fake.lends
                body = json.dumps(GRANT if address.path == "/schedule" else {}).encode()
                self.send_response(429 if refused else 200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_what):
                """Nobody reads it."""

        return Handler
