"""A timeline becomes a film: stretches of closed video through the build, the sound beside them, then one join."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

import av

from pipeline.build import Artifact, Recipe, Workspace, hash_of_file, hash_of_sources
from pipeline.errors import PipelineError, RenderError
from pipeline.machine import cores
from pipeline.progress import Cancel, Made, Meter, Progress, silent
from pipeline.render import encode, film_layers, join, motion
from pipeline.render.chapters import Chapter
from pipeline.render.delivery import delivered
from pipeline.render.encode import Encoding
from pipeline.render.glimpse import Glimpse
from pipeline.render.memory import give_back_what_is_freed
from pipeline.render.planes import Planes
from pipeline.render.scenes import Scene, Shown, check_assets, shown
from pipeline.render.soundtrack import soundtrack
from pipeline.sound.mixing import MixReport
from pipeline.sound.plan import MixPlan, plan_of
from pipeline.timeline.models import Timeline
from pipeline.timeline.schedule import Section, sections

STRETCH_S = 10
"""A long scene is encoded in stretches of this length, so that several cores can share one scene."""


@dataclass(frozen=True)
class Stretch:
    """Frames of one section, counted from its start, that are encoded together."""

    position: int
    first: int
    last: int

    @property
    def frames(self) -> int:
        return self.last - self.first


@dataclass
class RenderReport:
    """What was done, and how long it took."""

    encoder: str
    frames: int
    stretches: int = 0
    stretches_made: int = 0
    seconds: float = 0
    warnings: list[str] = field(default_factory=list)
    sound: MixReport | None = None


class Film:
    """A timeline with its files, ready to be drawn, encoded or opened elsewhere."""

    def __init__(self, timeline: Timeline, base: Path) -> None:
        self.timeline = timeline
        self.base = base
        self.transition = film_layers.transition_of(timeline, base)
        self.sections = sections(timeline, self.transition)
        self.strength = motion.STRENGTH * film_layers.pack_of(timeline, base).motion_strength

    def following(self, position: int) -> Section | None:
        return self.sections[position + 1] if position + 1 < len(self.sections) else None

    def scene(self, position: int) -> Scene:
        """One section, ready to be drawn frame by frame."""
        section = self.sections[position]
        layers = (
            film_layers.card_layers(self.timeline, section.card, self.base)
            if section.card
            else film_layers.segment_layers(self.timeline, section.index, self.base)
        )
        return Scene(self.timeline, self.base, section, self.following(position), layers, self.strength)

    def position_at(self, frame: int) -> int:
        """Which section a frame of the film lies in."""
        return max(i for i, section in enumerate(self.sections) if section.start <= frame)

    def stretches(self) -> Iterator[Stretch]:
        """The whole film in order. A transition into the next section is a stretch of its own: it depends on both."""
        longest = STRETCH_S * self.timeline.fps
        for position, section in enumerate(self.sections):
            parts = max(1, -(-section.body_frames // longest))
            edges = [round(section.body_frames * i / parts) for i in range(parts + 1)]
            for first, last in pairwise(edges):
                yield Stretch(position, first, last)
            if section.exits[-1].frames:
                yield Stretch(position, section.body_frames, section.frames)

    def segments_seen(self, stretch: Stretch) -> Iterator[int]:
        """The segments whose pictures a stretch shows."""
        section, following = self.sections[stretch.position], self.following(stretch.position)
        if section.card is None:
            yield section.index
        if stretch.first >= section.body_frames and following and following.card is None:
            yield following.index

    def recipe(self, stretch: Stretch, how: Encoding) -> Recipe:
        """Everything that the frames of a stretch depend on, and nothing else."""
        section = self.sections[stretch.position]
        joint = stretch.first >= section.body_frames
        seen = shown(section, self.following(stretch.position) if joint else None)
        inputs = {
            "code": self._code,
            "encoding": how.key(),
            "frame": [self.timeline.width, self.timeline.height, self.timeline.fps],
            "background": self.timeline.theme.background,
            "strength": self.strength,
            "range": [stretch.first, stretch.last],
            "seen": [self._seen_key(what) for what in seen],
            "exits": [[e.transition.model_dump(), e.frames] for e in section.exits[: None if joint else -1]],
            "layers": self._layers_key(section),
        }
        return Recipe("stretch", inputs, f".{how.container}")

    def _layers_key(self, section: Section) -> dict[str, Any] | None:
        if section.card:
            return film_layers.card_key(self.timeline, section.card, self.base)
        return film_layers.layers_key(self.timeline, section.index, self.base)

    def _seen_key(self, what: Shown) -> dict[str, object]:
        visual = what.slot.visual
        return {
            "from": what.slot.start,
            "to": what.slot.end,
            "lead_in": what.lead_in,
            "visual": visual.model_dump(exclude={"path", "overlay_text"}) if visual else None,
            "sha256": hash_of_file(self.base / visual.path) if visual else None,
        }

    @cached_property
    def _code(self) -> dict[str, str]:
        libraries = {name: version(name) for name in ("av", "skia-python", "pillow", "moviepy", "numba")}
        return {"render": hash_of_sources(Path(__file__).parent), **libraries}


def render(
    timeline: Timeline,
    base: Path,
    out: Path,
    *,
    workspace: Workspace,
    how: Encoding | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
    workers: int | None = None,
    ready: Callable[[int], None] | None = None,
) -> RenderReport:
    """Write the film of a timeline whose paths are relative to `base`. What was made before is not made again.

    While pictures are still being painted, `ready` waits for those of a segment; scenes are drawn as they come.
    """
    began_s = time.monotonic()
    give_back_what_is_freed()
    how = how or encode.encoding(_container(out))
    film = Film(timeline, base)
    if ready is None:
        ready = _all_there(film)
    report = RenderReport(
        how.encoder, timeline.frames, warnings=[str(glyph) for glyph in film_layers.missing_glyphs(timeline, base)]
    )
    job = _Job(film, workspace, how, report, progress, cancel or Cancel(), ready)
    finished = job.run(workers or cores())
    with delivered(out, "film") as partial:
        shutil.copyfile(finished.path, partial)
    report.seconds = time.monotonic() - began_s
    return report


def _container(out: Path) -> encode.Container:
    match out.suffix.lower():
        case ".mp4":
            return "mp4"
        case ".webm":
            return "webm"
    raise RenderError("A film is written as .mp4 or .webm: give the file one of these names.", where=str(out))


def _all_there(film: Film) -> Callable[[int], None]:
    """Look at every file before the first frame is drawn; after that there is nothing to wait for."""
    for index in range(len(film.timeline.segments)):
        check_assets(film.timeline, film.base, index)
    return lambda index: None


class _Job:
    """One rendering under way: scenes on all cores, the sound beside them."""

    def __init__(
        self,
        film: Film,
        workspace: Workspace,
        how: Encoding,
        report: RenderReport,
        progress: Progress,
        cancel: Cancel,
        ready: Callable[[int], None],
    ) -> None:
        self._film = film
        self._workspace = workspace
        self._how = how
        self._report = report
        self._meter = Meter("RENDERING", film.timeline.frames, progress)
        self._cancel = cancel
        self._ready = ready

    def run(self, workers: int) -> Artifact:
        film = self._film
        plan = list(film.stretches())
        heard = plan_of(film.timeline, film.base, film.transition)
        # A failure or a wish to stop in one lane ends the others at their next frame.
        stop = Cancel()
        with ThreadPoolExecutor(workers, "render") as pool:
            audio = pool.submit(self._sound, heard)
            made = [pool.submit(self._stretch, stretch, stop) for stretch in plan]
            try:
                for future in as_completed([audio, *made]):
                    _result(future)
            except BaseException:
                stop.ask()
                pool.shutdown(cancel_futures=True)
                raise
        artifacts = [future.result() for future in made]
        self._report.stretches = len(plan)
        self._report.stretches_made = sum(artifact.fresh for artifact in artifacts)
        return self._join(plan, artifacts, audio.result())

    def _stretch(self, stretch: Stretch, stop: Cancel) -> Artifact:
        film, how = self._film, self._how
        section = film.sections[stretch.position]
        glimpse = self._glimpse(stretch)
        drawn = 0

        def draws(scene: Scene) -> Iterator[Callable[[Planes], None]]:
            nonlocal drawn
            for frame in range(stretch.first, stretch.last):
                self._cancel.check()
                stop.check()
                yield partial(_seen, scene, frame, glimpse)
                drawn += 1
                if drawn % 8 == 0:
                    self._meter.add(8, section.name)

        def produce(path: Path) -> None:
            with closing(film.scene(stretch.position)) as scene:
                encode.write(
                    path,
                    how,
                    width=film.timeline.width,
                    height=film.timeline.height,
                    fps=film.timeline.fps,
                    frames=draws(scene),
                )

        for index in film.segments_seen(stretch):
            self._ready(index)
        artifact = self._workspace.make(film.recipe(stretch, how), produce)
        made = self._made(section, glimpse) if artifact.fresh and glimpse else None
        self._meter.add(stretch.frames - drawn // 8 * 8, section.name, found=not artifact.fresh, made=made)
        return artifact

    def _glimpse(self, stretch: Stretch) -> Glimpse | None:
        """Of the beginning of every scene; of cards nobody needs one."""
        timeline = self._film.timeline
        if stretch.first or self._film.sections[stretch.position].card:
            return None
        return Glimpse(timeline.width, timeline.height, timeline.fps)

    def _made(self, section: Section, glimpse: Glimpse) -> Made | None:
        segment, clip = self._film.timeline.segments[section.index], glimpse.clip()
        return Made("moving", segment.id, segment.id, segment.title or "", data=clip) if clip else None

    def _sound(self, plan: MixPlan) -> Artifact:
        audio, facts = soundtrack(plan, "aac" if self._how.container == "mp4" else "libopus", self._workspace)
        self._report.sound = facts
        self._report.warnings += facts.warnings
        return audio

    def _join(self, plan: list[Stretch], artifacts: list[Artifact], audio: Artifact) -> Artifact:
        timeline = self._film.timeline
        chapters = self._chapters()
        recipe = Recipe(
            "film",
            {
                "stretches": [artifact.sha256 for artifact in artifacts],
                "audio": audio.sha256,
                "title": timeline.title,
                "chapters": [[c.title, c.start_frame, c.end_frame] for c in chapters],
                "code": [hash_of_file(Path(__file__).with_name(name)) for name in ("join.py", "chapters.py")],
                "libavformat": ".".join(map(str, av.library_versions["libavformat"])),
            },
            f".{self._how.container}",
        )
        parts = [
            join.Stretch(artifact.path, self._film.sections[stretch.position].start + stretch.first)
            for stretch, artifact in zip(plan, artifacts, strict=True)
        ]

        def produce(path: Path) -> None:
            join.join(
                parts,
                audio.path,
                path,
                fps=timeline.fps,
                container=self._how.container,
                title=timeline.title,
                chapters=chapters,
            )

        return self._workspace.make(recipe, produce)

    def _chapters(self) -> list[Chapter]:
        """One a segment that has a title; players want the first to begin at 0."""
        timeline = self._film.timeline
        titled = [(s.title, s.start_frame) for s in timeline.segments if s.title]
        if not titled:
            return []
        starts = [0, *(start for _, start in titled[1:])]
        ends = [*starts[1:], timeline.frames]
        return [Chapter(title, start, end) for (title, _), start, end in zip(titled, starts, ends, strict=True)]


def _seen(scene: Scene, frame: int, glimpse: Glimpse | None, target: Planes) -> None:
    scene.draw(frame, target)
    if glimpse:
        glimpse.see(frame, target)


def _result(future: Future[Artifact]) -> Artifact:
    try:
        return future.result()
    except (PipelineError, OSError, MemoryError) as error:
        if isinstance(error, PipelineError):
            raise
        raise RenderError(f"The film could not be written: {error}.") from error
