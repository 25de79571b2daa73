"""What the Admin page asks: a view of something, or an act. Whether the caller may is the desk's to say, each time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

import gradio as gr
from anyio import to_thread

from studio.callers import Caller
from studio.desk import Desk
from studio.errors import Forbidden, InvalidValue, SignInNeeded
from studio.pages.admin.books import audit, moderation
from studio.pages.admin.jobs import jobs, steps_of
from studio.pages.admin.overview import overview
from studio.pages.admin.parts import Ask
from studio.pages.admin.people import people
from studio.pages.admin.records import records_of
from studio.pages.events import EXPECTED
from studio.pages.markup import credits, empty, notice

Answer = dict[str, object]
Given = Mapping[str, object]
_VIEWS: dict[str, tuple[str, Callable[[Desk, Caller, Ask], str]]] = {
    "overview": ("Overview", overview),
    "jobs": ("Films", jobs),
    "people": ("People", people),
    "moderation": ("Moderation", moderation),
    "audit": ("Audit log", audit),
}


class Answers:
    """The functions that the page's script calls, each with one value; who calls is read from the request."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._acts: dict[str, Callable[[Caller, Given], str]] = {
            "retry": self._retry,
            "cancel": self._cancel,
            "adjust": self._adjust,
            "plan": self._plan,
        }

    def functions(self) -> list[Callable[[Any, gr.Request], Awaitable[Answer]]]:
        """As Gradio's script calls them: by their names."""

        async def show(query: Any, request: gr.Request) -> Answer:
            return await self._answered(self.show, query, request)

        async def act(given: Any, request: gr.Request) -> Answer:
            return await self._answered(self.act, given, request)

        async def steps(given: Any, request: gr.Request) -> Answer:
            return await self._answered(self.steps, given, request)

        return [show, act, steps]

    async def _answered(self, act: Callable[[Caller, Given], Answer], given: Any, request: Any) -> Answer:
        """Gradio hands a server function the bare request: who asks is read from that."""
        caller = await self._desk.installation.callers.of(request)
        return await to_thread.run_sync(act, caller, given if isinstance(given, Mapping) else {})

    def show(self, caller: Caller, query: Given) -> Answer:
        ask = Ask.of(query)
        name = ask.view if ask.view in _VIEWS else "overview"
        try:
            caller.require_admin()
            view = _VIEWS[name][1](self._desk, caller, Ask(name, ask.values))
        except SignInNeeded:
            words = "This page is for whoever runs the studio."
            return {"html": empty("Sign in first", words, action=("Sign in", "/sign-in?next=/admin"))}
        except Forbidden as error:
            return {"html": empty("Not for this account", str(error), action=("Make a film", "/"))}
        except EXPECTED as error:
            return {"html": _menu(name) + notice("bad", str(error))}
        return {"html": _menu(name) + view, "title": _VIEWS[name][0]}

    def act(self, caller: Caller, given: Given) -> Answer:
        try:
            caller.require_admin()
            perform = self._acts.get(str(given.get("act")))
            if perform is None:
                raise InvalidValue("That is not there any more. Load the page again.")
            return {"said": perform(caller, given)}
        except EXPECTED as error:
            return {"problem": str(error)}

    def steps(self, caller: Caller, given: Given) -> Answer:
        try:
            office, job = self._desk.office, _id(given.get("job"))
            return {"html": steps_of(office.steps_of(caller, job)) + records_of(office.records_of(caller, job))}
        except EXPECTED as error:
            return {"html": notice("bad", str(error))}

    def _retry(self, caller: Caller, given: Given) -> str:
        job = self._desk.office.retry(caller, _id(given.get("job")))
        return f"Film #{job.number} is in the line again; {credits(job.reserved)} are held for it."

    def _cancel(self, caller: Caller, given: Given) -> str:
        job = self._desk.office.cancel(caller, _id(given.get("job")))
        return f"Film #{job.number} is cancelled and its credits are back."

    def _adjust(self, caller: Caller, given: Given) -> str:
        try:
            amount = int(str(given.get("amount")))
        except ValueError as error:
            raise InvalidValue("Credits are whole numbers.") from error
        reason, key = str(given.get("reason") or ""), str(given.get("key") or "")[:80]
        moved = self._desk.office.adjust(caller, _id(given.get("user")), amount, reason, key=key)
        return f"Done: the balance is now {credits(moved.balance_after)}."

    def _plan(self, caller: Caller, given: Given) -> str:
        changed = self._desk.office.set_plan(caller, _id(given.get("user")), str(given.get("plan")))
        return f"Done: {changed.email or 'this account'} is on the plan {changed.plan}."


def _menu(chosen: str) -> str:
    links = "".join(
        f'<a href="/admin?view={name}"{" aria-current=page" if name == chosen else ""}>{title}</a>'
        for name, (title, _) in _VIEWS.items()
    )
    return f'<nav class="ad-menu" aria-label="Parts of Admin">{links}</nav>'


def _id(text: object) -> UUID:
    try:
        return UUID(str(text))
    except ValueError as error:
        raise InvalidValue("That is not there any more. Load the page again.") from error
