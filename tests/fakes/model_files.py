"""A server of big files: with ranges, or without; whole, cut off in the middle, slow, or damaged; and it counts."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from typing import Literal, Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.fakes.loopback import Loopback

Trouble = Literal["cut_off", "damaged", "500", "no_ranges"]


@dataclass
class ModelFiles:
    """`trouble` is what the next requests meet, one each."""

    files: dict[str, bytes]
    trouble: deque[Trouble] = field(default_factory=deque)
    asked: list[tuple[str, str]] = field(default_factory=list)
    sent_bytes: int = 0

    def __post_init__(self) -> None:
        self._loopback = Loopback()
        self.url = f"{self._loopback.url}/releases"

    def __enter__(self) -> Self:
        routes = [Route("/releases/{name}", self._redirect), Route("/store/{name}", self._file)]
        self._loopback.serve(Starlette(routes=routes))
        return self

    def __exit__(self, *_: object) -> None:
        self._loopback.stop()

    async def _redirect(self, request: Request) -> Response:
        """As release downloads do: the address only says where the file is kept."""
        return RedirectResponse(f"/store/{request.path_params['name']}", status_code=302)

    async def _file(self, request: Request) -> Response:
        name, wanted = request.path_params["name"], request.headers.get("range", "")
        self.asked.append((name, wanted))
        trouble = self.trouble.popleft() if self.trouble else None
        if name not in self.files:
            return Response(status_code=404)
        if trouble == "500":
            return Response(status_code=500)
        content, start = self.files[name], 0
        match = re.fullmatch(r"bytes=(\d+)-", wanted)
        if match and trouble != "no_ranges":
            start = int(match[1])
        body = content[start:]
        if trouble == "damaged":
            body = bytes([body[0] ^ 1]) + body[1:]
        if trouble == "cut_off":
            body = body[: len(body) // 2]
        self.sent_bytes += len(body)
        return _streamed(body, start, len(content))


def _streamed(body: bytes, start: int, total: int) -> Response:
    async def blocks():
        for at in range(0, len(body), 1 << 16):
            yield body[at : at + (1 << 16)]

    headers = {"content-length": str(total - start), "accept-ranges": "bytes"}
    if start:
        headers["content-range"] = f"bytes {start}-{total - 1}/{total}"
    return StreamingResponse(blocks(), 206 if start else 200, headers, media_type="application/octet-stream")
