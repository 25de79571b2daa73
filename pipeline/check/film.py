"""The check that every film passes before it ships: the finished file is opened, decoded and measured."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.check import frames, shake
from pipeline.check.container import FileFacts
from pipeline.check.container import read as read_container
from pipeline.check.frames import FrameFacts, Watched
from pipeline.check.lettering import Lettering
from pipeline.check.parts import Memory
from pipeline.check.report import Line, Report, line
from pipeline.check.words import word_lines
from pipeline.render.film import Film
from pipeline.render.scenes import is_clip
from pipeline.render.sprites import Sprite
from pipeline.sound import Loudness, MixReport, measure
from pipeline.timeline import Section, Slot, Timeline

BT709_LIMITED = (1, 1, 1, 1)
WATCHED_FRAMES = 20
WATCHED_STRETCHES = 6
QUIET_LUFS = -55.0
SEEN_ALPHA = 8
LOOK_EVERY = 5


def check(
    path: Path,
    timeline: Timeline | None = None,
    base: Path | None = None,
    *,
    asked_s: float | None = None,
    mix: MixReport | None = None,
    memory: Memory | None = None,
) -> Report:
    """Measure a film. With its timeline, what it should show and say is compared too; with a memory, sections whose
    very packets were looked at before are not decoded again."""
    facts = read_container(path)
    film = Film(timeline, base or path.parent) if timeline else None
    with ThreadPoolExecutor(1, "listen") as ear:
        listening = ear.submit(measure, path) if facts.audio_codec else None
        lettering = Lettering(film) if film else None
        starts = [section.start for section in film.sections] if film else []
        seen = frames.look(path, _watched(film) if film else [], lettering, starts=starts, memory=memory)
        heard = listening.result() if listening else None
    lines = [
        *_file_lines(facts),
        *_length_lines(facts, seen, timeline, asked_s),
        *_frame_lines(seen, film),
        *_sound_lines(heard, mix),
    ]
    if lettering:
        lines += lettering.lines()
    if timeline:
        lines += [*_section_lines(timeline, heard), *word_lines(timeline)]
    return Report(film=path.name, lines=tuple(lines))


def _file_lines(facts: FileFacts) -> Iterator[Line]:
    mp4 = "mp4" in facts.container
    video = f"{facts.video_codec} {facts.profile} {facts.pixel_format}".replace("  ", " ")
    good = facts.pixel_format == "yuv420p" and (
        (facts.video_codec, facts.profile) == ("h264", "High") if mp4 else facts.video_codec in ("vp9", "av1")
    )
    yield line("video format", video, "h264 High yuv420p, or vp9 or av1 in WebM", good, hard=True)
    colour = "/".join(map(str, facts.colour))
    yield line("colour tags", colour, "BT.709, limited range (1/1/1/1)", facts.colour == BT709_LIMITED, hard=True)
    audio = f"{facts.audio_codec or 'none'} at {facts.audio_rate} Hz"
    codec = facts.audio_codec == ("aac" if mp4 else "opus")
    yield line("audio format", audio, "aac (opus in WebM) at 48000 Hz", codec and facts.audio_rate == 48_000, hard=True)
    yield line("starts before it has loaded", _yes(facts.faststart), "yes", facts.faststart, hard=True)
    gap = facts.key_frame_gap_s
    yield line("key frames", f"every {gap:.2f} s at most", "every 2 s", gap <= 2 + 1e-3, hard=True)


def _length_lines(
    facts: FileFacts, seen: FrameFacts, timeline: Timeline | None, asked_s: float | None
) -> Iterator[Line]:
    if asked_s:
        off = abs(facts.video_s - asked_s) / asked_s
        measured = f"{facts.video_s:.1f} s for {asked_s:.1f} s asked: {100 * off:.1f} % off"
        yield line("length", measured, "10 % off", off <= 0.10, hard=True)
        yield line("length, the goal", measured, "3 % off", off <= 0.03)
    if timeline:
        yield line("frames in all", str(seen.frames), str(timeline.frames), seen.frames == timeline.frames, hard=True)
    apart_ms = 1000 * abs(facts.video_s - facts.audio_s)
    frame_ms = 1000 / (facts.fps or 30)
    yield line(
        "sound and picture",
        f"{apart_ms:.0f} ms apart",
        f"one frame ({frame_ms:.0f} ms)",
        apart_ms <= frame_ms + 1,
        hard=True,
    )


def _frame_lines(seen: FrameFacts, film: Film | None) -> Iterator[Line]:
    black = seen.black
    where = ", ".join(map(str, black[:8]))
    yield line("black frames", str(len(black)), "none", not black, hard=True, detail=f"frames {where}" if black else "")
    if not film:
        return
    run = max((frames.longest_run(seen.still[a + seen.lag : b]) for a, b in _moving(film)), default=0)
    frozen = f"{run + seen.lag} in a row" if run else "none"
    yield line("frozen frames", frozen, f"at most {seen.lag} where the picture moves", run == 0)
    measured = [s for s in map(shake.shake, seen.velocities.values()) if s is not None]
    worst = max(measured, default=None)
    text = f"{worst:.3f} px/frame^2" if worst is not None else "no picture with edges moves"
    yield line("shake", text, "0.03 px/frame^2", worst <= 0.03 if worst is not None else None)


def _sound_lines(heard: Loudness | None, mix: MixReport | None) -> Iterator[Line]:
    if heard is None or not np.isfinite(heard.integrated_lufs):
        yield line("loudness", "silence", "-14 LUFS +-0.5", None)
        return
    lufs, peak = heard.integrated_lufs, heard.true_peak_dbtp
    yield line("loudness", f"{lufs:.2f} LUFS", "-14 LUFS +-0.5", abs(lufs + 14) <= 0.5)
    yield line("true peak", f"{peak:.2f} dBTP", "-1 dBTP", peak <= -1.0, hard=True)
    under = mix.music_under_voice_lu if mix else None
    unknown = "no music under a voice" if mix else "known only while the film is made"
    text = f"{under:.1f} LU" if under is not None else unknown
    yield line("music under the voice", text, "15 LU or more", under >= 15 if under is not None else None)
    yield from _ramp_lines(mix)


def _ramp_lines(mix: MixReport | None) -> Iterator[Line]:
    for name, measured, low, high in (
        ("ducking, in", mix.duck_attack_ms if mix else None, 50, 150),
        ("ducking, out", mix.duck_release_ms if mix else None, 400, 800),
    ):
        if measured is not None:
            yield line(name, f"{measured:.0f} ms", f"{low} to {high} ms", low <= measured <= high)


def _section_lines(timeline: Timeline, heard: Loudness | None) -> Iterator[Line]:
    silent = [
        segment.id
        for segment in timeline.segments
        if not _is_heard(timeline, segment.start_frame, segment.end_frame, heard)
    ]
    text = f"{len(timeline.segments) - len(silent)} of {len(timeline.segments)} heard"
    yield line("sections", text, "every one has sound and a picture", not silent, hard=True, detail=", ".join(silent))


def _is_heard(timeline: Timeline, start: int, end: int, heard: Loudness | None) -> bool:
    if heard is None:
        return False
    # One level lasts 0.4 s, so the last one is all that tells of a very short last section.
    first = min(int(start / timeline.fps * 10), len(heard.momentary_lufs) - 1)
    levels = heard.momentary_lufs[max(0, first) : max(first + 1, int(end / timeline.fps * 10))]
    # A tenth of the time is enough: between short sentences there may be long silence.
    return bool(len(levels)) and bool(np.sort(levels)[len(levels) * 9 // 10] > QUIET_LUFS)


def _moving(film: Film) -> list[tuple[int, int]]:
    """Stretches of the film in which one still moves and nothing else covers the frame, in frames of the film."""
    return [
        (section.start + first, section.start + last)
        for section in film.sections
        for position, slot in enumerate(section.slots)
        for first, last in [_alone(section, position)]
        if _is_moving(film, slot) and last - first >= 5
    ]


def _alone(section: Section, position: int) -> tuple[int, int]:
    """The frames of a slot between its transitions."""
    slot = section.slots[position]
    return slot.start, slot.end - section.exits[position].frames


def _is_moving(film: Film, slot: Slot) -> bool:
    visual = slot.visual
    return bool(
        visual and visual.motion != "none" and film.strength > 0 and not is_clip(visual, film.base / visual.path)
    )


def _watched(film: Film) -> list[Watched]:
    """Stretches from all over the film, from the middle of their visual."""
    moving = _moving(film)
    step = max(1, -(-len(moving) // WATCHED_STRETCHES))
    middles = [((a + b) // 2, min(b - a, WATCHED_FRAMES) // 2) for a, b in moving[::step]]
    return [
        Watched(middle - half, middle + half, _covered(film, middle - half, middle + half)) for middle, half in middles
    ]


def _covered(film: Film, first: int, last: int) -> NDArray[np.bool_]:
    """Where anything lies over the picture: letters stand still, and shades that come and go look like motion."""
    covered = np.zeros((film.timeline.height, film.timeline.width), np.bool_)
    position = film.position_at(first)
    with closing(film.scene(position)) as scene:
        for number in range(first, last, LOOK_EVERY):
            for sprite in scene.sprites(number - film.sections[position].start):
                _mark(covered, sprite)
    return covered


def _mark(covered: NDArray[np.bool_], sprite: Sprite) -> None:
    seen = sprite.picture.pixels[:, :, 3] * sprite.opacity > SEEN_ALPHA
    top, left = max(sprite.y, 0), max(sprite.x, 0)
    area = covered[top : max(sprite.y + seen.shape[0], 0), left : max(sprite.x + seen.shape[1], 0)]
    area |= seen[top - sprite.y :, left - sprite.x :][: area.shape[0], : area.shape[1]]


def _yes(value: bool) -> str:
    return "yes" if value else "no"
