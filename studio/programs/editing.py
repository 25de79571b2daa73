"""The endpoints that change a finished film scene by scene."""

from __future__ import annotations

from studio.callers import Caller
from studio.desk import Desk
from studio.desk.scene_views import Change, SceneView
from studio.desk.views import JobView, View
from studio.programs import asked as ask
from studio.programs.endpoint import Endpoint


class SceneList(View):
    scenes: tuple[SceneView, ...]


def scenes(desk: Desk, caller: Caller, asked: ask.ProjectAsked) -> SceneList:
    return SceneList(scenes=desk.scenes.scenes(caller, asked.project))


def edit_scene(desk: Desk, caller: Caller, asked: ask.EditAsked) -> SceneView:
    return desk.scenes.change(
        caller,
        asked.project,
        asked.scene,
        narration=asked.narration,
        visual=asked.visual,
        on_screen=asked.on_screen,
        motion=asked.motion,
        picture=asked.picture.given if asked.picture else None,
        clear_picture=asked.clear_picture,
        clear_motion=asked.clear_motion,
    )


def another_take(desk: Desk, caller: Caller, asked: ask.TakeAsked) -> SceneView:
    again = desk.scenes.another_picture if asked.what == "picture" else desk.scenes.another_voice
    return again(caller, asked.project, asked.scene)


def move_scene(desk: Desk, caller: Caller, asked: ask.MoveAsked) -> SceneList:
    return SceneList(scenes=desk.scenes.move(caller, asked.project, asked.scene, asked.place - 1))


def add_scene(desk: Desk, caller: Caller, asked: ask.AddAsked) -> SceneList:
    return SceneList(scenes=desk.scenes.add(caller, asked.project, asked.after, asked.narration, asked.visual))


def duplicate_scene(desk: Desk, caller: Caller, asked: ask.SceneAsked) -> SceneList:
    return SceneList(scenes=desk.scenes.duplicate(caller, asked.project, asked.scene))


def delete_scene(desk: Desk, caller: Caller, asked: ask.SceneAsked) -> SceneList:
    return SceneList(scenes=desk.scenes.delete(caller, asked.project, asked.scene))


def style(desk: Desk, caller: Caller, asked: ask.StyleAsked) -> Change:
    return desk.scenes.style(
        caller,
        asked.project,
        captions=asked.captions,
        music=asked.music,
        look=asked.look,
        pack=asked.pack,
        voice=asked.voice,
        pace=asked.pace,
    )


def changes(desk: Desk, caller: Caller, asked: ask.ProjectAsked) -> Change:
    return desk.scenes.changes(caller, asked.project)


def make_changes(desk: Desk, caller: Caller, asked: ask.ChangesAsked) -> JobView:
    return desk.scenes.make_changes(caller, asked.project, asked.job)


def undo_changes(desk: Desk, caller: Caller, asked: ask.ProjectAsked) -> SceneList:
    return SceneList(scenes=desk.scenes.undo(caller, asked.project))


EDITING: tuple[Endpoint, ...] = (
    Endpoint(
        "scenes", scenes, ask.ProjectAsked, "The scenes of a finished film in their order, with words and pictures."
    ),
    Endpoint(
        "edit_scene",
        edit_scene,
        ask.EditAsked,
        "Change a scene's words, picture or motion. Nothing is made of it before make_changes.",
    ),
    Endpoint("another_take", another_take, ask.TakeAsked, "Ask for another picture or voice of a scene."),
    Endpoint("move_scene", move_scene, ask.MoveAsked, "Move a scene to another place; the opening stays first."),
    Endpoint("add_scene", add_scene, ask.AddAsked, "Add a scene of your own."),
    Endpoint("duplicate_scene", duplicate_scene, ask.SceneAsked, "The same scene once more, right behind it."),
    Endpoint("delete_scene", delete_scene, ask.SceneAsked, "Take a scene out of the film."),
    Endpoint("style", style, ask.StyleAsked, "Choose captions, music, look, pack, voice or pace for the whole film."),
    Endpoint(
        "changes",
        changes,
        ask.ProjectAsked,
        "What make_changes would make again, what it costs in credits and how long it takes.",
    ),
    Endpoint(
        "make_changes",
        make_changes,
        ask.ChangesAsked,
        "Make the film with its changes as a new version; only what changed is made again. Ask job until it ended.",
    ),
    Endpoint("undo_changes", undo_changes, ask.ProjectAsked, "Back to the scenes of the film as it is."),
)
