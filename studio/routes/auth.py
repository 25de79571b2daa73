"""Ways in that lead over somewhere else: links from letters, and Google."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from studio.callers.callers import SESSION_COOKIE
from studio.desk import Desk
from studio.errors import CodeInvalid, GoogleRefused, IdentityError, StudioError
from studio.identity import GoogleStart, LinkKind, Session
from studio.routes.cookies import Jar, bake
from studio.routes.handoff import Handoffs
from studio.routes.leaflet import form, leaflet, link, told_or_shown
from studio.routes.limits import count
from studio.routes.visits import Visits, within

GOOGLE_COOKIE = "cc_google"
_GOOGLE = "/auth/google"
_GOOGLE_S = 600
_WORDS = {
    LinkKind.EMAIL: ("Sign in to CanvasCast", "One press, and you are in.", "Sign in"),
    LinkKind.RECOVERY: ("Choose a new password", "Go on, and then choose your new password.", "Go on"),
}
_AGAIN = link("Ask for a new link", "/sign-in?view=link")
_BACK = ("You are signed in", "Go back to the page that you came from: it goes on there. This one can be closed.")

_OPEN_HERE = link("Open CanvasCast here", "/")
_CLOSE = "<script>setTimeout(() => window.close(), 600)</script>"
"""A window may close itself where a page opened it."""


@dataclass(frozen=True)
class Errand:
    """What a browser that was sent to Google carries along until it comes back."""

    verifier: str = field(repr=False)
    return_to: str
    next: str
    handoff: bool

    def pack(self) -> str:
        return base64.urlsafe_b64encode(json.dumps(asdict(self)).encode()).decode()

    @classmethod
    def unpack(cls, text: str) -> Errand:
        try:
            facts = json.loads(base64.urlsafe_b64decode(text))
            return cls(str(facts["verifier"]), str(facts["return_to"]), within(facts["next"]), facts["handoff"] is True)
        except (ValueError, KeyError, TypeError) as error:
            raise GoogleRefused("This sign-in was begun elsewhere, or took too long. Start again.") from error


class AuthRoutes:
    def __init__(self, desk: Desk, visits: Visits, handoffs: Handoffs) -> None:
        self._installation = desk.installation
        self._visits = visits
        self._handoffs = handoffs

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/auth/confirm", self.ask, methods=["GET"]),
            Route("/auth/confirm", self.confirm, methods=["POST"]),
            Route(_GOOGLE, self.begin_google, methods=["GET"]),
            Route(f"{_GOOGLE}/return", self.finish_google, methods=["GET"]),
        ]

    async def ask(self, request: Request) -> Response:
        """Opening a link changes nothing: some mail programs open every one."""
        token, kind = request.query_params.get("token_hash", ""), _kind(request.query_params.get("type"))
        if not token or kind is None:
            words = "Open it from the letter again, or ask for a new one."
            return leaflet("This link is not complete", words, _AGAIN, status=422)
        title, words, button = _WORDS[kind]
        return leaflet(title, words, form(button, "/auth/confirm", {"token_hash": token, "type": kind.value}))

    async def confirm(self, request: Request) -> Response:
        given = await request.form(max_files=0, max_fields=5)
        kind = _kind(str(given.get("type", "")))
        try:
            await count(self._installation, request, "sign_in")
            if kind is None:
                raise CodeInvalid("This link is not complete. Open it from the letter again, or ask for a new one.")
            token = str(given.get("token_hash", ""))
            session = await run_in_threadpool(self._installation.identity.confirm, token, kind)
        except StudioError as error:
            return told_or_shown(request, error, "This did not work", _AGAIN)
        if kind is LinkKind.EMAIL and self._handoffs.give(request, session):
            return self._handoffs.done(request, leaflet(*_BACK, _OPEN_HERE))
        return await self._inside(request, session, "/sign-in?view=password" if kind is LinkKind.RECOVERY else "/")

    async def begin_google(self, request: Request) -> Response:
        return_to = f"{self._visits.origin(request)}{_GOOGLE}/return"
        try:
            start = await run_in_threadpool(self._installation.identity.begin_google, return_to)
        except StudioError as error:
            return told_or_shown(request, error, "Google is not available", link("Sign in another way", "/sign-in"))
        query = request.query_params
        errand = Errand(start.verifier, return_to, within(query.get("next")), query.get("handoff") == "1")
        answer = RedirectResponse(start.url, 303, headers={"cache-control": "no-store"})
        bake(answer, [self._jar(request).put(GOOGLE_COOKIE, errand.pack(), _GOOGLE_S, path=_GOOGLE)])
        return answer

    async def finish_google(self, request: Request) -> Response:
        """Back from Google. Only the browser that was sent there holds what the code is exchanged with."""
        try:
            await count(self._installation, request, "sign_in")
            errand = Errand.unpack(request.cookies.get(GOOGLE_COOKIE, ""))
            session = await self._redeemed(request.query_params.get("code"), errand)
        except StudioError as error:
            answer = told_or_shown(request, error, "Google did not sign you in", link("Back to sign in", "/sign-in"))
            bake(answer, [self._jar(request).drop(GOOGLE_COOKIE, path=_GOOGLE)])
            return answer
        if errand.handoff and self._handoffs.give(request, session):
            answer = self._handoffs.done(request, leaflet(*_BACK, _OPEN_HERE + _CLOSE))
        else:
            answer = await self._inside(request, session, errand.next)
        bake(answer, [self._jar(request).drop(GOOGLE_COOKIE, path=_GOOGLE)])
        return answer

    async def _redeemed(self, code: str | None, errand: Errand) -> Session:
        if not code:
            raise GoogleRefused("Google did not sign you in: nothing was agreed to there.")
        start = GoogleStart("", errand.return_to, errand.verifier)
        return await run_in_threadpool(self._installation.identity.finish_google, code, start)

    async def _inside(self, request: Request, session: Session, path: str) -> Response:
        """Into the studio with fresh cookies; whoever was signed in here before no longer is."""
        before = request.cookies.get(SESSION_COOKIE)
        if before:
            with suppress(IdentityError):
                await run_in_threadpool(self._installation.identity.sign_out, before)
            self._installation.callers.forget(before)
        answer = RedirectResponse(path, 303, headers={"cache-control": "no-store"})
        bake(answer, self._jar(request).signed_in(session))
        return answer

    def _jar(self, request: Request) -> Jar:
        return Jar(self._visits.jar(request).secure)


def _kind(text: str | None) -> LinkKind | None:
    return LinkKind(text) if text in set(LinkKind) else None
