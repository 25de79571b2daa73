"""A version is everything that a project's next film starts from, so that another machine can go on and undo is a step.

Scenes are the script as its creator edits it: what they changed since the version goes into the script file, where the
pipeline finds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5

from pipeline.build import fingerprint
from pipeline.errors import ScriptError
from pipeline.making import Bundle
from pipeline.making.film import STATE
from pipeline.making.scripting import SCRIPT_FILE
from pipeline.scripts import text as script_text
from pipeline.scripts.models import Script, Section, section_id
from studio.jobs import ClaimedJob
from studio.projects import Project, ProjectDetail, ProjectFields, Projects, Scene
from studio.store import Store
from studio.store.records import Record

_MOST_SCENES = 99
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

    def version_id(self, job: ClaimedJob) -> UUID:
        """The same job with the same outcome is the same version, however often it is noted."""
        return uuid5(job.id, fingerprint(self.model_dump(mode="json")))


@dataclass(frozen=True)
class Beginning:
    """What a project's film starts from: its last version, if it has one, and its scenes as they are now."""

    base: UUID | None
    version: FilmState | None
    scenes: Sequence[Scene]

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
        return cls(base, state, project.scenes)

    def lay_out(self, folder: Path) -> None:
        """Put takes and script where the pipeline looks for them."""
        if self.version is None:
            return
        folder.mkdir(parents=True, exist_ok=True)
        (folder / STATE).write_text(self.version.takes, encoding="utf-8")
        (folder / SCRIPT_FILE).write_bytes(_edited(self.version, self.scenes).encode())


def state_of(bundle: Bundle, project: Project, base: UUID | None) -> FilmState:
    """A finished film as the version that its next one starts from."""
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
        scenes=tuple(_scenes(bundle, script, project.id)),
        base=base,
    )


def merged(made: Sequence[Scene], before: Sequence[Scene], now: Sequence[Scene]) -> list[Scene]:
    """The film's scenes; where their creator wrote something else while it was made, what they wrote stays."""
    began = {scene.id: _words(scene) for scene in before}
    written = {scene.id: scene for scene in now if scene.id in began and _words(scene) != began[scene.id]}
    return [
        scene.model_copy(update={"narration": new.narration, "visual": new.visual, "state": "stale"})
        if (new := written.get(scene.id))
        else scene
        for scene in made
    ]


def return_to(store: Store, user: UUID, project: UUID, version: UUID) -> ProjectDetail:
    """Back to an earlier version with its brief and scenes, or forward again. Nothing is made and nothing lost."""
    projects = Projects(store)
    state = FilmState.of(projects.version(user, version).snapshot)
    projects.use_version(user, project, version)
    projects.save(user, project, state.project)
    projects.save_scenes(user, project, state.scenes)
    return projects.get(user, project)


def _scenes(bundle: Bundle, script: Script, project: UUID) -> list[Scene]:
    fps = bundle.timeline.fps
    return [
        Scene(
            id=uuid5(project, segment.id),
            narration=section.narration,
            visual=section.visual,
            state="ready",
            settings={
                "section": segment.id,
                "kind": section.kind,
                "title": section.title,
                "on_screen": section.on_screen,
                "start_s": round(segment.start_frame / fps, 3),
                "end_s": round(segment.end_frame / fps, 3),
                "pictures": [visual.path for visual in segment.visuals],
                "sound": segment.audio_path,
            },
        )
        for segment, section in zip(bundle.timeline.segments, script.sections, strict=True)
    ]


def _edited(version: FilmState, scenes: Sequence[Scene]) -> str:
    """The version's script with what its creator changed, moved, removed or added; untouched it stays byte for byte."""
    if [(scene.id, *_words(scene)) for scene in scenes] == [(scene.id, *_words(scene)) for scene in version.scenes]:
        return version.script
    if len(scenes) > _MOST_SCENES:
        raise ScriptError(f"A film has at most {_MOST_SCENES} scenes. Join some of them.")
    script = script_text.read(version.script)
    known = dict(zip(version.sections, script.sections, strict=True))
    sections = tuple(_section(scene, place, known) for place, scene in enumerate(scenes, 1))
    if not sections or sections[0].kind != "hook":
        raise ScriptError("A film begins with its hook: put that scene first again.")
    opening = script.hooks[script.chosen_hook - 1].model_copy(
        update={"narration": sections[0].narration, "on_screen": sections[0].on_screen}
    )
    hooks = tuple(opening if i == script.chosen_hook else hook for i, hook in enumerate(script.hooks, 1))
    return script_text.write(script.model_copy(update={"sections": sections, "hooks": hooks}))


def _section(scene: Scene, place: int, known: dict[str, Section]) -> Section:
    """A scene that the script does not know is a beat of its creator's own."""
    section = known.get(str(scene.settings.get("section")))
    narration = scene.narration.strip()
    if not narration:
        raise ScriptError(f"Scene {place} has no words to speak. Write some, or delete the scene.")
    if section is None:
        title = str(scene.settings.get("title") or "")[:120]
        return Section(id=section_id(place, "beat"), kind="beat", title=title, narration=narration, visual=scene.visual)
    return section.model_copy(update={"narration": narration, "visual": scene.visual})


def _words(scene: Scene) -> tuple[str, str]:
    return scene.narration.strip(), " ".join(scene.visual.split())
