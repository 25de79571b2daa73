"""Stretches and sound become one file: packets are copied, nothing is encoded a second time."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from pipeline.render import chapters as marks
from pipeline.render.chapters import Chapter
from pipeline.render.encode import Container

REORDERED: dict[Container, int] = {"mp4": 2, "webm": 0}
"""Frames that a decoder holds back: H.264 with B-pyramids needs two, AV1 and VP9 hide theirs in packets."""


@dataclass(frozen=True)
class Stretch:
    """A file of closed video and where it begins in the film."""

    path: Path
    first_frame: int


def join(
    stretches: Sequence[Stretch],
    audio: Path | None,
    into: Path,
    *,
    fps: int,
    container: Container,
    title: str,
    chapters: Sequence[Chapter] = (),
) -> None:
    """Write the film. Stretches follow each other without a gap and share one encoding."""
    options = {"movflags": "+faststart"} if container == "mp4" else {}
    with ExitStack() as stack:
        film = stack.enter_context(av.open(str(into), "w", format=container, options=options))
        film.flags |= av.container.core.Flags.bitexact.value
        film.metadata["title"] = title
        marked = marks.can_set(film)
        if marked:
            marks.set_on(film, chapters, fps)
        with av.open(str(stretches[0].path)) as first:
            video = film.add_stream_from_template(first.streams.video[0], opaque=True)
        lanes = [_video_packets(stretches, video, fps, REORDERED[container])]
        if audio:
            sound = stack.enter_context(av.open(str(audio)))
            lanes.append(_audio_packets(sound, film.add_stream_from_template(sound.streams.audio[0], opaque=True)))
        # In order of time, so that the muxer need not hold one stream back for the other.
        for _, packet in heapq.merge(*lanes, key=lambda item: item[0]):
            film.mux(packet)
    if chapters and not marked:
        marks.add_to(into, chapters, fps, title=title)


def _video_packets(
    stretches: Sequence[Stretch], stream: Any, fps: int, reordered: int
) -> Iterator[tuple[float, av.Packet]]:
    """Shown when their stretch says; decoded one frame after the other from the film's first packet to its last."""
    decoded, frame_s = -reordered, Fraction(1, fps)
    for stretch in stretches:
        with av.open(str(stretch.path)) as file:
            source = file.streams.video[0]
            frames_a_tick = float(source.time_base * fps)
            for packet in file.demux(source):
                if packet.pts is None:
                    continue  # the empty packet that ends a file
                frame = round(packet.pts * frames_a_tick) + stretch.first_frame
                packet.time_base = frame_s
                packet.pts, packet.dts, packet.duration = frame, decoded, 1
                packet.stream = stream
                yield decoded / fps, packet
                decoded += 1


def _audio_packets(file: Any, stream: Any) -> Iterator[tuple[float, av.Packet]]:
    source = file.streams.audio[0]
    tick_s = float(source.time_base)
    for packet in file.demux(source):
        if packet.dts is None:
            continue
        packet.stream = stream
        yield packet.dts * tick_s, packet
