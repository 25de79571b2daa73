"""What the page answers to its events. Which project it is comes from the page's address, who asks from the request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, get_args
from uuid import UUID, uuid4

import gradio as gr

from pipeline.timeline.models import Motion
from studio.desk import Desk
from studio.desk.scenes import SceneView
from studio.errors import InvalidValue
from studio.pages.events import EXPECTED, caller_of
from studio.pages.markup import notice
from studio.pages.project.board import Board, Update
from studio.pages.project.feed import Feed
from studio.pages.project.sight import Sight, nothing
from studio.pages.project.words import AUTOMATIC, motion_of

_P = ParamSpec("_P")


@dataclass(frozen=True)
class Written:
    """What stands in the panel, as the browser sends it."""

    scene: str
    narration: str
    visual: str
    on_screen: str
    motion: str

    @classmethod
    def of(cls, values: Sequence[Any]) -> Written:
        return cls(*(str(value or "") for value in values))

    def differs(self, scene: SceneView) -> dict[str, str]:
        kept = {"narration": scene.narration, "visual": scene.visual, "on_screen": scene.on_screen}
        now = {"narration": self.narration, "visual": self.visual, "on_screen": self.on_screen}
        if self.motion:
            kept["motion"], now["motion"] = motion_of(scene), self.motion
        return {name: value for name, value in now.items() if value != kept[name]}


def _in_words(act: Callable[Concatenate[Answers, _P], Update]) -> Callable[Concatenate[Answers, _P], Update]:
    """What goes wrong is said on the page. Gradio shows no errors of events that do without its queue."""

    @wraps(act)
    def answered(self: Answers, /, *given: _P.args, **named: _P.kwargs) -> Update:
        try:
            return act(self, *given, **named)
        except EXPECTED as error:
            return self.refused(str(error))

    return answered


class Answers:
    def __init__(self, desk: Desk, board: Board) -> None:
        self._desk = desk
        self._board = board
        self._acts: dict[str, Callable[[Sight, dict[str, str], Written], Update]] = {
            "renew": lambda sight, _data, written: self._everything(sight, written.scene, panel=False),
            "choose": lambda sight, data, _written: self._chosen(sight, data.get("scene", "")),
            "cancel": self._cancel,
            "retry": self._retry,
            "hook": self._hook,
            "version": self._version,
            "undo": self._undo,
            "make": self._make,
        }

    def refused(self, words: str) -> Update:
        return {self._board.feed: Feed(problem=words).text()}

    # Looking

    def opened(self, request: gr.Request) -> Update:
        sight = self._sight(request)
        if sight is None:
            return self._board.told(nothing())
        try:
            return self._everything(sight, "")
        except EXPECTED as error:
            return self._board.told(Feed({"head": notice("bad", str(error))}))

    def polled(self, request: gr.Request) -> Any:
        """What moves while a film is made; when it has ended, the page asks for everything by itself.

        Every open page asks this all the time, and every output of an event costs Gradio a millisecond: there is one.
        """
        sight = self._sight(request)
        try:
            return sight.moment()[0].text() if sight else gr.skip()
        except EXPECTED:
            # The store is away for a moment, or the session is over: what is shown stays, and the next tick asks again.
            return gr.skip()

    @_in_words
    def asked(self, request: gr.Request, event: gr.EventData, *written: Any) -> Update:
        """A button in the page's own HTML."""
        given = event._data if isinstance(event._data, dict) else {}
        act = self._acts.get(str(given.get("act")))
        sight = self._sight(request)
        if act is None or sight is None:
            return {self._board.feed: gr.skip()}
        return act(sight, {str(key): str(value) for key, value in given.items()}, Written.of(written))

    # Writing

    @_in_words
    def saved(self, request: gr.Request, *written: Any) -> Update:
        sight = self._required(request)
        self._keep(sight, Written.of(written))
        return {self._board.feed: sight.editing().text()}

    @_in_words
    def uploaded(self, request: gr.Request, path: str, *written: Any) -> Update:
        sight, scene = self._at(request, written)
        file = Path(path)
        if not self._desk.installation.brought.is_by(sight.caller, path):
            raise InvalidValue(f"{file.name} did not arrive. Choose it once more.")
        given = self._desk.orders.upload(sight.caller, file, file.name, "picture")
        self._desk.scenes.change(sight.caller, sight.id, scene, picture=given)
        return self._chosen(sight, str(scene))

    @_in_words
    def painted(self, request: gr.Request, *written: Any) -> Update:
        sight, scene = self._at(request, written)
        self._desk.scenes.change(sight.caller, sight.id, scene, clear_picture=True)
        return self._chosen(sight, str(scene))

    @_in_words
    def another_picture(self, request: gr.Request, *written: Any) -> Update:
        sight, scene = self._at(request, written)
        self._desk.scenes.another_picture(sight.caller, sight.id, scene)
        return self._chosen(sight, str(scene))

    @_in_words
    def another_voice(self, request: gr.Request, *written: Any) -> Update:
        sight, scene = self._at(request, written)
        self._desk.scenes.another_voice(sight.caller, sight.id, scene)
        return self._chosen(sight, str(scene))

    def earlier(self, request: gr.Request, *written: Any) -> Update:
        return self._moved(request, written, -1)

    def later(self, request: gr.Request, *written: Any) -> Update:
        return self._moved(request, written, 1)

    @_in_words
    def duplicated(self, request: gr.Request, *written: Any) -> Update:
        sight, scene = self._at(request, written)
        self._desk.scenes.duplicate(sight.caller, sight.id, scene)
        return self._chosen(sight, _after(sight, scene))

    @_in_words
    def added(self, request: gr.Request, *written: Any) -> Update:
        sight, scene = self._at(request, written)
        self._desk.scenes.add(sight.caller, sight.id, scene, "", "")
        return self._chosen(sight, _after(sight, scene))

    @_in_words
    def deleted(self, request: gr.Request, *written: Any) -> Update:
        sight, scene = self._at(request, written)
        place = _place(sight, scene)
        self._desk.scenes.delete(sight.caller, sight.id, scene)
        left = sight.scenes()
        return self._chosen(sight, str(left[min(place, len(left) - 1)].id))

    @_in_words
    def styled(self, request: gr.Request, captions: str, music: str, look: str) -> Update:
        sight = self._required(request)
        self._desk.scenes.style(sight.caller, sight.id, captions=captions, music=music, look=look)
        return {self._board.feed: sight.editing().text()}

    # The acts of the page's own buttons

    def _cancel(self, sight: Sight, data: dict[str, str], written: Written) -> Update:
        self._desk.films.cancel(sight.caller, _id(data.get("job")))
        return self._everything(sight, written.scene, panel=False)

    def _retry(self, sight: Sight, data: dict[str, str], written: Written) -> Update:
        self._desk.films.retry(sight.caller, _id(data.get("job")))
        return self._everything(sight, written.scene, panel=False)

    def _hook(self, sight: Sight, data: dict[str, str], written: Written) -> Update:
        self._desk.films.choose_hook(sight.caller, _id(data.get("job")), int(data.get("number", "1")))
        return self._everything(sight, written.scene, panel=False)

    def _version(self, sight: Sight, data: dict[str, str], _written: Written) -> Update:
        self._desk.films.return_to(sight.caller, sight.id, _id(data.get("version")))
        return self._everything(sight, "")

    def _undo(self, sight: Sight, _data: dict[str, str], written: Written) -> Update:
        self._desk.scenes.undo(sight.caller, sight.id)
        return self._everything(sight, written.scene)

    def _make(self, sight: Sight, _data: dict[str, str], written: Written) -> Update:
        self._keep(sight, written)
        self._desk.scenes.make_changes(sight.caller, sight.id, uuid4())
        return self._everything(sight, written.scene, panel=False)

    # What they have in common

    def _sight(self, request: gr.Request) -> Sight | None:
        """None where the address names no project."""
        try:
            return Sight(self._desk, caller_of(self._desk, request), UUID(str(request.query_params.get("id"))))
        except ValueError:
            return None

    def _required(self, request: gr.Request) -> Sight:
        sight = self._sight(request)
        if sight is None:
            raise InvalidValue("This page has lost its film. Open it from the library again.")
        return sight

    def _at(self, request: gr.Request, values: Sequence[Any]) -> tuple[Sight, UUID]:
        """Where something happens to the chosen scene; what was just written in it is kept first."""
        sight, written = self._required(request), Written.of(values)
        self._keep(sight, written)
        return sight, _id(written.scene)

    def _keep(self, sight: Sight, written: Written) -> None:
        scene = next((one for one in sight.scenes() if str(one.id) == written.scene), None)
        if scene is None:
            return
        if not (changed := written.differs(scene)):
            return
        self._desk.scenes.change(
            sight.caller,
            sight.id,
            scene.id,
            narration=changed.get("narration"),
            visual=changed.get("visual"),
            on_screen=changed.get("on_screen"),
            motion=next((one for one in get_args(Motion) if one == changed.get("motion")), None),
            clear_motion=changed.get("motion") == AUTOMATIC,
        )

    @_in_words
    def _moved(self, request: gr.Request, values: Sequence[Any], by: int) -> Update:
        sight, scene = self._at(request, values)
        self._desk.scenes.move(sight.caller, sight.id, scene, _place(sight, scene) + by)
        return self._chosen(sight, str(scene))

    def _everything(self, sight: Sight, chosen: str, *, panel: bool = True) -> Update:
        """All of the page. What somebody may be writing in the panel stays, unless its scene is gone."""
        feed, project = sight.whole()
        if project is None or project.film is None:
            return {**self._board.told(feed), self._board.editor: gr.Column(visible=False)}
        scenes = sight.scenes()
        scene = next((one for one in scenes if str(one.id) == chosen), None)
        update = {**self._board.told(feed), self._board.editor: gr.Column(visible=True)}
        if scene and not panel:
            return update | self._board.around(scene, scenes)
        scene = scene or scenes[0]
        update |= self._board.shown(scene, scenes) | self._board.styled(project.brief)
        return update | {self._board.feed: feed.choosing(str(scene.id)).text()}

    def _chosen(self, sight: Sight, scene: str) -> Update:
        scenes = sight.scenes()
        found = next((one for one in scenes if str(one.id) == scene), scenes[0])
        return {self._board.feed: sight.editing(str(found.id)).text(), **self._board.shown(found, scenes)}


def _id(text: str | None) -> UUID:
    try:
        return UUID(str(text))
    except ValueError as error:
        raise InvalidValue("That is not there any more. Load the page again.") from error


def _place(sight: Sight, scene: UUID) -> int:
    """Counted from 0."""
    return next((place for place, one in enumerate(sight.scenes()) if one.id == scene), 0)


def _after(sight: Sight, scene: UUID) -> str:
    scenes = sight.scenes()
    return str(scenes[min(_place(sight, scene) + 1, len(scenes) - 1)].id)
