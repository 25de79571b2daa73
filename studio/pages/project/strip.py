"""The scenes to choose from, what would be made again, and the versions there were."""

from __future__ import annotations

from html import escape

from studio.desk.scenes import Change, SceneView
from studio.desk.views import VersionView
from studio.pages.markup import ago, length
from studio.pages.project.feed import act, asking, file
from studio.pages.project.words import kind_of


def strip(scenes: tuple[SceneView, ...]) -> str:
    if not scenes:
        return ""
    cards = "".join(_scene(scene, place) for place, scene in enumerate(scenes, 1))
    return f'<ol class="pj-strip" data-key="strip" aria-label="Scenes">{cards}</ol>'


def _scene(scene: SceneView, place: int) -> str:
    picture = f'<img {file(scene.pictures[0])} alt="">' if scene.pictures else ""
    changed = scene.state == "stale"
    mark = '<em class="pj-changed">changed</em>' if changed else ""
    times = f"{length(scene.start_s)} to {length(scene.end_s)}" if scene.end_s else "new"
    return (
        f'<li data-key="{scene.id}"><button type="button" class="pj-scene" data-act="choose" data-scene="{scene.id}">'
        f'<span class="pj-frame {"lit" if picture else ""}">{picture}<b>{place}</b></span>'
        f'<span class="pj-words"><strong>{escape(scene.title or kind_of(scene.kind))}</strong>'
        f"<span>{escape(scene.narration)}</span></span>"
        f'<span class="pj-times">{times}{mark}</span></button></li>'
    )


def bar(change: Change | None, *, busy: bool) -> str:
    """What would be made again, before anything is."""
    if change is None or change.nothing:
        return ""
    if busy:
        return _bar("A new film is being made. What you change meanwhile waits for the next one.", "", kind="busy")
    undo = asking(
        "undo",
        act("ask", "Undo all changes"),
        "Back to the film as it is?",
        act("undo", "Yes, undo", kind="danger"),
        act("no", "Keep them"),
    )
    if change.problem:
        return _bar(change.sentence, undo)
    if not change.enough:
        return _bar(change.sentence, f'{undo}<a class="cc-button" href="/credits">See your credits</a>')
    return _bar(change.sentence, undo + act("make", "Make the changes", kind=""))


def _bar(sentence: str, buttons: str, *, kind: str = "") -> str:
    return (
        f'<div class="pj-change {kind}" data-key="bar"><p role="status">'
        f'{escape(sentence)}</p><div class="pj-buttons">{buttons}</div></div>'
    )


def versions(found: tuple[VersionView, ...]) -> str:
    if len(found) < 2:
        return ""
    lines = "".join(_version(one) for one in found)
    return (
        '<details class="pj-fold" data-key="versions"><summary>Versions'
        f"<small>{len(found)}, none is ever lost</small></summary>"
        f'<ul class="pj-versions">{lines}</ul></details>'
    )


def _version(one: VersionView) -> str:
    right = (
        '<span class="cc-chip good">shown now</span>'
        if one.current
        else act(
            "version", "Return to this one", label=f"Return to this one: version {one.number}", version=str(one.id)
        )
    )
    note = f"<span>{escape(one.note)}</span>" if one.note and one.note != "Film" else ""
    return f'<li data-key="{one.id}"><b>Version {one.number}</b>{note}<small>{ago(one.made_at)}</small>{right}</li>'
