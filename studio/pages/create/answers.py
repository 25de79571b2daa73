"""What the Create page asks the studio while somebody writes. Checks are the desk's; here it is only passed on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

import gradio as gr
from anyio import to_thread

from pipeline.brief import Brief as PipelineBrief
from pipeline.errors import SourceError
from pipeline.making import from_environment
from pipeline.sources.errors import LinkRefused
from studio.callers import Caller
from studio.desk import Desk
from studio.errors import ContentRefused, NotFound, RateLimited, StudioError
from studio.pages.create import quotation
from studio.pages.create.asked import Brief, Problem, brief_of, chooses_hook, form_of, problems_of
from studio.pages.create.voices import voice_list
from studio.pages.events import EXPECTED
from studio.routes.cookies import DRAFT_COOKIE
from studio.safety.uploads import FileKind
from voices import VoicesError

Answer = dict[str, object]
Given = Mapping[str, object]
_KINDS: dict[str, FileKind] = {"documents": "document", "uploads": "picture", "own_music": "sound"}
_PLACES = {"documents", "uploads", "own_music", "links", "notes", "topic", "title", "voice", "niche", "minutes"}
_PLACE_OF: tuple[tuple[type[Exception], str], ...] = (
    (ContentRefused, "notes"),
    (LinkRefused, "links"),
    (SourceError, "documents"),
    (VoicesError, "voice"),
)
_CLIPS = (".mp4", ".mov", ".webm", ".m4v", ".mkv")


class Answers:
    """The functions that the page's script calls, each with one value; who calls is read from the request."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def functions(self) -> list[Callable[[Any, gr.Request], Awaitable[Answer]]]:
        """As Gradio's script calls them: by their names."""

        async def start(query: Any, request: gr.Request) -> Answer:
            kept = {"draft": _cookies(request).get(DRAFT_COOKIE, "")}
            return await self._answered(self.start, {**_mapping(query), **kept}, request)

        async def look(form: Any, request: gr.Request) -> Answer:
            return await self._answered(self.look, form, request)

        async def keep(sent: Any, request: gr.Request) -> Answer:
            return await self._answered(self.keep, sent, request)

        async def generate(order: Any, request: gr.Request) -> Answer:
            return await self._answered(self.generate, order, request)

        return [start, look, keep, generate]

    async def _answered(self, act: Callable[[Caller, Given], Answer], given: Any, request: Any) -> Answer:
        """Gradio hands a server function the bare request: who asks is read from that."""
        caller = await self._desk.installation.callers.of(request)
        return await to_thread.run_sync(act, caller, _mapping(given))

    def start(self, caller: Caller, query: Given) -> Answer:
        """Who is here, what can speak, and what the address says to begin with."""
        answer: Answer = {
            "signed_in": caller.is_known,
            "owner": str(caller.user) if caller.user else None,
            "topic_alone": self._topic_alone,
            "voices": voice_list(self._desk.choices.voices(caller)),
        }
        try:
            if found := _uuid(query.get("from")):
                answer["form"] = form_of(self._desk.films.project(caller, found).brief)
            elif draft := self._desk.orders.open_draft(str(query.get("draft") or "")):
                answer["form"] = form_of(draft.brief)
        except EXPECTED as error:
            answer["problem"] = Problem("generate", f"That project cannot be opened: {error}")._asdict()
        return answer

    def look(self, caller: Caller, form: Given) -> Answer:
        """What the notes carry and what the film takes."""
        brief = brief_of(form)
        try:
            carried = self._desk.orders.carry(caller, brief)
            quoted = self._desk.orders.estimate(caller, brief)
        except RateLimited as error:
            return {"wait_s": error.details.get("retry_after_s", 10)}
        except EXPECTED as error:
            return _said([_problem(error)])
        asked = float(str(brief["minutes"]))
        unread = bool(brief.get("documents")) and not carried.words
        answer: Answer = {
            "carry": "" if unread else quotation.carry(carried, asked),
            "estimate": quotation.estimate(quoted, carried, asked, signed_in=caller.is_known),
        }
        return answer | _said([Problem("documents", carried.sentence)] if unread else [])

    def keep(self, caller: Caller, sent: Given) -> Answer:
        """A file that was sent goes to its owner's own part of the file store, and from the shared one."""
        name = str(sent.get("name") or "file")
        kind = _kind(str(sent.get("place")), name)
        path = Path(str(sent.get("path") or ""))
        if kind is None or not self._desk.installation.brought.is_by(caller, str(path)) or not path.is_file():
            return {"problem": f"{name} did not arrive. Choose it once more."}
        try:
            file = self._desk.orders.upload(caller, path, name, kind)
        except EXPECTED as error:
            return {"problem": str(error)}
        finally:
            path.unlink(missing_ok=True)
        return {"file": file.model_dump(mode="json")}

    def generate(self, caller: Caller, order: Given) -> Answer:
        """The ids are made in the browser: pressing twice orders once."""
        form = _mapping(order.get("form"))
        brief = brief_of(form)
        waiting = () if caller.is_known else _names(order.get("waiting"))
        if problems := problems_of(form, topic_alone=self._topic_alone, waiting=waiting):
            return _said(problems)
        if not caller.is_known:
            return {"sign_in": True, "brief": brief}
        project, job = _uuid(order.get("project")), _uuid(order.get("job"))
        if project is None or job is None:
            return _said([Problem("generate", "This page is out of date. Reload it; what you wrote is kept.")])
        try:
            self._write(caller, project, brief, again=bool(order.get("again")))
            self._desk.films.generate(caller, project, job, choose_hook=chooses_hook(form))
        except EXPECTED as error:
            return _said([self._at_the_notes(caller, brief, _problem(error))])
        return {"go": f"/project?id={project}"}

    def _write(self, caller: Caller, project: UUID, brief: Brief, *, again: bool) -> None:
        """After a try that was refused, the project may be there already, with what was written then."""
        if again:
            with suppress(NotFound):
                self._desk.orders.save_project(caller, project, brief)
                return
        self._desk.orders.create_project(caller, brief, project)

    def _at_the_notes(self, caller: Caller, brief: Brief, problem: Problem) -> Problem:
        """Notes that are too short are said where they stand."""
        with suppress(*EXPECTED):
            if problem.place == "generate" and self._desk.orders.carry(caller, brief).sentence in problem.words:
                return problem._replace(place="notes")
        return problem

    @cached_property
    def _topic_alone(self) -> bool:
        """Whether something here writes from a topic without any notes."""
        return from_environment(PipelineBrief()).writer.paid


def _kind(place: str, name: str) -> FileKind | None:
    """What a file is brought as; the gate looks into it."""
    return "clip" if place == "uploads" and name.lower().endswith(_CLIPS) else _KINDS.get(place)


def _problem(error: Exception) -> Problem:
    """Where on the page this failure belongs."""
    field = str(error.details.get("field") or "").split(".")[0] if isinstance(error, StudioError) else ""
    place = next((place for kind, place in _PLACE_OF if isinstance(error, kind)), field)
    return Problem(place if place in _PLACES else "generate", str(error))


def _said(problems: list[Problem]) -> Answer:
    return {"problems": [one._asdict() for one in problems]} if problems else {}


def _cookies(request: Any) -> Mapping[str, str]:
    cookies: Mapping[str, str] = request.cookies
    return cookies


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _names(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None
