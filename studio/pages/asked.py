"""What a page's own script asks the studio: each question has one value, and who asks is read from the request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

import gradio as gr
from anyio import to_thread

from studio.callers import Caller
from studio.desk import Desk
from studio.errors import InvalidValue, SignInNeeded
from studio.pages.events import EXPECTED
from studio.pages.markup import runs

Answer = dict[str, object]
Given = Mapping[str, Any]
Act = Callable[[Caller, Given], Answer]
Question = Callable[[Any, gr.Request], Awaitable[Answer]]


def asking(desk: Desk, function: str, html: str, **acts: Act) -> gr.HTML:
    """A page that a function of our scripts brings to life, and what that may ask, by the questions' names."""
    return gr.HTML(
        html,
        padding=False,
        apply_default_css=False,
        js_on_load=runs(function),
        server_functions=[_question(desk, name, act) for name, act in acts.items()],
    )


def id_of(given: Given, name: str = "id") -> UUID:
    try:
        return UUID(str(given.get(name)))
    except ValueError as error:
        raise InvalidValue("This page is out of date. Reload it and try again.") from error


def text_of(given: Given, name: str, longest: int = 500) -> str:
    value = given.get(name)
    return value[:longest] if isinstance(value, str) else ""


def _question(desk: Desk, name: str, act: Act) -> Question:
    async def ask(given: Any, request: gr.Request) -> Answer:
        # Gradio hands these functions the bare request of the web server.
        caller = await desk.installation.callers.of(request)  # type: ignore[arg-type]
        return await to_thread.run_sync(_answered, act, caller, given if isinstance(given, dict) else {})

    ask.__name__ = name
    return ask


def _answered(act: Act, caller: Caller, given: Given) -> Answer:
    try:
        return act(caller, given)
    except SignInNeeded:
        return {"signed_out": True}
    except EXPECTED as error:
        return {"problem": str(error)}
