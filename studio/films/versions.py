"""A version is everything that a project's next film starts from, so that another machine can go on and undo is a step.

Scenes are the script as its creator edits it: what they changed since the version goes into the script file, where the
pipeline finds it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5

from pipeline.build import fingerprint
from pipeline.errors import ScriptError
from pipeline.making import Bundle
from pipeline.making.film import STATE
from pipeline.making.job import Takes
from pipeline.making.scripting import SCRIPT_FILE
from pipeline.scripts import text as script_text
from pipeline.scripts.models import Script, Section
from studio.films.wishes import Wish, kind_of, on_screen_of, sections_of, words_of
from studio.jobs import ClaimedJob
from studio.projects import Project, ProjectDetail, ProjectFields, Projects, Scene
from studio.store import Store
from studio.store.records import Record

_BRIEF_FIELDS = {"niche", "brief", "target_minutes", "voice", "aspect", "transcript_mode"}


class FilmState(Record):
    """What a version holds: the script, which takes of what, the brief, and the scenes as a page shows them."""

    title: str
    seconds: float
    sections: tuple[str, ...]
    script: str
    takes: str
    project: ProjectFields
    scenes: tuple[Scene, ...]
    base: UUID | None = None
    """The version that it was made from."""

    @property
    def is_edited(self) -> bool:
        """Whether its words are no longer what the writer wrote."""
        return "edit" in json.loads(self.takes)

    def version_id(self, job: ClaimedJob) -> UUID:
        """The same job with the same outcome is the same version, however often it is noted."""
        return uuid5(job.id, fingerprint(self.model_dump(mode="json")))


@dataclass(frozen=True)
class Beginning:
    """What a project's film starts from: its last version, if it has one, and its scenes as they are now."""

    base: UUID | None
    version: FilmState | None
    scenes: Sequence[Scene]
    hook: int | None = None
    """The opening that was chosen since."""

    @classmethod
    def of(cls, projects: Projects, project: ProjectDetail, job: ClaimedJob) -> Beginning:
        """Every attempt at a job starts from the same version, also after one that noted its own and was killed."""
        base, state = project.current_version, None
        if base is not None:
            version = projects.version(project.user_id, base)
            state = FilmState.of(version.snapshot)
            if version.job_id == job.id:
                base = state.base
                state = FilmState.of(projects.version(project.user_id, base).snapshot) if base else None
        hook = project.brief.get("hook")
        is_other = state is not None and hook != (state.project.brief or {}).get("hook")
        return cls(base, state, project.scenes, hook if is_other else None)

    def lay_out(self, folder: Path, *, rewritten: bool = False) -> None:
        """Put takes and script where the pipeline looks for them. With a film, the script has become its creator's."""
        if self.version is None:
            return
        folder.mkdir(parents=True, exist_ok=True)
        (folder / STATE).write_text(self.version.takes, encoding="utf-8")
        if rewritten:
            return
        text = _edited(self.version, self.scenes, self.sections, self.hook).encode()
        (folder / SCRIPT_FILE).write_bytes(text)
        Takes(folder / STATE).keep_script(hashlib.sha256(text).hexdigest(), self.sections)

    @property
    def sections(self) -> list[str]:
        """Which section of the script each scene is."""
        return sections_of(self.scenes, self.version.sections if self.version else ())

    @property
    def wishes(self) -> dict[str, Wish]:
        if self.version is None:
            return {}
        return {section: Wish.of(scene) for section, scene in zip(self.sections, self.scenes, strict=True)}


def state_of(
    bundle: Bundle, project: Project, beginning: Beginning, redo: Collection[str] = (), *, rewritten: bool = False
) -> FilmState:
    """A finished film as the version that its next one starts from. A new script is nobody's scene of before."""
    before = {} if rewritten else dict(zip(beginning.sections, beginning.scenes, strict=True))
    timeline = bundle.timeline
    text = (bundle.folder / SCRIPT_FILE).read_bytes().decode()
    script = script_text.read(text)
    fields = {name: getattr(project, name) for name in _BRIEF_FIELDS}
    return FilmState(
        title=timeline.title,
        seconds=timeline.frames / timeline.fps,
        sections=tuple(segment.id for segment in timeline.segments),
        script=text,
        takes=(bundle.folder / STATE).read_text(encoding="utf-8"),
        project=ProjectFields(**fields),
        scenes=tuple(_scenes(bundle, script, project.id, before, redo)),
        base=beginning.base,
    )


def merged(made: Sequence[Scene], before: Sequence[Scene], now: Sequence[Scene]) -> list[Scene]:
    """The film's scenes; where their creator changed something else while it was made, what they did stays."""
    began = {scene.id: scene for scene in before}
    film = {scene.id: scene for scene in made}
    if [_asked(scene) for scene in now] == [_asked(scene) for scene in before]:
        return [*made]
    return [
        film[scene.id]
        if scene.id in film and scene.id in began and _asked(scene) == _asked(began[scene.id])
        else _meanwhile(scene, film.get(scene.id))
        for scene in now
    ]


def return_to(store: Store, user: UUID, project: UUID, version: UUID) -> ProjectDetail:
    """Back to an earlier version with its brief and scenes, or forward again. Nothing is made and nothing lost."""
    projects = Projects(store)
    state = FilmState.of(projects.version(user, version).snapshot)
    projects.use_version(user, project, version)
    projects.save(user, project, state.project)
    projects.save_scenes(user, project, state.scenes)
    return projects.get(user, project)


def _asked(scene: Scene) -> tuple[object, ...]:
    """All that its creator decides of a scene."""
    return scene.id, *words_of(scene), Wish.of(scene)


def _meanwhile(scene: Scene, made: Scene | None) -> Scene:
    """A scene that was changed while the film was made: where it is in the film, and what is to become of it."""
    settings = {**(made.settings if made else {}), "on_screen": on_screen_of(scene)}
    changed = scene.model_copy(update={"state": "stale", "settings": {**scene.settings, **settings}})
    return Wish.of(scene).on(changed)


def _scenes(
    bundle: Bundle, script: Script, project: UUID, before: Mapping[str, Scene], redo: Collection[str]
) -> Iterator[Scene]:
    fps, cards = bundle.timeline.fps, Takes(bundle.folder / STATE).cards
    for segment, section in zip(bundle.timeline.segments, script.sections, strict=True):
        old = before.get(segment.id)
        wish = Wish.of(old) if old else Wish()
        left = tuple(take for take in wish.again if f"section:{segment.id}:{take}" not in redo)
        scene = Scene(
            id=old.id if old else uuid5(project, segment.id),
            narration=section.narration,
            visual=section.visual,
            state="stale" if left else "ready",
            settings={
                "section": segment.id,
                "kind": section.kind,
                "title": section.title,
                "on_screen": section.on_screen,
                "start_s": round(segment.start_frame / fps, 3),
                "end_s": round(segment.end_frame / fps, 3),
                "pictures": [visual.path for visual in segment.visuals],
                "motion": segment.visuals[0].motion,
                "card": segment.id in cards,
                "sound": segment.audio_path,
            },
        )
        yield wish.model_copy(update={"again": left}).on(scene)


def _edited(version: FilmState, scenes: Sequence[Scene], ids: Sequence[str], hook: int | None) -> str:
    """The version's script with what its creator changed, moved, removed or added; untouched it stays byte for byte."""
    asked, made = ([(one.id, *words_of(one)) for one in many] for many in (scenes, version.scenes))
    if asked == made and hook is None:
        return version.script
    script = script_text.read(version.script)
    known = dict(zip(version.sections, script.sections, strict=True))
    sections = tuple(
        _section(scene, name, place, known) for place, (scene, name) in enumerate(zip(scenes, ids, strict=True), 1)
    )
    if not sections or sections[0].kind != "hook":
        raise ScriptError("A film begins with its hook: put that scene first again.")
    if hook and hook <= len(script.hooks) and asked[:1] == made[:1]:
        opening = script.hooks[hook - 1]
        said = {"narration": opening.narration, "on_screen": opening.on_screen, "sources": opening.sources}
        sections = (sections[0].model_copy(update=said), *sections[1:])
        script = script.model_copy(update={"chosen_hook": hook})
    spoken = script.hooks[script.chosen_hook - 1].model_copy(
        update={"narration": sections[0].narration, "on_screen": sections[0].on_screen}
    )
    hooks = tuple(spoken if i == script.chosen_hook else one for i, one in enumerate(script.hooks, 1))
    return script_text.write(script.model_copy(update={"sections": sections, "hooks": hooks}))


def _section(scene: Scene, name: str, place: int, known: dict[str, Section]) -> Section:
    """A scene that the script does not know is a copy of one that it knows, or its creator's own."""
    section = known.get(name) or known.get(Wish.of(scene).like)
    narration, visual, on_screen = words_of(scene)
    if not narration:
        raise ScriptError(f"Scene {place} has no words to speak. Write some, or delete the scene.")
    if section is None:
        title = str(scene.settings.get("title") or "")[:120]
        section = Section(id=name, kind=kind_of(scene), title=title, narration=narration)
    said = {"id": name, "kind": kind_of(scene), "narration": narration, "visual": visual, "on_screen": on_screen[:80]}
    return section.model_copy(update=said)
