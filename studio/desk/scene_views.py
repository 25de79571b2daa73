"""Scenes and what a change of them means, as the desk answers with them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Literal
from uuid import UUID

from pydantic import Field

from pipeline.scripts.models import SectionKind
from pipeline.timeline.models import Motion
from studio.desk.views import View
from studio.films import Changes, Take, Wish, kind_of, on_screen_of
from studio.projects import Scene

STILLS = frozenset({".jpg", ".jpeg", ".png", ".webp"})


class SceneView(View):
    """A scene as it is to be; where it was not changed, as it is in the film. Its addresses are links that expire."""

    id: UUID
    place: int = Field(description="from 1")
    kind: SectionKind
    title: str
    narration: str
    visual: str
    on_screen: str
    motion: Motion
    own_motion: bool = Field(default=False, description="whether its creator chose the motion")
    pictures: tuple[str, ...]
    start_s: float = 0.0
    end_s: float = Field(default=0.0, description="of the scene in the film; 0 while it is not in it")
    state: Literal["ready", "stale"]
    own_picture: bool = False
    again: tuple[Take, ...] = Field(default=(), description="what another take was asked of")


class SceneChange(View):
    scene: UUID
    place: int
    what: tuple[str, ...]


class Change(View):
    """What is made again, what that costs and how long it takes. `problem` keeps it from being made."""

    nothing: bool
    whole_film: bool
    why: tuple[str, ...] = Field(description="what changes in the whole film")
    scenes: tuple[SceneChange, ...]
    film_seconds: float = Field(description="seconds of film that are made again")
    credits: int
    seconds: float = Field(description="of waiting, about")
    enough: bool = Field(description="whether the balance covers it")
    problem: str
    sentence: str


def view_of(scene: Scene, place: int, pictures: Sequence[str], stale: bool) -> SceneView:
    wish = Wish.of(scene)
    return SceneView(
        id=scene.id,
        place=place,
        kind=kind_of(scene),
        title=str(scene.settings.get("title") or ""),
        narration=scene.narration,
        visual=scene.visual,
        on_screen=on_screen_of(scene),
        motion=wish.motion or scene.settings.get("motion") or "kenburns_in",
        own_motion=wish.motion is not None,
        pictures=tuple(pictures),
        start_s=float(scene.settings.get("start_s") or 0),
        end_s=float(scene.settings.get("end_s") or 0),
        state="stale" if stale else "ready",
        own_picture=wish.picture is not None,
        again=wish.again,
    )


def shown_of(scene: Scene, pictures: Mapping[str, str]) -> Iterator[str]:
    """Paths of what a scene shows: the creator's own picture, or what is in the film."""
    own = Wish.of(scene).picture
    if own and PurePosixPath(own.path).suffix.lower() in STILLS:
        yield own.path
        return
    yield from (pictures[name] for name in scene.settings.get("pictures") or () if name in pictures)


def problem_of(scenes: Sequence[Scene], changes: Changes) -> str:
    if changes.how == "rewritten":
        return ""
    silent = [str(place) for place, scene in enumerate(scenes, 1) if not scene.narration.strip()]
    return f"Scene {silent[0]} has no words to speak yet. Write some, or delete it." if silent else ""


def sentence_of(changes: Changes, credits: int, waiting_s: float, *, enough: bool) -> str:
    if changes.nothing:
        return "Nothing was changed since the film was made."
    cost = f"{credits} credit{'s' if credits != 1 else ''}, about {_span(waiting_s)}."
    poor = "" if enough else " Your balance does not cover it."
    lost = " The script is written anew, without your changes to single scenes." if changes.loses_edits else ""
    return f"{_again(changes)}: {cost}{lost}{poor}"


def _again(changes: Changes) -> str:
    why = f" ({', '.join(changes.whole)})" if changes.whole else ""
    if changes.how == "joined":
        return f"The film is put together anew{why}, nothing is spoken or painted"
    if changes.is_whole:
        return f"The whole film is made again{why}"
    if changes.whole and changes.how == "drawn":
        return f"The whole film is drawn again{why}, nothing is spoken or painted"
    places = ", ".join(str(one.place) for one in changes.scenes[:12])
    several = len(changes.scenes) > 1
    done = "drawn" if all(one.how == "drawn" for one in changes.scenes) else "made"
    scenes = f"Scene{'s' if several else ''} {places} {'are' if several else 'is'} {done} again"
    return f"{scenes}, about {_span(changes.again_s)} of film{why}"


def _span(seconds: float) -> str:
    if seconds < 55:
        return f"{max(5, 5 * math.ceil(seconds / 5))} seconds"
    minutes = max(1, round(seconds / 60))
    return f"{minutes} minute{'s' if minutes > 1 else ''}"
