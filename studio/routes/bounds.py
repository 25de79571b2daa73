"""How large a request may be, before anything reads it: Gradio itself would take any JSON into memory."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from studio.errors import FileRefused
from studio.installation import Installation
from studio.routes.answers import refused
from studio.safety.uploads import MEBIBYTE, MOST_BYTES

MOST_JSON, STRANGERS_JSON = 64 * MEBIBYTE, 10 * MEBIBYTE
"""A program sends files as text in JSON; a visitor's notes are two million letters at most."""
_MOST_FILE = max(MOST_BYTES.values()) + MEBIBYTE
_UPLOAD = "/gradio_api/upload"
_BODIES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Bounds:
    def __init__(self, app: ASGIApp, installation: Installation) -> None:
        self._app = app
        self._callers = installation.callers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in _BODIES:
            request = HTTPConnection(scope)
            length = request.headers.get("content-length", "")
            if "transfer-encoding" in request.headers or (length and not length.isdecimal()):
                # Browsers and clients know how much they send; whoever does not say it may send without end.
                return await refused(FileRefused("Say how long the request is."))(scope, receive, send)
            if int(length or 0) > await self._most(request):
                return await refused(FileRefused("That is too large. Send less at a time."))(scope, receive, send)
        return await self._app(scope, receive, send)

    async def _most(self, request: HTTPConnection) -> int:
        """Asked only of what is large, or every request would ask who sends it."""
        if request.scope["path"].rstrip("/") == _UPLOAD:
            return _MOST_FILE
        if int(request.headers.get("content-length", "0") or 0) <= STRANGERS_JSON:
            return STRANGERS_JSON
        return MOST_JSON if (await self._callers.of(request)).is_known else STRANGERS_JSON
