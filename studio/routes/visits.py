"""Where a request comes from and which address it was sent to, as the browser sees them."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from studio.routes.cookies import FRAMED_COOKIE, Jar
from studio.settings import Settings

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Visits:
    """A Space's own host names count as ours, and so does the address that the settings give."""

    def __init__(self, settings: Settings) -> None:
        self._site = urlsplit(settings.site_url)
        self._hosts = {self._site.netloc.lower(), *_named(os.environ.get("SPACE_HOST", ""))}
        proxies = settings.proxies if settings.proxies is not None else int("SPACE_ID" in os.environ)
        self._behind_proxy = proxies > 0

    def is_foreign(self, request: HTTPConnection) -> bool:
        """Whether a page of another site sent this. Programs name no origin, and a browser cannot leave it out
        of anything that changes something."""
        origin = request.headers.get("origin")
        if origin is None:
            is_read = request.scope["method"] in ("GET", "HEAD", "OPTIONS")
            return not is_read and request.headers.get("sec-fetch-site") in ("cross-site", "same-site")
        host = urlsplit(origin).netloc.lower()
        return not host or host not in {request.headers.get("host", "").lower(), *self._hosts}

    def is_secure(self, request: HTTPConnection) -> bool:
        """Whether the browser speaks TLS, also where a proxy ends it."""
        if request.url.scheme in ("https", "wss"):
            return True
        passed_on = request.headers.get("x-forwarded-proto", "").partition(",")[0].strip()
        return self._behind_proxy and passed_on == "https"

    def is_at_loopback(self, request: HTTPConnection) -> bool:
        return _name(request.headers.get("host", "").lower()) in _LOOPBACK

    def jar(self, request: HTTPConnection, *, framed: bool = False) -> Jar:
        """Cookies without TLS go to this machine, or where the settings themselves say http, and nowhere else."""
        host = request.headers.get("host", "").lower()
        is_plain = not self.is_secure(request) and (
            self.is_at_loopback(request) or (self._site.scheme == "http" and host == self._site.netloc.lower())
        )
        return Jar(secure=not is_plain, framed=framed or FRAMED_COOKIE in request.cookies)

    def origin(self, request: HTTPConnection) -> str:
        """Our own address in front of a path, for links that leave the page."""
        host = request.headers.get("host", "")
        if self._site.netloc.lower() == host.lower():
            return f"{self._site.scheme}://{host}"
        return f"{'https' if self.is_secure(request) else 'http'}://{host}"


def within(path: str | None) -> str:
    """A place inside the studio to go on to, or the first page: never another site."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")):
        return "/"
    is_plain = path.isprintable() and "\\" not in path and not path.startswith(("/auth/", "/session"))
    return path if is_plain and len(path) <= 500 else "/"


def _name(host: str) -> str:
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def _named(hosts: str) -> set[str]:
    return {host.strip().lower() for host in hosts.split(",") if host.strip()}
