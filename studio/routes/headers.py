"""What every answer tells the browser to refuse: other sites' frames, foreign scripts, guessing at kinds, keeping."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio.errors import SettingsError
from studio.routes.visits import Visits
from studio.settings import Settings

_SPACES = ("https://huggingface.co", "https://*.hf.space")
_FOR_ALL = ("/showcase",)
"""Pages that any site may show in a frame: they hold nothing but films that are public."""
_KEPT = ("/assets/", "/static/", "/svelte/", "/studio/", "/files/", "/samples/", "/theme.css", "/favicon.ico")
_PERMISSIONS = "camera=(), geolocation=(), payment=(), usb=(), microphone=(self), fullscreen=(self)"
_HSTS = "max-age=31536000"


def frame_ancestors(settings: Settings) -> str:
    """Who may show the studio in a frame; a site is named by its origin and nothing else."""
    named = [site.strip().rstrip("/") for site in settings.embedders.split(",") if site.strip()]
    for site in named:
        parts = urlsplit(site)
        if (
            parts.scheme not in ("http", "https")
            or not parts.netloc
            or parts.path
            or any(one in site for one in " ;'\"")
        ):
            raise SettingsError(f"CANVASCAST_EMBEDDERS names sites as https://example.org, and not as {site}.")
    # Elsewhere every Space could show the owner's own studio, and have them press what they do not see.
    return " ".join(("'self'", *(_SPACES if "SPACE_ID" in os.environ else ()), *named))


def policy(settings: Settings) -> str:
    """Gradio's page needs scripts in the page and code from strings; no script, style or data comes from elsewhere."""
    storage = f" {settings.supabase_url.rstrip('/')}" if settings.supabase_url else ""
    rules = {
        "default-src": "'self'",
        "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": f"'self' data: blob:{storage}",
        "media-src": f"'self' data: blob:{storage}",
        "font-src": "'self' data:",
        "connect-src": f"'self' data: blob:{storage}",
        "worker-src": "'self' blob:",
        "frame-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


class SecurityHeaders:
    def __init__(self, app: ASGIApp, settings: Settings, visits: Visits) -> None:
        self._app = app
        self._visits = visits
        self._policy = policy(settings)
        self._ancestors = frame_ancestors(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        request, path = HTTPConnection(scope), scope["path"]

        async def adding(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._dress(MutableHeaders(scope=message), request, path)
            await send(message)

        return await self._app(scope, receive, adding)

    def _dress(self, headers: MutableHeaders, request: HTTPConnection, path: str) -> None:
        ancestors = "*" if path.rstrip("/") in _FOR_ALL else self._ancestors
        # A route that allows less has said so itself; this stands beside it, and the browser keeps to both.
        headers.append("content-security-policy", f"{self._policy}; frame-ancestors {ancestors}")
        headers["x-content-type-options"] = "nosniff"
        headers.setdefault("referrer-policy", "strict-origin-when-cross-origin")
        headers["permissions-policy"] = _PERMISSIONS
        if not path.startswith(_KEPT):
            headers.setdefault("cache-control", "private, no-cache" if _is_page(headers) else "private, no-store")
        if self._visits.is_secure(request) and not self._visits.is_at_loopback(request):
            headers["strict-transport-security"] = _HSTS


def _is_page(headers: MutableHeaders) -> bool:
    """A page may be shown again when somebody goes back to it; what it says of them it asks for anew."""
    return headers.get("content-type", "").startswith("text/html")
