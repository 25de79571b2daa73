"""What a project's next film makes again, against its current version: what an edit costs and how long it takes.

What is spoken or painted anew counts with its full length, what is only drawn again with a quarter of it, and what is
only joined or mixed again with next to nothing; the price list rounds up to whole minutes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from pipeline.pictures.plan import WORDS_A_SECOND
from studio.credits import Usage
from studio.films.briefs import FilmBrief, usage_of
from studio.films.versions import FilmState
from studio.films.wishes import Wish, sections_of, words_of
from studio.jobs import Stage
from studio.projects import Project, ProjectDetail, Projects, Scene

How = Literal["joined", "drawn", "made", "rewritten"]
DRAWN_COUNTS = 0.25
LEAST_S = 1.0
JOINED_S_A_MINUTE = 2.0
"""For a minute of film, to mix its sound and join it, whatever is made of it again."""
_ORDER: tuple[How, ...] = ("joined", "drawn", "made", "rewritten")
_FIELDS: tuple[tuple[How, tuple[str, ...], str], ...] = (
    ("rewritten", ("notes", "topic", "documents", "links"), "other notes"),
    ("rewritten", ("title",), "another title"),
    ("rewritten", ("niche",), "another niche"),
    ("rewritten", ("minutes",), "another length"),
    ("rewritten", ("language",), "another language"),
    ("rewritten", ("transcript",), "another way of writing the script"),
    ("made", ("voice",), "another voice"),
    ("made", ("pace",), "another pace"),
    ("made", ("pronunciations",), "other pronunciations"),
    ("made", ("look",), "another look"),
    ("made", ("aspect",), "another shape"),
    ("made", ("resolution",), "another size"),
    ("drawn", ("captions",), "other captions"),
    ("drawn", ("pack",), "another template"),
    ("drawn", ("fps",), "another frame rate"),
    ("drawn", ("uploads",), "other pictures of yours"),
    ("joined", ("music", "own_music"), "other music"),
)
"""How each field of a brief that is changed changes the whole film."""
_REDO = re.compile(r"section:(\d{1,2}|s\d\d_[a-z_]+):(voice|picture)(?::\d)?")


@dataclass(frozen=True)
class ChangedScene:
    """A scene that is not what it is in the film, and how much of it is made again."""

    scene: UUID
    place: int
    how: How
    what: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class Changes:
    """`whole` says what changes in all scenes, `how` the most that is done to any of them; None: nothing is changed."""

    scenes: tuple[ChangedScene, ...]
    whole: tuple[str, ...]
    how: How | None
    film_s: float
    made_s: float
    drawn_s: float
    hd: bool
    moved_s: float = 0.0
    """Scenes in another place: their numbers are drawn again, which takes time and is not charged."""
    loses_edits: bool = False

    @property
    def nothing(self) -> bool:
        return self.how is None

    @property
    def is_whole(self) -> bool:
        """A film that is all spoken or painted anew is paid like a first one: by the length that it comes to have."""
        return bool(self.whole) and self.how in ("made", "rewritten")

    @property
    def again_s(self) -> float:
        """Seconds of film that are not taken over as they are."""
        return self.made_s + self.drawn_s

    @property
    def usage(self) -> Usage:
        return Usage(seconds=max(LEAST_S, self.made_s + DRAWN_COUNTS * self.drawn_s), hd=self.hd)


def redo_of(scenes: Sequence[Scene], version: FilmState) -> tuple[str, ...]:
    """What another take was asked of, as an order names it."""
    names = sections_of(scenes, version.sections)
    return tuple(
        f"section:{name}:{take}" for name, scene in zip(names, scenes, strict=True) for take in Wish.of(scene).again
    )


def changes_of(project: ProjectDetail, version: FilmState, redo: Collection[str] = ()) -> Changes:
    """Of a project against its version; `redo` is what is ordered again although nothing changed."""
    asked, before = FilmBrief.of(project), FilmBrief.of(_as_it_was(project, version))
    whole = [(how, why) for how, names, why in _FIELDS if any(_of(asked, n) != _of(before, n) for n in names)]
    if "script" in redo:
        whole.append(("rewritten", "another script"))
    scenes = _scenes(project.scenes, version, _retaken(redo, version), other_hook=asked.brief.hook != before.brief.hook)
    hd = usage_of(asked.brief).hd
    most = _most(how for how, _ in whole)
    reasons = tuple(why for _, why in whole)
    if most == "rewritten":
        film_s = asked.brief.minutes * 60
        return Changes((), reasons, most, film_s, film_s, 0.0, hd, loses_edits=bool(scenes) or version.is_edited)
    film_s = sum(one.seconds for one in scenes.values()) + sum(
        _length(scene) for scene in project.scenes if scene.id not in scenes
    )
    made_s = film_s if most == "made" else sum(one.seconds for one in scenes.values() if one.how == "made")
    drawn_s = sum(one.seconds for one in scenes.values() if one.how == "drawn")
    drawn_s = film_s - made_s if most == "drawn" else min(drawn_s, film_s - made_s)
    places = {scene.id: place for place, scene in enumerate(version.scenes)}
    moved_s = sum(_length(one) for n, one in enumerate(project.scenes) if places.get(one.id, n) != n)
    moved = [one.id for one in project.scenes] != [*places]
    hows: list[How] = [one.how for one in scenes.values()] + [how for how, _ in whole]
    how = _most([*hows, "joined"] if moved else hows)
    return Changes(tuple(scenes.values()), reasons, how, film_s, made_s, drawn_s, hd, moved_s)


def stale_of(project: ProjectDetail, version: FilmState) -> frozenset[UUID]:
    """The scenes that are not what they are in the film."""
    retaken = _retaken(redo_of(project.scenes, version), version)
    return frozenset(_scenes(project.scenes, version, retaken, other_hook=False))


def usage_for(projects: Projects, project: ProjectDetail, redo: Collection[str]) -> Usage:
    """What a project's next film is paid by: its first one by its length, an edit by what it makes again."""
    asked = FilmBrief.of(project)
    if project.current_version is None:
        return usage_of(asked.brief)
    version = FilmState.of(projects.version(project.user_id, project.current_version).snapshot)
    return changes_of(project, version, redo).usage


def expected_s(changes: Changes, whole: Mapping[Stage, float], asked_s: float) -> dict[Stage, float]:
    """Seconds of each stage, from those that a whole film of `asked_s` takes."""
    longer = changes.film_s / asked_s
    made = changes.made_s / max(changes.film_s, 1e-9)
    again = min(1.0, (changes.again_s + changes.moved_s) / max(changes.film_s, 1e-9))
    shares: dict[Stage, float] = {"VOICE_GEN": made, "ALIGNMENT": made, "IMAGE_GEN": made, "RENDERING": again}
    if changes.how != "rewritten":
        shares["SCRIPTING"] = 0.0
    expected = {stage: seconds * longer * shares.get(stage, 1.0) for stage, seconds in whole.items()}
    expected["RENDERING"] = expected.get("RENDERING", 0.0) + JOINED_S_A_MINUTE * changes.film_s / 60
    return expected


def _as_it_was(project: Project, version: FilmState) -> Project:
    return project.model_copy(update=version.project.model_dump(exclude_none=True))


def _of(brief: FilmBrief, name: str) -> object:
    return getattr(brief.files if name in type(brief.files).model_fields else brief.brief, name)


def _retaken(redo: Collection[str], version: FilmState) -> Mapping[str, set[str]]:
    """Sections by what is asked of them once more."""
    found: dict[str, set[str]] = {}
    for match in filter(None, map(_REDO.fullmatch, redo)):
        place, take = match.groups()
        number = int(place) if place.isdigit() else 0
        name = version.sections[number - 1] if 1 <= number <= len(version.sections) else place
        found.setdefault(name, set()).add(take)
    return found


def _scenes(
    scenes: Sequence[Scene], version: FilmState, retaken: Mapping[str, set[str]], *, other_hook: bool
) -> dict[UUID, ChangedScene]:
    made = dict(zip(version.sections, version.scenes, strict=True))
    changed = {}
    for place, (name, scene) in enumerate(zip(sections_of(scenes, made), scenes, strict=True), 1):
        found = [*_differences(scene, made.get(name) or made.get(Wish.of(scene).like))]
        found += [("made", f"another {take}") for take in sorted(retaken.get(name, ()))]
        found += [("drawn", "a copy")] if name not in made and Wish.of(scene).like in made else []
        found += [("made", "another opening")] if other_hook and place == 1 else []
        how = _most(kind for kind, _ in found)
        if how is not None:
            before = made.get(name) or made.get(Wish.of(scene).like)
            changed[scene.id] = ChangedScene(
                scene.id, place, how, tuple(what for _, what in found), _length(scene, before)
            )
    return changed


def _differences(scene: Scene, before: Scene | None) -> Iterator[tuple[How, str]]:
    if before is None:
        yield "made", "a new scene"
        return
    (words, visual, on_screen), (old_words, old_visual, old_on_screen) = words_of(scene), words_of(before)
    wish, old = Wish.of(scene), Wish.of(before)
    if words != old_words:
        yield "made", "other words"
    if visual != old_visual:
        yield ("drawn" if wish.picture else "made"), "another picture to paint"
    if on_screen != old_on_screen:
        yield "drawn", "another line on screen"
    if wish.picture != old.picture:
        yield "drawn", "a picture of your own" if wish.picture else "its painted pictures again"
    if wish.motion != old.motion:
        yield "drawn", "another movement"


def _length(scene: Scene, before: Scene | None = None) -> float:
    """As long as it is in the film, or as its words are against those that it had."""
    timed = before or scene
    known_s = float(timed.settings.get("end_s") or 0) - float(timed.settings.get("start_s") or 0)
    words = len(scene.narration.split())
    if before is None and known_s > 0:
        return known_s
    spoken = len(before.narration.split()) if before else 0
    return known_s * words / spoken if known_s > 0 and spoken else words / WORDS_A_SECOND


def _most(hows: Iterable[How]) -> How | None:
    return max(hows, key=_ORDER.index, default=None)
