"""The studio's cookies and how a browser is told to keep them: never for scripts, never for another site's requests."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import Response

from studio.callers.callers import GUEST_COOKIE, SESSION_COOKIE
from studio.identity import Session

REFRESH_COOKIE = "cc_refresh"
DRAFT_COOKIE = "cc_draft"
FRAMED_COOKIE = "cc_framed"
"""Lies beside the others in a frame on another site, where a browser keeps them apart for each such site."""
_OURS = "cc_"
_REFRESH_S = 30 * 86_400
_DRAFT_S = 7 * 86_400
_GUEST_S = 365 * 86_400


@dataclass(frozen=True)
class Jar:
    """One browser's cookies, at the top of a tab or in a frame on another site."""

    secure: bool
    framed: bool = False

    def put(self, name: str, value: str, seconds: int, *, path: str = "/") -> str:
        """A set-cookie header. Starlette's own cannot say Partitioned on this Python."""
        parts = [f"{name}={value}", f"Path={path}", f"Max-Age={seconds}", "HttpOnly"]
        if self.framed:
            parts += ["Secure", "SameSite=None", "Partitioned"]
        else:
            parts += ["Secure"] * self.secure + ["SameSite=Lax"]
        return "; ".join(parts)

    def drop(self, name: str, *, path: str = "/") -> str:
        return self.put(name, "", 0, path=path)

    def signed_in(self, session: Session) -> list[str]:
        seconds = max(1, session.expires_at - int(time.time()))
        return [
            self.put(SESSION_COOKIE, session.access_token, seconds),
            self.put(REFRESH_COOKIE, session.refresh_token, _REFRESH_S),
            *self._mark(),
        ]

    def signed_out(self) -> list[str]:
        return [self.drop(name) for name in (SESSION_COOKIE, REFRESH_COOKIE)]

    def draft(self, token: str) -> list[str]:
        return [self.put(DRAFT_COOKIE, token, _DRAFT_S), *self._mark()]

    def guest(self) -> str:
        return self.put(GUEST_COOKIE, "1", _GUEST_S)

    def _mark(self) -> list[str]:
        return [self.put(FRAMED_COOKIE, "1", _REFRESH_S)] if self.framed else []


def bake(answer: Response, cookies: Iterable[str]) -> None:
    for cookie in cookies:
        answer.headers.append("set-cookie", cookie)


def carries_ours(request: HTTPConnection) -> bool:
    """Whether the browser sent anything that says who somebody is."""
    return any(name.startswith(_OURS) for name in request.cookies)
