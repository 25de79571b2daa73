"""Scenes at the desk: change them one by one, see what a change costs before it is made, and take it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from uuid import UUID, uuid4

from pydantic import ValidationError

from pipeline.making import from_environment
from pipeline.making.estimate import estimate
from pipeline.making.setup import presets_of
from pipeline.timeline.models import Motion
from studio.callers import Caller
from studio.desk.films import FilmsDesk
from studio.desk.links import KeptLinks
from studio.desk.scene_views import (
    STILLS,
    Change,
    SceneChange,
    SceneView,
    problem_of,
    sentence_of,
    shown_of,
    view_of,
)
from studio.desk.views import JobView
from studio.errors import Conflict, FileMissing, FileRefused, InvalidValue, NotFound
from studio.files.paths import owned
from studio.films import (
    MOST_SCENES,
    FilmBrief,
    FilmState,
    GivenFile,
    Take,
    Wish,
    brief_of,
    changes_of,
    expected_s,
    kind_of,
    on_screen_of,
    project_fields,
    redo_of,
    return_to,
    sections_of,
    stale_of,
)
from studio.identity import Scope
from studio.installation import Installation
from studio.projects import ProjectDetail, Scene

__all__ = ["Change", "SceneChange", "SceneView", "Scenes"]
_CLIPS = frozenset({".mp4", ".mov", ".webm"})
_LONGEST_NARRATION, _LONGEST_VISUAL, _LONGEST_LINE = 20_000, 2000, 80


@dataclass(frozen=True)
class _Film:
    """A project with the film that its scenes are compared with."""

    project: ProjectDetail
    version: FilmState

    def place_of(self, scene: UUID) -> int:
        for place, one in enumerate(self.project.scenes):
            if one.id == scene:
                return place
        raise NotFound("There is no such scene in this film any more.")

    def fresh_section(self) -> str:
        """A name for one more scene."""
        one_more = Scene(id=uuid4(), narration="", visual="")
        return sections_of([*self.project.scenes, one_more], self.version.sections)[-1]


class Scenes:
    def __init__(self, installation: Installation, films: FilmsDesk) -> None:
        self._installation = installation
        self._films = films
        self._links = KeptLinks(installation.files)

    def scenes(self, caller: Caller, project: UUID) -> tuple[SceneView, ...]:
        """In their order; none while there is no film."""
        user = caller.require_user(Scope.READ)
        found = self._installation.projects.get(user, project)
        if found.current_version is None:
            return ()
        film = self._film_of(user, found)
        pictures = self._pictures(user, found)
        stale = stale_of(found, film.version)
        wanted = [path for scene in found.scenes for path in shown_of(scene, pictures)]
        links = self._links.of(user, wanted)
        return tuple(
            view_of(
                scene, place, [links[path] for path in shown_of(scene, pictures) if path in links], scene.id in stale
            )
            for place, scene in enumerate(found.scenes, 1)
        )

    def change(
        self,
        caller: Caller,
        project: UUID,
        scene: UUID,
        *,
        narration: str | None = None,
        visual: str | None = None,
        on_screen: str | None = None,
        motion: Motion | None = None,
        picture: GivenFile | None = None,
        clear_picture: bool = False,
        clear_motion: bool = False,
    ) -> SceneView:
        """What is left out stays as it is. Nothing is made of it yet."""
        _require_short(narration=(narration, _LONGEST_NARRATION), visual=(visual, _LONGEST_VISUAL))
        _require_short(on_screen=(on_screen, _LONGEST_LINE))
        if picture:
            _require_picture(picture, caller.require_user(Scope.MAKE))

        def changed(old: Scene) -> Scene:
            wish = Wish.of(old)
            if (
                motion not in (None, "none", "kenburns_in")
                and old.settings.get("card")
                and not (picture or wish.picture)
            ):
                raise InvalidValue(
                    "This scene is a card with words: it zooms in or holds still, so that none are cut off."
                )
            shown = None if clear_picture else picture or wish.picture
            found = old.model_copy(
                update={
                    "narration": old.narration if narration is None else narration,
                    "visual": old.visual if visual is None else visual,
                    "settings": {**old.settings, "on_screen": on_screen_of(old) if on_screen is None else on_screen},
                }
            )
            moved = None if clear_motion else motion or wish.motion
            return _checked({**wish.model_dump(), "motion": moved, "picture": shown}).on(found)

        self._require_decent(caller, f"{narration or ''}\n{on_screen or ''}", visual or "")
        return self._changed(caller, project, scene, changed)

    def another_picture(self, caller: Caller, project: UUID, scene: UUID) -> SceneView:
        """Other pictures of the same words, painted when the changes are made."""
        return self._again(caller, project, scene, "picture")

    def another_voice(self, caller: Caller, project: UUID, scene: UUID) -> SceneView:
        """The same words spoken anew when the changes are made."""
        return self._again(caller, project, scene, "voice")

    def move(self, caller: Caller, project: UUID, scene: UUID, to: int) -> tuple[SceneView, ...]:
        """To a place counted from 0. The opening stays where it is."""
        film = self._film(caller, project)
        scenes = [*film.project.scenes]
        place = film.place_of(scene)
        if place == 0 or to < 1:
            raise InvalidValue("A film begins with its opening: it stays the first scene.", details={"field": "to"})
        scenes.insert(min(to, len(scenes) - 1), scenes.pop(place))
        return self._kept(caller, film, scenes)

    def delete(self, caller: Caller, project: UUID, scene: UUID) -> tuple[SceneView, ...]:
        film = self._film(caller, project)
        if film.place_of(scene) == 0:
            raise InvalidValue("A film begins with its opening: change its words instead of deleting it.")
        return self._kept(caller, film, [one for one in film.project.scenes if one.id != scene])

    def duplicate(self, caller: Caller, project: UUID, scene: UUID) -> tuple[SceneView, ...]:
        """The same scene once more, right behind it."""
        film = self._film(caller, project)
        place = film.place_of(scene)
        return self._added(caller, film, place, _copy(film, film.project.scenes[place]))

    def add(
        self, caller: Caller, project: UUID, after: UUID, narration: str = "", visual: str = ""
    ) -> tuple[SceneView, ...]:
        """A scene of the creator's own. Its words may come later, but before the film is made."""
        _require_short(narration=(narration, _LONGEST_NARRATION), visual=(visual, _LONGEST_VISUAL))
        film = self._film(caller, project)
        self._require_decent(caller, narration, visual)
        settings: dict[str, object] = {"section": film.fresh_section(), "kind": "beat"}
        own = Scene(id=uuid4(), narration=narration, visual=visual, state="stale", settings=settings)
        return self._added(caller, film, film.place_of(after), own)

    def style(
        self,
        caller: Caller,
        project: UUID,
        *,
        captions: str | None = None,
        music: str | None = None,
        look: str | None = None,
        pack: str | None = None,
        voice: str | None = None,
        pace: str | None = None,
    ) -> Change:
        """What holds for the whole film; an empty name is the niche's own choice."""
        user = caller.require_user(Scope.MAKE)
        film = self._film(caller, project)
        given = {"captions": captions, "music": music, "look": look, "pack": pack, "voice": voice, "pace": pace}
        chosen: dict[str, object] = {name: value for name, value in given.items() if value is not None}
        if "captions" in chosen:
            chosen["captions"] = captions or None
        brief = {**brief_of(film.project), **chosen}
        if music is not None:
            brief.pop("own_music", None)
        presets_of(FilmBrief.given(brief, user).brief)
        self._installation.projects.save(user, project, project_fields(brief))
        return self.changes(caller, project)

    def changes(self, caller: Caller, project: UUID) -> Change:
        """What would be made again now. Raises Conflict while there is no film yet."""
        user = caller.require_user(Scope.READ)
        film = self._film(caller, project, Scope.READ)
        found = changes_of(film.project, film.version, redo_of(film.project.scenes, film.version))
        brief = FilmBrief.of(film.project).brief
        credits = 0 if found.nothing else self._installation.credits.quote(found.usage).credits
        waiting_s = 0.0
        if not found.nothing:
            whole = estimate(brief, from_environment(brief)).seconds
            waiting_s = sum(expected_s(found, whole, brief.minutes * 60).values())
        enough = credits <= self._installation.credits.account(user).balance
        problem = problem_of(film.project.scenes, found)
        return Change(
            nothing=found.nothing,
            whole_film=bool(found.whole) or found.how == "joined",
            why=found.whole,
            scenes=tuple(SceneChange(scene=one.scene, place=one.place, what=one.what) for one in found.scenes),
            film_seconds=round(found.again_s, 1),
            credits=credits,
            seconds=round(waiting_s, 1),
            enough=enough,
            problem=problem,
            sentence=problem or sentence_of(found, credits, waiting_s, enough=enough),
        )

    def make_changes(self, caller: Caller, project: UUID, job: UUID | None = None) -> JobView:
        """The film with its changes, as a new version. The same job id again starts nothing."""
        caller.require_user(Scope.MAKE)
        if job and (known := self._known(caller, job)):
            return known
        change = self.changes(caller, project)
        if change.nothing:
            raise Conflict("Nothing was changed since the film was made.")
        if change.problem:
            raise InvalidValue(change.problem)
        what = ", ".join(change.why) or ", ".join(sorted({why for scene in change.scenes for why in scene.what}))
        return self._films.generate(caller, project, job, note=(what or "another order")[:1].upper() + what[1:200])

    def undo(self, caller: Caller, project: UUID) -> tuple[SceneView, ...]:
        """Back to the scenes and choices of the film as it is."""
        user = caller.require_user(Scope.MAKE)
        found = self._film(caller, project).project
        if found.current_version is not None:
            return_to(self._installation.store, user, project, found.current_version)
        return self.scenes(caller, project)

    def _again(self, caller: Caller, project: UUID, scene: UUID, take: Take) -> SceneView:
        def changed(old: Scene) -> Scene:
            wish = Wish.of(old)
            if not old.settings.get("end_s"):
                raise InvalidValue("This scene is not in the film yet: make the changes first.")
            if take == "picture" and wish.picture:
                raise InvalidValue("This scene shows your own picture. Go back to the painted one first.")
            return wish.model_copy(update={"again": tuple(sorted({*wish.again, take}))}).on(old)

        return self._changed(caller, project, scene, changed)

    def _changed(self, caller: Caller, project: UUID, scene: UUID, change: Callable[[Scene], Scene]) -> SceneView:
        film = self._film(caller, project)
        place = film.place_of(scene)
        scenes = [change(one) if one.id == scene else one for one in film.project.scenes]
        return self._kept(caller, film, scenes)[place]

    def _added(self, caller: Caller, film: _Film, after: int, scene: Scene) -> tuple[SceneView, ...]:
        scenes = [*film.project.scenes]
        if len(scenes) >= MOST_SCENES:
            raise InvalidValue(f"A film has at most {MOST_SCENES} scenes. Join some of them.")
        return self._kept(caller, film, [*scenes[: after + 1], scene, *scenes[after + 1 :]])

    def _kept(self, caller: Caller, film: _Film, scenes: Sequence[Scene]) -> tuple[SceneView, ...]:
        user = caller.require_user(Scope.MAKE)
        changed = film.project.model_copy(update={"scenes": [*scenes]})
        stale = stale_of(changed, film.version)
        marked = [scene.model_copy(update={"state": "stale" if scene.id in stale else "ready"}) for scene in scenes]
        self._installation.projects.save_scenes(user, film.project.id, marked)
        return self.scenes(caller, film.project.id)

    def _film(self, caller: Caller, project: UUID, scope: Scope = Scope.MAKE) -> _Film:
        user = caller.require_user(scope)
        return self._film_of(user, self._installation.projects.get(user, project))

    def _film_of(self, user: UUID, project: ProjectDetail) -> _Film:
        if project.current_version is None:
            raise Conflict("There is no film to change yet.")
        version = self._installation.projects.version(user, project.current_version)
        return _Film(project, FilmState.of(version.snapshot))

    def _pictures(self, user: UUID, project: ProjectDetail) -> Mapping[str, str]:
        """Where the pictures of the current film lie."""
        assets = self._installation.projects.assets(user, project.id, "image")
        return {str(one.meta.get("name")): one.path for one in assets if one.version_id == project.current_version}

    def _known(self, caller: Caller, job: UUID) -> JobView | None:
        try:
            return self._films.job(caller, job)
        except NotFound:
            return None

    def _require_decent(self, caller: Caller, spoken: str, visual: str) -> None:
        """Words tell; what a picture shows is an instruction from its first word to its last."""
        self._installation.gate.text(caller, "notes", spoken)
        self._installation.gate.text(caller, "prompt", visual)


def _copy(film: _Film, scene: Scene) -> Scene:
    """It looks like its original until something else is chosen; the opening's copy is a scene like others."""
    wish, section = Wish.of(scene), str(scene.settings.get("section") or "")
    kind = kind_of(scene)
    kept = {name: scene.settings.get(name) for name in ("title", "on_screen", "motion", "pictures")}
    like = wish.like or (section if section in film.version.sections else "")
    settings: dict[str, object] = {**kept, "section": film.fresh_section(), "kind": "beat" if kind == "hook" else kind}
    copy = Scene(id=uuid4(), narration=scene.narration, visual=scene.visual, state="stale", settings=settings)
    return wish.model_copy(update={"like": like, "again": ()}).on(copy)


def _checked(wish: Mapping[str, object]) -> Wish:
    try:
        return Wish.model_validate(wish)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = str(first["loc"][0])
        raise InvalidValue(f"{field}: {first['msg']}.", details={"field": field}) from error


def _require_short(**given: tuple[str | None, int]) -> None:
    for field, (text, longest) in given.items():
        if text is not None and len(text) > longest:
            name = field.replace("_", " ")
            raise InvalidValue(f"The {name} may have {longest:,} letters at most.", details={"field": field})


def _require_picture(picture: GivenFile, user: UUID) -> None:
    try:
        owned(picture.path, user)
    except (FileMissing, FileRefused) as error:
        raise InvalidValue(f"{picture.name} is not one of your files. Upload it.") from error
    if PurePosixPath(picture.path).suffix.lower() not in STILLS | _CLIPS:
        raise InvalidValue(f"{picture.name} is neither a picture nor a clip.", details={"field": "picture"})
