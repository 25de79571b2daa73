"""Signing up, in and out, and who is signed in. Passwords come here and nowhere else."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

from pydantic import Field, StringConstraints
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from studio.callers.callers import GUEST_COOKIE, SESSION_COOKIE
from studio.desk import Desk
from studio.errors import Forbidden, IdentityError, NotFound, RateLimited
from studio.identity import Session
from studio.identity.passwords import tidy_email
from studio.routes.answers import Wish, answered, body_of, told
from studio.routes.cookies import DRAFT_COOKIE, FRAMED_COOKIE, bake
from studio.routes.handoff import Handoffs
from studio.routes.limits import count
from studio.routes.visits import Visits, within

_Email = Annotated[str, StringConstraints(min_length=3, max_length=254)]
_Password = Annotated[str, StringConstraints(min_length=1, max_length=200)]
_Next = Annotated[str, StringConstraints(max_length=500)]


class SignIn(Wish):
    email: _Email
    password: _Password = Field(repr=False)
    framed: bool = False
    """Whether the page is shown in a frame on another site."""
    handoff: bool = False
    """Whether the session is for the frame that opened this window, and not for this browser's own pages."""
    next: _Next = "/"


class SignUp(SignIn):
    name: Annotated[str, StringConstraints(max_length=80, strip_whitespace=True)] = ""


class SignOut(Wish):
    everywhere: bool = False


class SendLetter(Wish):
    email: _Email


class ChoosePassword(Wish):
    password: _Password = Field(repr=False)


class SessionRoutes:
    def __init__(self, desk: Desk, visits: Visits, handoffs: Handoffs) -> None:
        self._installation = desk.installation
        self._visits = visits
        self._handoffs = handoffs

    def routes(self) -> list[BaseRoute]:
        posts = {
            "sign-in": self.sign_in,
            "sign-up": self.sign_up,
            "sign-out": self.sign_out,
            "owner": self.owner,
            "magic-link": self.magic_link,
            "reset": self.reset,
            "password": self.password,
        }
        return [
            Route("/session", answered(self.who), methods=["GET"]),
            *(Route(f"/session/{name}", answered(handler), methods=["POST"]) for name, handler in posts.items()),
        ]

    async def who(self, request: Request) -> Response:
        """For every page, every minute: two short questions to the store."""
        installation = self._installation
        caller = await installation.callers.of(request)
        facts: dict[str, object] = {"owner_here": installation.callers.is_at_home(request)}
        if caller.user is None:
            return told({"signed_in": False, **facts})
        try:
            profile = await run_in_threadpool(installation.profiles.of, caller.user)
            account = await run_in_threadpool(installation.credits.account, caller.user)
        except NotFound:
            return told({"signed_in": False, **facts})
        return told(
            {
                "signed_in": True,
                "name": profile.display_name,
                "email": profile.email or "",
                "balance": account.balance,
                "held": account.held,
                "admin": caller.is_admin,
                "plan": profile.plan,
                **facts,
            }
        )

    async def sign_in(self, request: Request) -> Response:
        wish = await body_of(request, SignIn)
        await count(self._installation, request, "sign_in")
        session = await run_in_threadpool(self._installation.identity.sign_in, wish.email, wish.password)
        return await self._welcomed(request, session, wish)

    async def sign_up(self, request: Request) -> Response:
        wish = await body_of(request, SignUp)
        await count(self._installation, request, "sign_up")
        identity = self._installation.identity
        session = await run_in_threadpool(identity.sign_up, wish.email, wish.password, display_name=wish.name)
        if session is None:
            return told({"signed_in": False, "letter": True})
        return await self._welcomed(request, session, wish)

    async def sign_out(self, request: Request) -> Response:
        wish = await body_of(request, SignOut)
        jar, callers = self._visits.jar(request), self._installation.callers
        token = request.cookies.get(SESSION_COOKIE)
        if token:
            await self._ended(token, everywhere=wish.everywhere)
        answer = told({"signed_in": False})
        bake(answer, [*jar.signed_out(), jar.drop(DRAFT_COOKIE)])
        if FRAMED_COOKIE in request.cookies:
            bake(answer, [jar.drop(FRAMED_COOKIE)])
        if callers.is_at_home(request):
            bake(answer, [jar.guest()])
        return answer

    async def owner(self, request: Request) -> Response:
        """The owner goes on without a password, at their own machine alone."""
        if not self._installation.callers.is_at_home(request):
            raise Forbidden("Only a browser on the studio's own machine can do that. Sign in instead.")
        jar = self._visits.jar(request)
        answer = told({"signed_in": True, "next": "/"})
        bake(answer, [*jar.signed_out(), jar.drop(GUEST_COOKIE)])
        return answer

    async def magic_link(self, request: Request) -> Response:
        """The same answer for every address: a letter makes the account where there is none."""
        wish = await body_of(request, SendLetter)
        await count(self._installation, request, "letter")
        await run_in_threadpool(self._installation.identity.send_magic_link, wish.email)
        return told({"sent": True})

    async def reset(self, request: Request) -> Response:
        """Nobody learns here whether an address has an account, not even by being told to wait."""
        wish = await body_of(request, SendLetter)
        address = tidy_email(wish.email)
        await count(self._installation, request, "letter")
        with suppress(RateLimited):
            await run_in_threadpool(self._installation.identity.send_reset, address)
        return told({"sent": True})

    async def password(self, request: Request) -> Response:
        wish = await body_of(request, ChoosePassword)
        await count(self._installation, request, "sign_in")
        caller = await self._installation.callers.of(request)
        caller.require_person()
        token = request.cookies.get(SESSION_COOKIE)
        if token is None:
            raise Forbidden("The owner of this machine needs no password here.")
        await run_in_threadpool(self._installation.identity.set_password, token, wish.password)
        self._installation.callers.forget_all()
        return told({"changed": True})

    async def _welcomed(self, request: Request, session: Session, wish: SignIn) -> Response:
        """The new session's cookies, or its way into the frame that waits for it. An older session here ends."""
        if wish.handoff and self._handoffs.give(request, session):
            return self._handoffs.done(request, told({"signed_in": False, "handed_over": True}))
        before = request.cookies.get(SESSION_COOKIE)
        if before:
            await self._ended(before)
        answer = told({"signed_in": True, "next": within(wish.next)})
        bake(answer, self._visits.jar(request, framed=wish.framed).signed_in(session))
        return answer

    async def _ended(self, token: str, *, everywhere: bool = False) -> None:
        # A session that is over already is what was wanted.
        with suppress(IdentityError):
            await run_in_threadpool(self._installation.identity.sign_out, token, everywhere=everywhere)
        callers = self._installation.callers
        callers.forget_all() if everywhere else callers.forget(token)
