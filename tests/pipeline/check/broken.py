"""A finished film taken apart and written again with one fault."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from pipeline.render import encode

Frames = list[np.ndarray]


def rewritten(
    film: Path,
    out: Path,
    frames: Callable[[Frames], Sequence[np.ndarray]] = list,
    *,
    samples: Callable[[np.ndarray], np.ndarray] | None = None,
    tagged: bool = True,
    faststart: bool = True,
    key_every: int = 60,
    sound: bool = True,
) -> Path:
    """The same film in yuv420p planes, changed by `frames`; its sound, (2, n) of floats, changed by `samples`."""
    with av.open(str(film)) as source:
        rate = int(source.streams.video[0].average_rate)
        planes = [frame.to_ndarray() for frame in source.decode(video=0)]
    flags = {"movflags": "+faststart"} if faststart else {}
    with av.open(str(out), "w", options=flags) as target:
        how = encode.Encoding("mp4", "libx264", "veryfast", 16)
        gop = {"g": str(key_every), "keyint_min": str(key_every)}
        video = target.add_stream("libx264", rate=rate, options={**encode.options(how, rate), **gop})
        height, width = planes[0].shape[0] * 2 // 3, planes[0].shape[1]
        encode.configure(video, how, width=width, height=height, fps=rate)
        if not tagged:
            context = video.codec_context
            context.color_primaries = context.color_trc = context.colorspace = 5
        audio = target.add_stream("aac", rate=48_000) if sound else None
        for number, plane in enumerate(frames(planes)):
            frame = av.VideoFrame.from_ndarray(plane, format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, rate)
            target.mux(video.encode(frame))
        target.mux(video.encode(None))
        if audio:
            _sound(target, audio, heard(film), samples or (lambda given: given))
    return out


def heard(film: Path) -> np.ndarray:
    """(2, n) floats."""
    with av.open(str(film)) as source:
        return np.concatenate([frame.to_ndarray() for frame in source.decode(audio=0)], axis=1)


def _sound(target, stream, given: np.ndarray, change: Callable[[np.ndarray], np.ndarray]) -> None:
    changed = np.ascontiguousarray(change(given), np.float32)
    for first in range(0, changed.shape[1], 1024):
        block = av.AudioFrame.from_ndarray(np.ascontiguousarray(changed[:, first : first + 1024]), "fltp", "stereo")
        block.sample_rate, block.pts, block.time_base = 48_000, first, Fraction(1, 48_000)
        target.mux(stream.encode(block))
    target.mux(stream.encode(None))


def black(frames: Frames) -> Frames:
    """Two frames in the middle of nowhere are black."""
    for number in (20, 21):
        rows = frames[number].shape[0] * 2 // 3
        frames[number][:rows], frames[number][rows:] = 16, 128
    return frames


def frozen(frames: Frames) -> Frames:
    """The picture stops for most of a second."""
    return [*frames[:10], *[frames[10]] * 22, *frames[32:]]


def shaking(frames: Frames) -> Frames:
    """Every second frame one pixel further, as when a zoom rounds its windows."""
    return [np.roll(frame, number % 2, axis=1) for number, frame in enumerate(frames)]
