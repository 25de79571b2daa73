"""Frames to a file: which encoder there is, how it is set, and one closed stretch of a film."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Literal

import av
from av.codec.codec import UnknownCodecError

from pipeline.errors import RenderError
from pipeline.render.planes import Planes

os.environ.setdefault("SVT_LOG", "1")  # errors only; the encoder reads it when it starts

KEY_FRAME_S = 2
X264_STEADY = "open-gop=0:mbtree=0:no-fast-pskip=1:aq-mode=3"
"""Slow movement must not stand still for some frames and then jump: nothing is skipped early, frames that others refer
to get no better picture than the rest, and dark areas get their share of bits. Without its trees x264 also gives the
same bytes for the same frames; with them, its AVX-512 code reads past the end of narrow ones."""

BT709 = 1
LIMITED_RANGE = 1

Container = Literal["mp4", "webm"]


@dataclass(frozen=True)
class Encoding:
    """Everything besides the frames that decides a video stream's bytes."""

    container: Container
    encoder: str
    preset: str
    quality: int

    def key(self) -> dict[str, object]:
        return {**asdict(self), "libavcodec": ".".join(map(str, av.library_versions["libavcodec"]))}


def encoding(container: Container = "mp4", *, preset: str = "veryfast", quality: int = 20) -> Encoding:
    """The best encoder of this machine for a container; NVENC where it proves to work."""
    if container == "webm":
        return Encoding("webm", _first_working("libsvtav1", "libvpx-vp9"), "8", quality + 12)
    encoder = _first_working("h264_nvenc", "libx264")
    return Encoding("mp4", encoder, "p4" if encoder == "h264_nvenc" else preset, quality)


def _first_working(*names: str) -> str:
    for name in names:
        if works(name):
            return name
    raise RenderError(
        f"This machine has no video encoder that works (tried {' and '.join(names)}). "
        "Install the av package again: its wheels carry libx264."
    )


@cache
def works(encoder: str) -> bool:
    """Whether an encoder really encodes here: a driver may be missing although the code is there."""
    try:
        codec = av.CodecContext.create(encoder, "w")
        codec.width, codec.height, codec.pix_fmt, codec.time_base = 320, 192, "yuv420p", Fraction(1, 30)
        frame = av.VideoFrame(320, 192, "yuv420p")
        Planes.of_frame(frame).y[:] = 90
        frame.pts = 0
        return bool([*codec.encode(frame), *codec.encode(None)])
    except (av.error.FFmpegError, ValueError):
        return False


def write(
    path: Path, how: Encoding, *, width: int, height: int, fps: int, frames: Iterable[Callable[[Planes], None]]
) -> None:
    """Encode frames, each drawn by its callable, into one closed stretch that begins with a key frame."""
    with av.open(str(path), "w", format=how.container) as container:
        with _encoder_errors(how):
            stream = container.add_stream(how.encoder, rate=fps, options=options(how, fps))
        configure(stream, how, width=width, height=height, fps=fps)
        # Encoders copy what they are sent, so two buffers taken in turn are enough for any length of film.
        buffers = [av.VideoFrame(width, height, "yuv420p") for _ in range(2)]
        planes = [Planes.of_frame(frame) for frame in buffers]
        for number, draw in enumerate(frames):
            draw(planes[number % 2])
            frame = buffers[number % 2]
            frame.pts, frame.time_base = number, Fraction(1, fps)
            container.mux(_encoded(stream, frame, how))
        container.mux(_encoded(stream, None, how))


def _encoded(stream: Any, frame: av.VideoFrame | None, how: Encoding) -> list[av.Packet]:
    """Apart from writing what comes out: a disk may fail too, and its errors have the same classes."""
    with _encoder_errors(how):
        packets: list[av.Packet] = stream.encode(frame)
    return packets


@contextmanager
def _encoder_errors(how: Encoding) -> Iterator[None]:
    try:
        yield
    except (av.error.FFmpegError, UnknownCodecError) as error:
        raise RenderError(f"The encoder {how.encoder} does not encode here: {error}.") from error


def configure(stream: Any, how: Encoding, *, width: int, height: int, fps: int) -> None:
    """Size, colour and threads of a video stream."""
    context = stream.codec_context
    context.width, context.height, context.pix_fmt = width, height, "yuv420p"
    context.framerate, context.time_base = Fraction(fps), Fraction(1, fps)
    context.color_primaries = context.color_trc = context.colorspace = BT709
    context.color_range = LIMITED_RANGE
    # One thread an encoder and several stretches at once: nothing waits, and the bytes are the same everywhere.
    context.thread_count = 1


def options(how: Encoding, fps: int) -> dict[str, str]:
    """What an encoder is asked for by name; with `configure`, all that is set."""
    gop = str(KEY_FRAME_S * fps)
    if how.encoder == "libx264":
        return {
            "preset": how.preset,
            "crf": str(how.quality),
            "profile": "high",
            "g": gop,
            "keyint_min": gop,
            "sc_threshold": "0",
            "x264-params": X264_STEADY,
        }
    if how.encoder == "h264_nvenc":
        return {
            "preset": how.preset,
            "rc": "vbr",
            "cq": str(how.quality),
            "profile": "high",
            "g": gop,
            "no-scenecut": "1",
        }
    if how.encoder == "libsvtav1":
        return {"preset": how.preset, "crf": str(how.quality), "g": gop, "svtav1-params": "lp=1:scd=0"}
    return {"deadline": "realtime", "cpu-used": "6", "crf": str(how.quality), "b": "0", "g": gop, "keyint_min": gop}
