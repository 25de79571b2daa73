"""Decodes any sound, of any rate and layout, into blocks of float32 at 48 kHz. Every failure names the place it hit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.error import FFmpegError, InvalidDataError
from av.filter import Graph
from av.stream import Disposition

from pipeline.errors import AssetError
from pipeline.sound.completeness import check_container, check_length
from pipeline.sound.pcm import BLOCK, RATE, Samples

_SEEK_FROM_MS = 2_000
_SEEK_MARGIN_S = 0.5
_DAMAGED = 0.05
_GATHERED = 16_384


@dataclass(frozen=True)
class Excerpt:
    """A part of a file's sound, and how fast it runs. The pitch stays."""

    path: Path
    start_ms: int = 0
    end_ms: int | None = None
    speed: float = 1.0
    where: str | None = None
    """The place that an error names."""


def read(excerpt: Excerpt) -> Iterator[Samples]:
    """(channels, n) blocks, 1 or 2 channels throughout. Nothing at all if the sound has no length."""
    with _opened(excerpt) as container:
        if not container.streams.audio and not container.streams.video:
            raise AssetError(f"{excerpt.path.name} is cut off or damaged. Export it again.", where=excerpt.where)
        if not container.streams.audio:
            raise AssetError(f"{excerpt.path.name} has no sound in it. Use a sound file.", where=excerpt.where)
        blocks = _trimmed(_decoded(container, excerpt), excerpt)
        yield from _gathered(blocks if excerpt.speed == 1 else _retimed(blocks, excerpt.speed))


def has_sound(path: Path, *, where: str | None = None) -> bool:
    """Whether a picture or clip carries a sound track."""
    with _opened(Excerpt(path, where=where)) as container:
        return bool(container.streams.audio)


@contextmanager
def _opened(excerpt: Excerpt) -> Iterator[Any]:
    name, where = excerpt.path.name, excerpt.where
    if not excerpt.path.is_file():
        raise AssetError(f"There is no file {excerpt.path}.", where=where)
    if not excerpt.path.stat().st_size:
        raise AssetError(f"{name} is empty (0 bytes). Export it again.", where=where)
    try:
        check_container(excerpt.path, where)
        with av.open(str(excerpt.path), metadata_errors="ignore") as container:
            yield container
    except FFmpegError as error:
        raise AssetError(f"{name} is damaged or not a sound file ({error.strerror}).", where=where) from error
    except OSError as error:
        raise AssetError(f"{name} cannot be read ({error.strerror}).", where=where) from error


def _decoded(container: Any, excerpt: Excerpt) -> Iterator[tuple[float, Samples]]:
    """Blocks, each with its time in the file in seconds."""
    stream = container.streams.audio[0]
    resampler = AudioResampler(
        "fltp", "mono" if stream.codec_context.channels == 1 else "stereo", RATE, frame_size=_GATHERED
    )
    origin_s = _origin_s(container)
    if excerpt.start_ms > _SEEK_FROM_MS:
        container.seek(int((excerpt.start_ms / 1000 - _SEEK_MARGIN_S + origin_s) * 1_000_000))
    at_s: float | None = None
    for frame in _frames(container, stream, excerpt):
        if at_s is None:
            at_s = (frame.time or 0.0) - origin_s
        for block in _arrays(resampler, frame, excerpt):
            yield at_s, block
            at_s += block.shape[1] / RATE
    if at_s is None:
        return
    for block in _arrays(resampler, None, excerpt):
        yield at_s, block
        at_s += block.shape[1] / RATE
    if stream.duration:
        declared_s = float(stream.duration * stream.time_base)
        name = container.format.name
        check_length(excerpt.path, excerpt.where, format_name=name, declared_s=declared_s, found_s=at_s)


def _frames(container: Any, stream: Any, excerpt: Excerpt) -> Iterator[AudioFrame]:
    """A broken packet here and there is passed over, as players do; a file of them is damaged."""
    packets = broken = 0
    for packet in container.demux(stream):
        packets += 1
        try:
            yield from packet.decode()
        except InvalidDataError:
            broken += 1
    if broken > _DAMAGED * packets:
        raise AssetError(f"{excerpt.path.name} is damaged. Export it again.", where=excerpt.where)


def _arrays(resampler: AudioResampler, frame: AudioFrame | None, excerpt: Excerpt) -> Iterator[Samples]:
    try:
        frames = resampler.resample(frame)
    except ValueError as error:
        raise AssetError(f"{excerpt.path.name} changes its format midway.", where=excerpt.where) from error
    for resampled in frames:
        block: Samples = resampled.to_ndarray().astype(np.float32, copy=False)
        yield block


def _finite(block: Samples) -> Samples:
    if np.isfinite(block).all():
        return block
    return np.nan_to_num(block, nan=0.0, posinf=1.0, neginf=-1.0)


def _origin_s(container: Any) -> float:
    """Where the file's clock starts: with its moving picture if there is one, else with its sound."""
    moving = [video for video in container.streams.video if not video.disposition & Disposition.attached_pic]
    first = (moving or container.streams.audio)[0]
    return float(first.start_time * first.time_base) if first.start_time else 0.0


def _gathered(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """The same sound in fewer, larger blocks: what comes after costs by the block."""
    parts: list[Samples] = []
    size = 0
    for block in blocks:
        parts.append(block)
        size += block.shape[1]
        if size >= BLOCK:
            yield _finite(np.concatenate(parts, axis=1))
            parts, size = [], 0
    if size:
        yield _finite(np.concatenate(parts, axis=1))


def _trimmed(blocks: Iterable[tuple[float, Samples]], excerpt: Excerpt) -> Iterator[Samples]:
    """From start_ms up to end_ms. Sound that begins later than start_ms is preceded by silence."""
    at = round(excerpt.start_ms * RATE / 1000)
    end = None if excerpt.end_ms is None else round(excerpt.end_ms * RATE / 1000)
    for time_s, block in blocks:
        first = round(time_s * RATE)
        while first - at >= 1 and (end is None or at < end):
            count = min(first - at, BLOCK, end - at if end is not None else BLOCK)
            yield np.zeros((len(block), count), np.float32)
            at += count
        part = block[:, max(0, at - first) : None if end is None else max(0, end - first)]
        if part.shape[1]:
            yield part
            at += part.shape[1]
        if end is not None and at >= end:
            return


def _retimed(blocks: Iterable[Samples], speed: float) -> Iterator[Samples]:
    tempo: _Tempo | None = None
    for block in blocks:
        tempo = tempo or _Tempo(speed, len(block))
        yield from tempo.push(block)
    if tempo:
        yield from tempo.push(None)


class _Tempo:
    """Changes the speed of a stream and keeps its pitch."""

    def __init__(self, speed: float, channels: int) -> None:
        self._graph = Graph()  # owns the filters: without this reference they are freed
        self._layout = "mono" if channels == 1 else "stereo"
        self._pushed = 0
        clock = Fraction(1, RATE)
        self._source: Any = self._graph.add_abuffer(
            sample_rate=RATE, format="fltp", layout=self._layout, time_base=clock
        )
        self._sink: Any = self._graph.add("abuffersink")
        chain = [self._source, *(self._graph.add("atempo", f"{factor:.6f}") for factor in _tempo_factors(speed))]
        for before, after in zip(chain, [*chain[1:], self._sink], strict=True):
            before.link_to(after)
        self._graph.configure()

    def push(self, block: Samples | None) -> Iterator[Samples]:
        """What comes out after one more block; None ends the stream."""
        self._source.push(None if block is None else self._frame(block))
        while True:
            try:
                yield self._sink.pull().to_ndarray()
            except (BlockingIOError, EOFError):
                return

    def _frame(self, block: Samples) -> AudioFrame:
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(block), format="fltp", layout=self._layout)
        frame.sample_rate, frame.pts, frame.time_base = RATE, self._pushed, Fraction(1, RATE)
        self._pushed += block.shape[1]
        return frame


def _tempo_factors(speed: float) -> list[float]:
    """One filter goes no slower than half the speed."""
    return [speed] if speed >= 0.5 else [0.5, *_tempo_factors(speed / 0.5)]
