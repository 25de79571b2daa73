"""A film in parts that can be decoded on their own. What was seen in one holds while its packets stay the same, so
after an edit only what the edit changed is decoded again. It is always the finished file whose packets are compared.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Protocol

import av
import numpy as np
from numpy.typing import NDArray

FROZEN_S = 0.5
"""A picture that looks as it did so long ago stands still. From one frame to the next, a slow zoom over a flat card
changes no more than an encoder does that touches up a still one."""
USUAL_FPS = 30

Seen = NDArray[np.bool_]
"""(2, frames): whether each is black, and whether it shows what was seen `lag` frames before."""


class Memory(Protocol):
    """Keeps what was seen, by the hash of the packets that it was seen in."""

    def recall(self, digest: str) -> Seen | None: ...

    def remember(self, digest: str, seen: Seen) -> None: ...


@dataclass(frozen=True)
class Part:
    """Frames from `first` to before `last`. To compare its first ones with those that they follow, it is decoded from
    `begin` on; the digest is of all these packets."""

    begin: int
    first: int
    last: int
    digest: str


@dataclass(frozen=True)
class Parts:
    """What the packets of a film say, nothing decoded."""

    frames: int
    lag: int
    """Frames in FROZEN_S."""
    keys: tuple[int, ...]
    """Frames from which on everything can be decoded, without anything before."""
    ends: tuple[int, ...]
    """Frames up to which everything can be decoded, without anything after."""
    parts: tuple[Part, ...]

    def runs(self, parts: Iterable[Part], frames: Collection[int]) -> list[range]:
        """What is to be decoded to see these parts and frames, in order and nothing twice."""
        spans = [(part.begin, part.last) for part in parts]
        for frame in frames:
            if 0 <= frame < self.frames:
                start = self.keys[bisect_right(self.keys, frame) - 1]
                spans.append((start, self.ends[bisect_right(self.ends, frame)]))
        runs: list[range] = []
        for start, stop in sorted(spans):
            if runs and start <= runs[-1].stop:
                runs[-1] = range(runs[-1].start, max(stop, runs[-1].stop))
            else:
                runs.append(range(start, stop))
        return runs


def read(path: Path, starts: Iterable[int]) -> Parts:
    """The parts of a film that begin at these frames; frames from which nothing can be decoded begin none."""
    times: list[int] = []
    marked: list[int] = []
    digests: list[bytes] = []
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        lag = max(1, round(FROZEN_S * float(stream.average_rate or USUAL_FPS)))
        header = f"{stream.time_base} {lag} ".encode() + bytes(stream.codec_context.extradata or b"")
        for packet in _packets(container, stream):
            if packet.is_keyframe:
                marked.append(len(times))
            times.append(packet.pts or 0)
            digests.append(hashlib.sha256(bytes(packet)).digest())
    ends = _whole(times)
    keys = sorted({0} | set(marked) & set(ends))
    edges = sorted({0, len(times)} | set(starts) & set(keys))

    def part(first: int, last: int) -> Part:
        begin = keys[max(0, bisect_right(keys, first - lag) - 1)]
        shown = [time - times[begin] for time in times[begin:last]]
        digest = hashlib.sha256(header + repr((first - begin, shown)).encode() + b"".join(digests[begin:last]))
        return Part(begin, first, last, digest.hexdigest())

    return Parts(len(times), lag, tuple(keys), tuple(ends), tuple(part(*span) for span in pairwise(edges)))


def decoded(path: Path, runs: Iterable[range]) -> Iterator[tuple[int, av.VideoFrame]]:
    """The frames of these runs, each with its number in the film."""
    with av.open(str(path)) as container:
        stream: Any = container.streams.video[0]
        stream.thread_type = "AUTO"
        # Frames that no other is made from go unsmoothed, a thousandth of a level away and a tenth faster.
        stream.codec_context.options = {"skip_loop_filter": "noref"}
        packets, at = _packets(container, stream), 0
        for run in runs:
            numbers = iter(run)
            for packet in islice(packets, run.start - at, run.stop - at):
                yield from _numbered(stream.decode(packet), numbers)
            yield from _numbered(stream.decode(None), numbers)
            stream.codec_context.flush_buffers()
            at = run.stop


def _numbered(frames: Iterable[av.VideoFrame], numbers: Iterator[int]) -> Iterator[tuple[int, av.VideoFrame]]:
    """A number is only taken for a frame that is there."""
    for frame, number in zip(frames, numbers, strict=False):
        yield number, frame


def _packets(container: Any, stream: Any) -> Iterator[av.Packet]:
    """Of the pictures, without the empty one that ends a file."""
    return (packet for packet in container.demux(stream) if packet.size)


def _whole(times: list[int]) -> list[int]:
    """How many packets hold the same frames in the order of decoding as in the order of showing: 0, all, and some."""
    latest = np.maximum.accumulate(np.array(times, np.int64))
    soonest = np.minimum.accumulate(np.array(times[::-1], np.int64))[::-1]
    between = 1 + np.flatnonzero(latest[:-1] < soonest[1:])
    return sorted({0, *between.tolist(), len(times)})
