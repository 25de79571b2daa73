"""From a window back into the frame that opened it: letters and Google work at the top of a tab only, while a frame on
another site has cookies of its own.

The frame asks for a number and tells it to the window that it opened, and to nobody else: a number in an address could
be sent to somebody who would then sign a stranger's frame in. Whoever signs in in that browser within the time, in that
window or through a letter's link, signs in the frame, which takes the session once.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Annotated

from pydantic import StringConstraints
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from studio.errors import CodeInvalid, RateLimited
from studio.identity import Session
from studio.installation import Installation
from studio.routes.answers import Wish, answered, body_of, told
from studio.routes.cookies import Jar, bake
from studio.routes.limits import count
from studio.routes.visits import Visits

HANDOFF_COOKIE = "cc_handoff"
_OPEN_S = 600
_MOST = 2000


class Number(Wish):
    nonce: Annotated[str, StringConstraints(min_length=20, max_length=100)]


@dataclass
class _Waiting:
    until: float
    session: Session | None = field(default=None, repr=False)


class Handoffs:
    """Kept in memory: whoever waits while the app restarts begins again."""

    def __init__(
        self, installation: Installation, visits: Visits, *, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._installation = installation
        self._visits = visits
        self._now = now
        self._waiting: dict[str, _Waiting] = {}
        self._lock = Lock()

    def routes(self) -> list[BaseRoute]:
        posts = {"": self.begin, "/carry": self.carry, "/take": self.take}
        return [Route(f"/session/handoff{end}", answered(handler), methods=["POST"]) for end, handler in posts.items()]

    async def begin(self, request: Request) -> Response:
        """In the frame."""
        await count(self._installation, request, "handoff")
        return told({"nonce": self.open()})

    def open(self) -> str:
        nonce, now = secrets.token_urlsafe(32), self._now()
        with self._lock:
            self._waiting = {name: one for name, one in self._waiting.items() if one.until > now}
            if len(self._waiting) >= _MOST:
                raise RateLimited("Many people are signing in just now. Try again in a minute.")
            self._waiting[_digest(nonce)] = _Waiting(now + _OPEN_S)
        return nonce

    async def carry(self, request: Request) -> Response:
        """In the window: what happens in it from now on is for the frame."""
        nonce = (await body_of(request, Number)).nonce
        self.find(nonce)
        answer = told({"carried": True})
        bake(answer, [Jar(self._visits.jar(request).secure).put(HANDOFF_COOKIE, nonce, _OPEN_S)])
        return answer

    async def take(self, request: Request) -> Response:
        """In the frame again, asked every few seconds."""
        nonce = (await body_of(request, Number)).nonce
        waiting = self.find(nonce)
        if waiting.session is None:
            return told({"signed_in": False, "waiting": True}, 202)
        with self._lock:
            if self._waiting.pop(_digest(nonce), None) is None:
                raise CodeInvalid("This was used already. Sign in again.")
        answer = told({"signed_in": True})
        bake(answer, self._visits.jar(request, framed=True).signed_in(waiting.session))
        return answer

    def give(self, request: HTTPConnection, session: Session) -> bool:
        """Whether this browser carries a frame's number, whose frame the session is then for."""
        nonce = request.cookies.get(HANDOFF_COOKIE, "")
        with self._lock:
            waiting = self._waiting.get(_digest(nonce))
            if waiting is None or waiting.until <= self._now() or waiting.session is not None:
                return False
            waiting.session = session
        return True

    def done(self, request: HTTPConnection, answer: Response) -> Response:
        """The number has done its work in this browser."""
        bake(answer, [Jar(self._visits.jar(request).secure).drop(HANDOFF_COOKIE)])
        return answer

    def find(self, nonce: str) -> _Waiting:
        waiting = self._waiting.get(_digest(nonce))
        if waiting is None or waiting.until <= self._now():
            raise CodeInvalid("This took too long. Start signing in again.")
        return waiting


def _digest(nonce: str) -> str:
    return hashlib.sha256(nonce.encode(errors="surrogatepass")).hexdigest()
