"""Video visuals: uploaded or generated clips, trimmed, retimed and fitted with MoviePy."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.errors import AssetError
from pipeline.render import stills
from pipeline.render.planes import Planes
from pipeline.timeline.models import Point, Visual

MISSING_S, MISSING = 0.5, 0.05
"""Less than this, in seconds or as a share of its length, a clip's end may lie before the one that it declares."""


@dataclass(frozen=True)
class ClipFacts:
    """What a clip's container says of it. Width and height are those that a viewer sees, after rotation."""

    width: int
    height: int
    duration_s: float


def facts(path: Path, where: str) -> ClipFacts:
    """Open a clip and look; an AssetError says what is wrong with it."""
    if not path.exists():
        raise AssetError(f"There is no file {path}.", where=where)
    if path.stat().st_size == 0:
        raise AssetError(f"{path.name} is empty. Upload it again.", where=where)
    try:
        with av.open(str(path)) as container:
            stream = next(iter(container.streams.video), None)
            frame = next(container.decode(stream), None) if stream else None
            if stream is None or frame is None:
                raise AssetError(f"{path.name} is neither a picture nor a clip with pictures in it.", where=where)
            width, height = stream.width, stream.height
            if round(frame.rotation or 0) % 180:
                width, height = height, width
            known = ClipFacts(width, height, _duration_s(container, stream))
            if not known.duration_s and stills.is_still(path):
                raise AssetError(f'{path.name} is a picture, not a clip: leave out "kind".', where=where)
            if _is_cut_off(container, stream, known.duration_s):
                raise AssetError(f"{path.name} is cut off: its end is missing. Upload it again.", where=where)
            return known
    except (av.error.FFmpegError, StopIteration, UnicodeDecodeError) as error:
        raise AssetError(f"{path.name} is not a picture or clip that can be read.", where=where) from error


class Clip:
    """One video visual in its slot. Not to be shared between threads: it reads forward through one decoder."""

    def __init__(
        self, path: Path, visual: Visual, *, frames: int, fps: int, width: int, height: int, where: str
    ) -> None:
        from moviepy import VideoFileClip

        known = facts(path, where)
        self._fps = fps
        self._size = (width, height)
        self._visual = visual
        self._length_s = _usable_s(known, visual, frames / fps, path.name, where)
        scaled, self._offset = _fitted(known, width, height, visual.fit, visual.focus)
        try:
            clip = VideoFileClip(str(path), audio=False, target_resolution=scaled)
        except (OSError, KeyError, ValueError) as error:
            raise AssetError(f"{path.name} cannot be decoded: {str(error).splitlines()[0]}", where=where) from error
        end_s = visual.trim_start_ms / 1000 + self._length_s * visual.speed
        self._file = clip
        cut = clip.subclipped(visual.trim_start_ms / 1000, min(end_s, clip.duration))
        self._clip = cut.with_speed_scaled(visual.speed) if visual.speed != 1 else cut
        self._backdrop = self._make_backdrop()

    def draw(self, frame: int, target: Planes) -> None:
        time_s = (frame + 0.5) / self._fps
        if time_s >= self._length_s:
            hold = self._visual.when_short == "hold"
            time_s = self._length_s - 0.5 / self._fps if hold else time_s % self._length_s
        target.paint(self._placed(self._read(time_s)))

    def close(self) -> None:
        self._file.close()

    def _read(self, time_s: float) -> NDArray[np.uint8]:
        pixels: NDArray[np.uint8] = self._clip.get_frame(min(time_s, self._clip.duration - 1e-3))[:, :, :3]
        return pixels

    def _placed(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        width, height = self._size
        left, top = self._offset
        if self._backdrop is None:
            return pixels[top : top + height, left : left + width]
        canvas = self._backdrop.copy()
        canvas[top : top + pixels.shape[0], left : left + pixels.shape[1]] = pixels
        return canvas

    def _make_backdrop(self) -> NDArray[np.uint8] | None:
        pixels = self._read(0)
        if pixels.shape[1] >= self._size[0] and pixels.shape[0] >= self._size[1]:
            return None
        return np.asarray(stills.backdrop(Image.fromarray(pixels), *self._size))


def _duration_s(container: Any, stream: Any) -> float:
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    if container.duration:
        return float(container.duration / av.time_base)
    return 0.0


def _is_cut_off(container: Any, stream: Any, declared_s: float) -> bool:
    """Whether the last packets are missing: decoders would show the last picture that they find instead."""
    lane = [stream] if stream.duration else list(container.streams)
    end_s = 0.0
    try:
        container.seek(max(0, int(declared_s * av.time_base) - 1))
        for packet in container.demux(lane):
            if packet.pts is not None:
                end_s = max(end_s, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    except av.error.FFmpegError:
        pass  # what cannot be reached is missing
    found_s = end_s - (container.start_time or 0) / av.time_base
    return found_s < declared_s - max(MISSING_S, MISSING * declared_s)


def _usable_s(known: ClipFacts, visual: Visual, slot_s: float, name: str, where: str) -> float:
    """How long the clip plays after trimming and retiming; an error where that does not fill its slot."""
    end_s = min(known.duration_s, visual.trim_end_ms / 1000 if visual.trim_end_ms else math.inf)
    usable_s = (end_s - visual.trim_start_ms / 1000) / visual.speed
    if usable_s <= 0:
        raise AssetError(f"{name} lasts {known.duration_s:.1f} s: trimStartMs lies behind its end.", where=where)
    # One frame of slack: containers round their durations.
    if usable_s + 0.05 < slot_s and visual.when_short == "error":
        slower = usable_s * visual.speed / slot_s
        hint = (
            f'slow it to speed {slower:.2f}, or set "whenShort": "loop"'
            if slower >= 0.25
            else 'set "whenShort": "loop"'
        )
        raise AssetError(
            f"{name} plays {usable_s:.1f} s but is seen for {slot_s:.1f} s: trim less, {hint}.", where=where
        )
    return usable_s


def _fitted(
    known: ClipFacts, width: int, height: int, fit: Literal["cover", "contain"], focus: Point
) -> tuple[tuple[int, int], tuple[int, int]]:
    """The size to decode at, and where the frame begins in it (cover) or it in the frame (contain)."""
    scales = width / known.width, height / known.height
    if fit == "cover":
        scale = max(scales)
        size = (max(width, round(known.width * scale)), max(height, round(known.height * scale)))
        left = min(max(round(focus.x * size[0] - width / 2), 0), size[0] - width)
        top = min(max(round(focus.y * size[1] - height / 2), 0), size[1] - height)
        return size, (left, top)
    scale = min(scales)
    size = (max(2, round(known.width * scale)), max(2, round(known.height * scale)))
    return size, ((width - size[0]) // 2, (height - size[1]) // 2)
