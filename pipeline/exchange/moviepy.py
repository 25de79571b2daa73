"""A timeline as a MoviePy clip, and any MoviePy clip as a layer of a timeline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from pipeline.build import Workspace
from pipeline.render.film import Film
from pipeline.render.planes import Planes
from pipeline.render.scenes import Scene
from pipeline.render.soundtrack import soundtrack
from pipeline.render.sprites import Layer, Picture, Sprite
from pipeline.sound import plan_of
from pipeline.timeline import Timeline

if TYPE_CHECKING:
    from moviepy import VideoClip


def as_clip(timeline: Timeline, base: Path, *, workspace: Workspace | None = None) -> VideoClip:
    """The film as a clip, drawn frame by frame when asked for; with its sound where a workspace can hold the mix."""
    from moviepy import AudioFileClip, VideoClip

    film = Film(timeline, base)
    frames = _Frames(film)
    clip = VideoClip(frames.at, duration=timeline.frames / timeline.fps).with_fps(timeline.fps)
    if workspace:
        audio, _ = soundtrack(plan_of(timeline, base, film.transition), "aac", workspace)
        clip = clip.with_audio(AudioFileClip(str(audio.path)).with_duration(clip.duration))
    return clip


def clip_layer(clip: VideoClip, *, fps: int, x: int = 0, y: int = 0, start_frame: int = 0, name: str = "clip") -> Layer:
    """A clip, with its mask, over the picture from `start_frame` on. Two clips in one film need two names."""

    def layer(frame: int) -> tuple[Sprite, ...]:
        at_s = (frame - start_frame + 0.5) / fps
        if not 0 <= at_s < clip.duration:
            return ()
        return (Sprite(Picture((name, frame - start_frame), lambda: _rgba(clip, at_s)), x, y),)

    return layer


class _Frames:
    """Draws whichever frame a clip is asked for, keeping the scene that it is in open."""

    def __init__(self, film: Film) -> None:
        self._film = film
        self._planes = Planes.empty(film.timeline.width, film.timeline.height)
        self._open: tuple[int, Scene] | None = None

    def at(self, time_s: float) -> NDArray[np.uint8]:
        timeline = self._film.timeline
        number = min(max(int(time_s * timeline.fps + 1e-6), 0), timeline.frames - 1)
        position = self._film.position_at(number)
        self._scene(position).draw(number - self._film.sections[position].start, self._planes)
        return self._planes.to_rgb()

    def _scene(self, position: int) -> Scene:
        if self._open and self._open[0] == position:
            return self._open[1]
        if self._open:
            self._open[1].close()
        self._open = (position, self._film.scene(position))
        return self._open[1]


def _rgba(clip: VideoClip, at_s: float) -> NDArray[np.uint8]:
    colours = clip.get_frame(at_s)[:, :, :3].astype(np.uint8)
    alpha = np.full(colours.shape[:2], 255, np.uint8)
    if clip.mask is not None:
        alpha = np.clip(clip.mask.get_frame(at_s) * 255, 0, 255).astype(np.uint8)
    return np.dstack([colours, alpha])
