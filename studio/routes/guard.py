"""The door: no other site acts with a visitor's cookies, and of Gradio only what the studio uses is open."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from studio.errors import Forbidden, NotFound
from studio.routes.answers import refused
from studio.routes.cookies import carries_ours
from studio.routes.visits import Visits

_OWN = ("/session", "/auth/", "/drafts")
_OFFERED = re.compile(
    r"/gradio_api/(?:"
    r"app_id|user|login_check|info|openapi\.json|startup-events|theme\.css|"
    r"queue/(?:join|data|status)|run/\w+|call/.+|cancel|reset|heartbeat/[\w-]+|component_server|"
    r"upload|upload_progress|file=.+|mcp(?:/.*)?"
    r")/?"
)
_CLOSED = re.compile(r"/(?:monitoring|login|logout)(?:/|$)")
_STAMP = "deep_link"


class Guard:
    """Refuses before anything else has read the request."""

    def __init__(self, app: ASGIApp, visits: Visits) -> None:
        self._app = app
        self._visits = visits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            # Nothing here speaks over a web socket, where no origin would be checked.
            return await self._app(scope, receive, send) if scope["type"] == "lifespan" else None
        request = HTTPConnection(scope)
        if not _is_offered(scope["path"], scope.get("query_string", b"")):
            return await refused(NotFound("There is nothing here."))(scope, receive, send)
        if self._is_forged(request):
            words = "Another site asked for this in your name. Open CanvasCast itself and do it there."
            return await refused(Forbidden(words))(scope, receive, send)
        return await self._app(scope, receive, send)

    def _is_forged(self, request: HTTPConnection) -> bool:
        """Other sites may ask without cookies, for what everybody may see or what their own key opens.

        A site that may show the studio in a frame may no more than that: the frame speaks for itself.
        """
        is_own = request.scope["path"].startswith(_OWN) and request.scope["method"] not in ("GET", "HEAD")
        return (is_own or carries_ours(request)) and self._visits.is_foreign(request)


def _is_offered(path: str, query: bytes) -> bool:
    plain = unquote(path)
    if plain.startswith("/gradio_api"):
        return _OFFERED.fullmatch(plain) is not None and not plain.startswith("/gradio_api/file=http")
    return not _CLOSED.match(plain) and _STAMP not in parse_qs(query.decode("latin-1"))
