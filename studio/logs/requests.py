"""A number for each request: in every record that is written while it is answered, and in the answer's header."""

from __future__ import annotations

import re
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio.logs.context import about

HEADER = "x-request-id"
_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestIds:
    """A proxy's own number is taken over, so that its log and ours can be laid side by side."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        number = given if _GIVEN.fullmatch(given) else uuid4().hex[:16]

        async def numbered(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = number
            await send(message)

        with about(request=number):
            await self._app(scope, receive, numbered)
