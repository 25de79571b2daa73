"""A small Create for a frame on another site: niche, notes, length, Generate. Signing in happens inside it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import gradio as gr
from anyio import to_thread

from studio.callers import ANYONE, Caller
from studio.desk import Desk
from studio.errors import InvalidValue
from studio.pages.events import EXPECTED
from studio.pages.markup import runs
from studio.pages.sign_in import ways

if TYPE_CHECKING:
    from studio.desk.views import JobView, NicheChoice

Answer = dict[str, object]
Given = Mapping[str, object]
_USUAL = "explainer"
_LONGEST_MINUTES = 12
_LONGEST_NOTES = 60_000
_DOING = {"PENDING": "Waiting for a free place", "READY": "Your film is ready", "CANCELLED": "Cancelled"}


def build(desk: Desk) -> None:
    gr.HTML(
        _page(desk),
        padding=False,
        js_on_load=runs("canvascastEmbed"),
        server_functions=Answers(desk).functions(),
    )


class Answers:
    """What the frame's script asks; who asks is read from the request, and the desk checks the rest."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def functions(self) -> list[Callable[[Any, gr.Request], Awaitable[Answer]]]:
        async def embed_look(form: Any, request: gr.Request) -> Answer:
            return await self._answered(self.look, form, request)

        async def embed_make(form: Any, request: gr.Request) -> Answer:
            return await self._answered(self.make, form, request)

        async def embed_now(form: Any, request: gr.Request) -> Answer:
            return await self._answered(self.now, form, request)

        return [embed_look, embed_make, embed_now]

    async def _answered(self, act: Callable[[Caller, Given], Answer], given: Any, request: Any) -> Answer:
        caller = await self._desk.installation.callers.of(request)
        try:
            return await to_thread.run_sync(act, caller, given if isinstance(given, Mapping) else {})
        except EXPECTED as error:
            return {"problem": str(error)}

    def look(self, caller: Caller, form: Given) -> Answer:
        """What the notes carry, and what the film costs."""
        brief = brief_of(form)
        quoted = self._desk.orders.estimate(caller, brief)
        said = quoted.problem or self._desk.orders.carry(caller, brief).sentence
        return {"said": f"{said} This film takes {_credits(quoted.credits)}."}

    def make(self, caller: Caller, form: Given) -> Answer:
        """The project's and the film's ids are the browser's, so that pressing twice makes one film."""
        brief = brief_of(form)
        if not str(brief["notes"]).strip():
            raise InvalidValue("Write or paste some notes first. A few sentences are enough to begin.")
        if not caller.is_known:
            return {"sign_in": True}
        project = self._desk.orders.create_project(caller, brief, _uuid(form.get("project")))
        # The first press may have stopped here, and the notes be better now.
        self._desk.orders.save_project(caller, project.id, brief)
        return _shown(self._desk.films.generate(caller, project.id, _uuid(form.get("job"))))

    def now(self, caller: Caller, form: Given) -> Answer:
        project = _uuid(form.get("project"))
        job = self._desk.films.now(caller, project)
        if job is None:
            return {"problem": "There is no film here yet."}
        film = self._desk.films.project(caller, project).film if job.state == "READY" else None
        return _shown(job) | (
            {"video": film.video, "captions": film.captions, "poster": film.thumbnail} if film else {}
        )


def brief_of(form: Given) -> dict[str, object]:
    try:
        minutes = float(str(form.get("minutes") or 2))
    except ValueError:
        minutes = 2.0
    return {
        "niche": str(form.get("niche") or _USUAL)[:60],
        "notes": str(form.get("notes") or "")[:_LONGEST_NOTES],
        "minutes": min(max(minutes, 1.0), float(_LONGEST_MINUTES)),
    }


def _shown(job: JobView) -> Answer:
    return {
        "project": str(job.project),
        "progress": job.progress,
        "ended": job.ended,
        "said": job.error or job.message or _DOING.get(job.state, "Making your film"),
        "ready": job.state == "READY",
    }


def _page(desk: Desk) -> str:
    niches = desk.choices.presets(ANYONE).niches
    google = desk.installation.settings.google_client_id is not None
    return (
        '<div class="em"><header><a class="cc-brand" href="/" target="_blank" rel="noopener">'
        '<img src="/studio/icon.svg" alt="" width="26" height="26"><span>CanvasCast</span></a>'
        '<span class="cc-account em-who"><span data-balance></span>'
        '<button type="button" class="sd-turn" data-open hidden>Sign in</button>'
        '<button type="button" class="sd-turn" data-leave hidden>Sign out</button></span></header>'
        f'<form class="em-form" novalidate><h1>Turn your notes into a film</h1>{_niche(niches)}{_NOTES}{_length()}'
        '<p class="cc-quiet" role="status" data-carry></p>'
        '<div class="cc-notice bad" role="alert" data-problem hidden></div>'
        '<button class="cc-button sd-wide">Generate</button></form>'
        f'<section class="sd-card em-door" data-door hidden>{ways(with_google=google)}'
        '<button type="button" class="sd-turn" data-close>Back to my notes</button></section>'
        f"{_MAKING}</div>"
    )


def _niche(niches: tuple[NicheChoice, ...]) -> str:
    options = "".join(
        f'<option value="{escape(one.name)}"{" selected" if one.name == _USUAL else ""}>{escape(one.title)}</option>'
        for one in niches
    )
    return f'<label for="em-niche">Niche</label><select id="em-niche" name="niche">{options}</select>'


def _length() -> str:
    return (
        '<label for="em-minutes">Length: <output data-minutes>2 minutes</output></label>'
        f'<input id="em-minutes" name="minutes" type="range" min="1" max="{_LONGEST_MINUTES}" step="1" value="2">'
    )


_NOTES = (
    f'<label for="em-notes">Notes</label><textarea id="em-notes" name="notes" rows="7" maxlength="{_LONGEST_NOTES}" '
    'placeholder="Paste what you have: bullet points, an article, half-finished thoughts."></textarea>'
)
_MAKING = (
    '<section class="em-making" data-making hidden><h1 data-said-now role="status">Making your film</h1>'
    '<div class="em-bar" role="progressbar" aria-label="Progress" aria-valuemin="0" aria-valuemax="100" data-bar>'
    "<i></i></div>"
    '<div data-film></div><p class="cc-quiet">You can leave this page: the film goes on.</p>'
    '<a class="cc-button" target="_blank" rel="noopener" data-project>Open it in CanvasCast</a>'
    '<button type="button" class="sd-turn" data-another>Make another film</button></section>'
)


def _credits(amount: int) -> str:
    return f"{amount} credit{'' if amount == 1 else 's'}"


def _uuid(value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        return uuid4()
