"""What is heard when: the sound of a whole film, resolved to files, samples and levels, ready to be mixed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.build.recipes import hash_of_file
from pipeline.errors import AssetError
from pipeline.sound.library import find_music, find_sound
from pipeline.sound.pcm import RATE
from pipeline.sound.reading import Excerpt
from pipeline.timeline.models import Segment, SoundCue, Timeline, Transition, Visual
from pipeline.timeline.schedule import CUT, Section, sections


@dataclass(frozen=True)
class Speech:
    """A narration and the slot it must fit in, in samples of the film."""

    excerpt: Excerpt
    start: int
    end: int
    gain_db: float = 0.0


@dataclass(frozen=True)
class OwnSound:
    """The sound of a clip that is shown, in its slot. `volume` is linear, against the loudness of the voice."""

    excerpt: Excerpt
    start: int
    end: int
    volume: float = 0.5
    loop: bool = False
    fade_in: int = 0
    fade_out: int = 0


@dataclass(frozen=True)
class Effect:
    excerpt: Excerpt
    start: int
    gain_db: float = 0.0


@dataclass(frozen=True)
class Bed:
    """The music. `volume` is its linear gain under speech, against the voice, once both are equally loud."""

    excerpt: Excerpt
    volume: float
    seamless: bool = False
    """Its end flows into its start as it is."""


@dataclass(frozen=True)
class MixPlan:
    """Everything that decides the bytes of a film's sound."""

    samples: int
    speech: tuple[Speech, ...] = ()
    own_sounds: tuple[OwnSound, ...] = ()
    effects: tuple[Effect, ...] = ()
    bed: Bed | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that is heard, once."""
        parts = (*self.speech, *self.own_sounds, *self.effects, *((self.bed,) if self.bed else ()))
        return tuple(dict.fromkeys(part.excerpt.path for part in parts))

    def inputs(self) -> dict[str, object]:
        """The plan as JSON values, files by their hash: the inputs of a build recipe."""
        return {
            "samples": self.samples,
            "speech": [[*_identity(s.excerpt), s.start, s.end, s.gain_db] for s in self.speech],
            "own_sounds": [
                [*_identity(o.excerpt), o.start, o.end, o.volume, o.loop, o.fade_in, o.fade_out]
                for o in self.own_sounds
            ],
            "effects": [[*_identity(e.excerpt), e.start, e.gain_db] for e in self.effects],
            "bed": [*_identity(self.bed.excerpt), self.bed.volume, self.bed.seamless] if self.bed else None,
        }


def plan_of(timeline: Timeline, folder: Path, transition: Transition = CUT) -> MixPlan:
    """The sound of a timeline whose paths are relative to `folder`; `transition` is the pack's own."""
    scenes = [_Scene(timeline, folder, index) for index in range(len(timeline.segments))]
    shown = sections(timeline, transition)
    return MixPlan(
        samples=round(timeline.frames * RATE / timeline.fps),
        speech=tuple(speech for scene in scenes for speech in scene.speech()),
        own_sounds=tuple(sound for section in shown for sound in _own_sounds(section, timeline, folder)),
        effects=tuple(effect for scene in scenes for effect in scene.effects()),
        bed=_bed(timeline, folder),
    )


@dataclass(frozen=True)
class _Scene:
    timeline: Timeline
    folder: Path
    index: int

    @property
    def segment(self) -> Segment:
        return self.timeline.segments[self.index]

    def speech(self) -> list[Speech]:
        segment = self.segment
        if not segment.audio_path:
            return []
        excerpt = Excerpt(self.folder / segment.audio_path, where=f"segments[{self.index}].audioPath")
        start = self._at(segment.audio_offset_ms)
        end = _samples(segment.end_frame, self.timeline)
        return [Speech(excerpt, start, end, segment.voice_gain_db)] if start < end else []

    def effects(self) -> list[Effect]:
        return [self._effect(position, cue) for position, cue in enumerate(self.segment.sounds)]

    def _effect(self, position: int, cue: SoundCue) -> Effect:
        where = f"segments[{self.index}].sounds[{position}].sound"
        excerpt = Excerpt(find_sound(cue.sound, self.folder, where=where), where=where)
        return Effect(excerpt, self._at(cue.at_ms), cue.gain_db)

    def _at(self, time_ms: float) -> int:
        return _samples(self.segment.start_frame, self.timeline) + round(time_ms * RATE / 1000)


def _own_sounds(section: Section, timeline: Timeline, folder: Path) -> list[OwnSound]:
    """A clip is heard as long as it is seen, its transitions included, and fades with them."""
    heard: list[OwnSound] = []
    seen_before = section.lead_in
    for slot, exit_ in zip(section.slots, section.exits, strict=True):
        visual = slot.visual
        if visual and visual.own_sound and visual.own_volume and visual.kind != "image":
            heard.append(
                OwnSound(
                    _clip_sound(visual, folder, slot.place),
                    start=_samples(section.start + slot.start - seen_before, timeline),
                    end=_samples(section.start + slot.end, timeline),
                    volume=visual.own_volume,
                    loop=visual.when_short == "loop",
                    fade_in=_samples(seen_before, timeline),
                    fade_out=_samples(exit_.frames, timeline),
                )
            )
        seen_before = exit_.frames
    return heard


def _clip_sound(visual: Visual, folder: Path, place: str) -> Excerpt:
    return Excerpt(
        folder / visual.path,
        start_ms=visual.trim_start_ms,
        end_ms=visual.trim_end_ms,
        speed=visual.speed,
        where=f"{place}.path",
    )


def _samples(frames: int, timeline: Timeline) -> int:
    return round(frames * RATE / timeline.fps)


def _bed(timeline: Timeline, folder: Path) -> Bed | None:
    if not timeline.bgm_path or not timeline.bgm_volume:
        return None
    music = find_music(timeline.bgm_path, folder, where="bgmPath")
    return Bed(Excerpt(music.path, where="bgmPath"), timeline.bgm_volume, music.seamless)


def _identity(excerpt: Excerpt) -> tuple[object, ...]:
    if not excerpt.path.is_file():
        raise AssetError(f"There is no file {excerpt.path}.", where=excerpt.where)
    return hash_of_file(excerpt.path), excerpt.start_ms, excerpt.end_ms, excerpt.speed
