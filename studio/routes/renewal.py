"""Nobody signs in again while their session lasts: tokens that are nearly over are exchanged on the way in."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Lock

import jwt
from anyio import to_thread
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from studio.callers.callers import SESSION_COOKIE
from studio.errors import SessionInvalid, StudioError
from studio.identity import Identity, Session
from studio.routes.cookies import REFRESH_COOKIE
from studio.routes.visits import Visits

_EARLY_S = 300
_SAME_S = 10.0
"""Requests of one page come together, with the same token: they are one exchange."""
_ASIDE = ("/studio/", "/assets/", "/static/", "/svelte/", "/files/", "/health/", "/samples/")


@dataclass
class _Exchange:
    at: float
    lock: Lock = field(default_factory=Lock)
    session: Session | None = field(default=None, repr=False)


class Exchanges:
    """Refresh tokens that were exchanged just now, so that the second asker gets what the first one got."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._lock = Lock()
        self._lately: dict[str, _Exchange] = {}

    def renew(self, refresh_token: str) -> Session:
        now = time.monotonic()
        with self._lock:
            self._lately = {token: one for token, one in self._lately.items() if one.at > now - _SAME_S}
            exchange = self._lately.setdefault(refresh_token, _Exchange(now))
        with exchange.lock:
            exchange.session = exchange.session or self._identity.refresh(refresh_token)
            return exchange.session


class Renewal:
    """Lets every request see the fresh token, and the browser keep it."""

    def __init__(self, app: ASGIApp, exchanges: Exchanges, visits: Visits) -> None:
        self._app = app
        self._exchanges = exchanges
        self._visits = visits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_ASIDE):
            return await self._app(scope, receive, send)
        request = HTTPConnection(scope)
        refresh = request.cookies.get(REFRESH_COOKIE)
        if not refresh or not _is_nearly_over(request.cookies.get(SESSION_COOKIE)):
            return await self._app(scope, receive, send)
        jar = self._visits.jar(request)
        try:
            session = await to_thread.run_sync(self._exchanges.renew, refresh)
        except SessionInvalid:
            return await self._app(scope, receive, _adding(send, jar.signed_out()))
        except StudioError:
            # The accounts are away just now: the session is still good, and the next request tries again.
            return await self._app(scope, receive, send)
        fresh = {**request.cookies, SESSION_COOKIE: session.access_token, REFRESH_COOKIE: session.refresh_token}
        headers = [(name, value) for name, value in scope["headers"] if name != b"cookie"]
        cookie = "; ".join(f"{name}={value}" for name, value in fresh.items())
        seen = {**scope, "headers": [*headers, (b"cookie", cookie.encode("latin-1", "ignore"))]}
        return await self._app(seen, receive, _adding(send, jar.signed_in(session)))


def _adding(send: Send, cookies: list[str]) -> Send:
    async def adding(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            # What the route itself says of a cookie stands: whoever signs out is not signed in again.
            said = {cookie.partition("=")[0] for cookie in headers.getlist("set-cookie")}
            for cookie in cookies:
                if cookie.partition("=")[0] not in said:
                    headers.append("set-cookie", cookie)
        await send(message)

    return adding


def _is_nearly_over(token: str | None) -> bool:
    """By the token's own word, unverified: a false one costs its sender an exchange and gives them nothing."""
    if not token:
        return True
    try:
        ends = jwt.decode(token, options={"verify_signature": False, "verify_aud": False, "verify_exp": False})["exp"]
        return float(ends) < time.time() + _EARLY_S
    except (jwt.PyJWTError, KeyError, TypeError, ValueError):
        return True
