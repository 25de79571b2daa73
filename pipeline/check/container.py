"""What the finished file says of itself: streams, colours, key frames, lengths, chapters, the order of its parts."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import av

from pipeline.errors import CheckError


@dataclass(frozen=True)
class FileFacts:
    """Read from the packets, nothing decoded but what names the formats."""

    container: str
    video_codec: str
    profile: str
    pixel_format: str
    width: int
    height: int
    fps: float
    colour: tuple[int, int, int, int]
    """Primaries, transfer, matrix and range, as numbered by ITU-T H.273."""
    frames: int
    video_s: float
    key_frame_gap_s: float
    audio_codec: str | None
    audio_rate: int
    audio_s: float
    faststart: bool
    chapters: tuple[tuple[str, float], ...]


def read(path: Path) -> FileFacts:
    """The facts of a film, or a CheckError if it is none."""
    try:
        with av.open(str(path)) as container:
            video = next(iter(container.streams.video), None)
            if video is None:
                raise CheckError("There are no pictures in this file.", where=str(path))
            audio = next(iter(container.streams.audio), None)
            lanes = _Lanes()
            for packet in container.demux([stream for stream in (video, audio) if stream]):
                lanes.add(packet)
            context = video.codec_context
            colour = (context.color_primaries, context.color_trc, context.colorspace, context.color_range)
            return FileFacts(
                container=container.format.name,
                video_codec=_family(context.name),
                profile=str(context.profile or ""),
                pixel_format=str(context.pix_fmt),
                width=context.width,
                height=context.height,
                fps=float(video.average_rate or 0),
                colour=(int(colour[0]), int(colour[1]), int(colour[2]), int(colour[3])),
                frames=lanes.frames,
                video_s=lanes.video_end_s,
                key_frame_gap_s=lanes.widest_gap_s(),
                audio_codec=audio.codec_context.name if audio else None,
                audio_rate=audio.codec_context.sample_rate if audio else 0,
                audio_s=lanes.audio_end_s,
                faststart=_is_faststart(path),
                chapters=_chapters(container),
            )
    except (av.error.FFmpegError, OSError) as error:
        raise CheckError(f"This file cannot be read as a film: {error}.", where=str(path)) from error


def _chapters(container: Any) -> tuple[tuple[str, float], ...]:
    """Titles and where they begin, in seconds. Releases of av before 16 cannot tell."""
    if not hasattr(container, "chapters"):
        return ()
    marks = container.chapters()
    return tuple((mark["metadata"].get("title", ""), float(mark["start"] * (mark["time_base"] or 0))) for mark in marks)


class _Lanes:
    """Collects the times of packets."""

    def __init__(self) -> None:
        self.frames = 0
        self.video_end_s = self.audio_end_s = 0.0
        self._keys_s: list[float] = []

    def add(self, packet: av.Packet) -> None:
        if packet.pts is None:
            return
        start_s = float(packet.pts * packet.time_base)
        end_s = start_s + float((packet.duration or 0) * packet.time_base)
        if packet.stream.type == "video":
            self.frames += 1
            self.video_end_s = max(self.video_end_s, end_s)
            if packet.is_keyframe:
                self._keys_s.append(start_s)
        else:
            self.audio_end_s = max(self.audio_end_s, end_s)

    def widest_gap_s(self) -> float:
        """Between two key frames, or the last one and the end."""
        times = [*sorted(self._keys_s), self.video_end_s]
        return max((after - before for before, after in pairwise(times)), default=0.0)


def _family(decoder: str) -> str:
    """The codec that a decoder decodes."""
    return {"libdav1d": "av1", "libvpx-vp9": "vp9"}.get(decoder, decoder)


def _is_faststart(path: Path) -> bool:
    """Whether an MP4 can play before it has all arrived: its index stands before its media. Others always can."""
    with open(path, "rb") as file:
        while len(header := file.read(8)) == 8:
            size, name = struct.unpack(">I4s", header)
            if name in (b"moov", b"mdat"):
                return name == b"moov"
            if size == 1:
                size = struct.unpack(">Q", file.read(8))[0] - 8
            if size < 8:
                return True
            file.seek(size - 8, 1)
    return True
