"""A timeline as an OpenTimelineIO one, so that a creator goes on in DaVinci Resolve, Premiere or Final Cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import opentimelineio as otio

from pipeline.errors import AssetError, RenderError
from pipeline.render.delivery import delivered
from pipeline.render.film import Film
from pipeline.render.scenes import check_assets
from pipeline.sound.library import find_music
from pipeline.timeline import Section, Segment, Timeline, Visual

SINGLE_TRACK = {".edl"}
"""Formats that hold one track of pictures and nothing else."""


def export(timeline: Timeline, base: Path, out: Path) -> None:
    """Write the edit in the format that the file's suffix names: .otio, .otioz, .xml, .fcpxml or .edl."""
    known = otio.adapters.suffixes_with_defined_adapters(write=True)
    if out.suffix.lstrip(".") not in known:
        choices = ", ".join(f".{suffix}" for suffix in sorted(known))
        raise RenderError(f"An edit cannot be written as {out.suffix or 'a file without a suffix'}: use {choices}.")
    for index in range(len(timeline.segments)):
        check_assets(timeline, base, index)
    edit = as_otio(timeline, base)
    if out.suffix in SINGLE_TRACK:
        del edit.tracks[1:]
        _cut_at_gaps(edit.tracks[0])
    with delivered(out, "edit") as partial:
        try:
            otio.adapters.write_to_file(edit, str(partial))
        except (otio.exceptions.OTIOError, ValueError) as error:
            raise RenderError(f"The edit could not be written: {error}", where=str(out)) from error


def as_otio(timeline: Timeline, base: Path) -> otio.schema.Timeline:
    """Pictures with their transitions, narration and music on tracks of their own, chapters as markers."""
    film = Film(timeline, base)
    edit = otio.schema.Timeline(name=timeline.title)
    edit.global_start_time = otio.opentime.RationalTime(0, timeline.fps)
    pictures = _track("Pictures", "Video", _picture_items(film))
    pictures.markers.extend(_markers(timeline))
    edit.tracks.append(pictures)
    edit.tracks.append(_track("Narration", "Audio", _narration_items(timeline, base)))
    if timeline.bgm_path and timeline.bgm_volume:
        edit.tracks.append(_track("Music", "Audio", _music_items(timeline, base)))
    return edit


def _cut_at_gaps(track: otio.schema.Track) -> None:
    """A list of edits has no line for a card, so nothing can dissolve out of one or into it."""
    for index in reversed(range(len(track))):
        beside = track[max(0, index - 1) : index + 2]
        if isinstance(track[index], otio.schema.Transition) and any(isinstance(b, otio.schema.Gap) for b in beside):
            del track[index]


def _track(name: str, kind: str, items: Iterator[Any]) -> otio.schema.Track:
    return otio.schema.Track(name=name, kind=kind, children=list(items))


def _picture_items(film: Film) -> Iterator[Any]:
    fps = film.timeline.fps
    for section in film.sections:
        leads = (section.lead_in, *(leave.frames for leave in section.exits))
        for position, slot in enumerate(section.slots):
            if slot.visual is None:
                yield otio.schema.Gap(source_range=_range(leads[position], slot.frames, fps))
            else:
                yield _picture(film, section, position, leads[position])
            leave = section.exits[position]
            if leave.frames:
                yield otio.schema.Transition(
                    name=leave.transition.kind,
                    transition_type=otio.schema.TransitionTypes.SMPTE_Dissolve,
                    in_offset=_time(leave.frames, fps),
                    out_offset=_time(0, fps),
                )


def _picture(film: Film, section: Section, position: int, lead_in: int) -> otio.schema.Clip:
    slot, fps = section.slots[position], film.timeline.fps
    visual = slot.visual
    assert visual is not None
    first = lead_in + round(visual.trim_start_ms * fps / 1000)
    clip = otio.schema.Clip(
        name=f"{section.name} {position + 1}",
        media_reference=_media(film.base / visual.path, first + slot.frames, fps),
        source_range=_range(first, slot.frames, fps),
        metadata={"canvascast": _intent(visual, film.timeline.segments[section.index])},
    )
    if visual.speed != 1:
        clip.effects.append(otio.schema.LinearTimeWarp(name="speed", time_scalar=visual.speed))
    return clip


def _intent(visual: Visual, segment: Segment) -> dict[str, object]:
    """What the renderer does with a picture and an editing suite would not know."""
    return {
        "motion": visual.motion,
        "focus": [visual.focus.x, visual.focus.y],
        "overlayText": visual.overlay_text or "",
        "narration": segment.narration_text,
    }


def _narration_items(timeline: Timeline, base: Path) -> Iterator[Any]:
    at, fps = 0, timeline.fps
    for index, segment in enumerate(timeline.segments):
        if not segment.audio_path:
            continue
        start = segment.start_frame + timeline.frame_at(segment.audio_offset_ms)
        length = _frames_of_sound(base / segment.audio_path, fps, f"segments[{index}].audioPath")
        frames = min(length, segment.end_frame - start)
        if frames <= 0:
            continue
        if start > at:
            yield otio.schema.Gap(source_range=_range(0, start - at, fps))
        media = _media(base / segment.audio_path, frames, fps)
        yield otio.schema.Clip(name=segment.id, media_reference=media, source_range=_range(0, frames, fps))
        at = start + frames


def _music_items(timeline: Timeline, base: Path) -> Iterator[otio.schema.Clip]:
    path = find_music(timeline.bgm_path or "", base, where="bgmPath").path
    length = _frames_of_sound(path, timeline.fps, "bgmPath")
    at = 0
    while at < timeline.frames and length:
        frames = min(length, timeline.frames - at)
        media = _media(path, length, timeline.fps)
        yield otio.schema.Clip(name=path.stem, media_reference=media, source_range=_range(0, frames, timeline.fps))
        at += frames


def _markers(timeline: Timeline) -> Iterator[otio.schema.Marker]:
    for segment in timeline.segments:
        if segment.title:
            place = _range(segment.start_frame, 1, timeline.fps)
            yield otio.schema.Marker(name=segment.title, marked_range=place, color="YELLOW")


def _media(path: Path, frames: int, fps: int) -> otio.schema.ExternalReference:
    return otio.schema.ExternalReference(target_url=path.resolve().as_uri(), available_range=_range(0, frames, fps))


def _frames_of_sound(path: Path, fps: int, where: str) -> int:
    if not path.is_file():
        raise AssetError(f"There is no file {path}.", where=where)
    try:
        with av.open(str(path)) as file:
            return round((file.duration or 0) * fps / av.time_base)
    except (av.error.FFmpegError, OSError) as error:
        raise AssetError(f"{path.name} is not a sound that can be read.", where=where) from error


def _time(frames: int, fps: int) -> otio.opentime.RationalTime:
    return otio.opentime.RationalTime(frames, fps)


def _range(first: int, frames: int, fps: int) -> otio.opentime.TimeRange:
    return otio.opentime.TimeRange(_time(first, fps), _time(frames, fps))
