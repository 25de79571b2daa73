"""A brief that is written before signing in: kept under a secret in the visitor's browser, found again afterwards."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from studio.callers import Caller
from studio.desk import Desk
from studio.drafts import Draft, new_token
from studio.errors import NotFound
from studio.routes.answers import Wish, answered, body_of, told
from studio.routes.cookies import DRAFT_COOKIE, bake
from studio.routes.limits import count
from studio.routes.visits import Visits

_MOST_BYTES = 262_144


class KeepDraft(Wish):
    brief: dict[str, Any]
    framed: bool = False


class DraftRoutes:
    def __init__(self, desk: Desk, visits: Visits) -> None:
        self._installation = desk.installation
        self._visits = visits

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/drafts", answered(self.keep), methods=["POST"]),
            Route("/drafts", answered(self.find), methods=["GET"]),
            Route("/drafts", answered(self.drop), methods=["DELETE"]),
        ]

    async def keep(self, request: Request) -> Response:
        """Once an account has claimed a draft, what is written next is a new one."""
        wish = await body_of(request, KeepDraft, most_bytes=_MOST_BYTES)
        await count(self._installation, request, "draft")
        drafts, token = self._installation.drafts, request.cookies.get(DRAFT_COOKIE) or new_token()
        try:
            await run_in_threadpool(drafts.save, token, wish.brief)
        except NotFound:
            token = new_token()
            await run_in_threadpool(drafts.save, token, wish.brief)
        answer = told({"kept": True})
        bake(answer, self._visits.jar(request, framed=wish.framed).draft(token))
        return answer

    async def find(self, request: Request) -> Response:
        """The draft of this browser; the first account that asks for it is the one it belongs to from then on."""
        token = request.cookies.get(DRAFT_COOKIE)
        if not token:
            return told({"brief": None})
        caller = await self._installation.callers.of(request)
        try:
            draft = await run_in_threadpool(self._opened, token, caller)
        except NotFound:
            return told({"brief": None})
        return told({"brief": draft.brief})

    async def drop(self, request: Request) -> Response:
        """It became a project, or is not wanted any more."""
        token = request.cookies.get(DRAFT_COOKIE)
        caller = await self._installation.callers.of(request)
        answer = told({"brief": None})
        if token:
            bake(answer, [self._visits.jar(request).drop(DRAFT_COOKIE)])
        if token and caller.user:
            try:
                draft = await run_in_threadpool(self._installation.drafts.claim, token, caller.user)
                await run_in_threadpool(self._installation.drafts.delete, caller.user, draft.id)
            except NotFound:
                return answer
        return answer

    def _opened(self, token: str, caller: Caller) -> Draft:
        drafts = self._installation.drafts
        return drafts.claim(token, caller.user) if caller.user else drafts.open(token)
