"""How fast films are rendered: against a bare x264 encode of the very same frames, MoviePy 2, and ffmpeg's zoompan.

    python -m bench render_speed [--seconds 60] [--short 10] [--pictures drawn|grainy] [--runs 3]

All in one run, in turn, each measured --runs times. The bare encode gets its frames ready in memory, its settings are
ours to the letter, and it has neither sound nor a film to write; ours draws, mixes, encodes, joins and delivers.
MoviePy and zoompan take so long that they get the first --short seconds of the film; ours is measured over those too.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from statistics import median

import av

from bench import rivals, tables
from bench.films import film
from bench.tables import Spent
from pipeline.build import Workspace
from pipeline.render import encode
from pipeline.render.film import Film, render
from pipeline.render.planes import Planes
from pipeline.timeline import Timeline

BARS = {"bare": (0.85, 0.95), "moviepy": (8, 12), "zoompan": (3, 5)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--short", type=float, default=10)
    parser.add_argument("--width", type=int, default=1920)
    parser.add_argument("--height", type=int, default=1080)
    parser.add_argument("--pictures", choices=("drawn", "grainy"), default="drawn")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--without", nargs="*", default=[], choices=("bare", "rivals"))
    options = parser.parse_args()
    print(f"{tables.machine()}; {options.width} x {options.height} at 30 fps, {options.pictures} pictures")
    with tempfile.TemporaryDirectory(prefix="bench-speed-") as name:
        folder = Path(name)
        size = {"width": options.width, "height": options.height, "kind": options.pictures}
        whole = film(folder, seconds=options.seconds, **size)
        short = film(folder, seconds=options.short, **size)
        if "bare" not in options.without:
            against_bare(whole, folder, options.runs)
        if "rivals" not in options.without:
            against_rivals(short, folder, options.runs)


def ours(timeline: Timeline, folder: Path) -> None:
    """Everything from the timeline to the finished file, nothing kept from before."""
    with tempfile.TemporaryDirectory(prefix="work-", dir=folder) as work:
        render(timeline, folder, folder / "ours.mp4", workspace=Workspace(Path(work)), how=software())


def software() -> encode.Encoding:
    """x264 also where a graphics card could do it: that is what is compared."""
    return encode.Encoding("mp4", "libx264", rivals.PRESET, int(rivals.QUALITY))


def against_bare(timeline: Timeline, folder: Path, runs: int) -> None:
    frames = drawn(timeline, folder)
    ours(timeline, folder)  # compiled kernels and opened fonts are there from the second film on
    contestants: dict[str, Callable[[], object]] = {
        "full render: sound, captions, joining and all": lambda: ours(timeline, folder),
        "bare x264, one thread a stretch, as ours": lambda: bare_stretches(frames, timeline, folder),
        "bare x264, one encoder, its own threads": lambda: bare_whole(frames, timeline, folder),
    }
    taken = in_turn(contestants, runs)
    print_table(taken, timeline.frames, BARS["bare"], "bare / full")


def drawn(timeline: Timeline, folder: Path) -> list[list[av.VideoFrame]]:
    """Every frame of the film in memory, stretch by stretch."""
    ready = Film(timeline, folder)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda stretch: _drawn(ready, stretch), ready.stretches()))


def _drawn(ready: Film, stretch) -> list[av.VideoFrame]:
    frames = []
    with closing(ready.scene(stretch.position)) as scene:
        for number in range(stretch.first, stretch.last):
            frame = av.VideoFrame(ready.timeline.width, ready.timeline.height, "yuv420p")
            scene.draw(number, Planes.of_frame(frame))
            frames.append(frame)
    return frames


def bare_stretches(stretches: Sequence[list[av.VideoFrame]], timeline: Timeline, folder: Path) -> None:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda n: bare(stretches[n], timeline, folder / f"bare-{n}.mp4", 1), range(len(stretches))))


def bare_whole(stretches: Sequence[list[av.VideoFrame]], timeline: Timeline, folder: Path) -> None:
    bare([frame for stretch in stretches for frame in stretch], timeline, folder / "bare.mp4", 0)


def bare(frames: Sequence[av.VideoFrame], timeline: Timeline, path: Path, threads: int) -> None:
    """The renderer's settings and nothing but the encoder."""
    how = software()
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream(how.encoder, rate=timeline.fps, options=encode.options(how, timeline.fps))
        encode.configure(stream, how, width=timeline.width, height=timeline.height, fps=timeline.fps)
        stream.codec_context.thread_count = threads
        for number, frame in enumerate(frames):
            frame.pts, frame.time_base = number, Fraction(1, timeline.fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def against_rivals(timeline: Timeline, folder: Path, runs: int) -> None:
    ours(timeline, folder)
    contestants: dict[str, Callable[[], object]] = {
        "full render": lambda: ours(timeline, folder),
        "MoviePy 2": lambda: rivals.moviepy(timeline, folder, folder / "moviepy.mp4"),
        "ffmpeg zoompan, 4 x prescale, libass": lambda: rivals.zoompan(timeline, folder, folder / "zoompan.mp4"),
    }
    taken = in_turn(contestants, runs)
    print_table(taken, timeline.frames, BARS["moviepy"], "theirs / ours", {"ffmpeg": BARS["zoompan"]})


def in_turn(contestants: dict[str, Callable[[], object]], runs: int) -> dict[str, list[Spent]]:
    """A, B, C, A, B, C: a machine that slows down slows down all of them."""
    taken: dict[str, list[Spent]] = {name: [] for name in contestants}
    for _ in range(runs):
        for name, action in contestants.items():
            taken[name].append(tables.spent(action))
    return taken


def print_table(
    taken: dict[str, list[Spent]],
    frames: int,
    bar: tuple[float, float],
    ratio: str,
    others: dict[str, tuple[float, float]] | None = None,
) -> None:
    """The first is ours; ratios are medians over the runs of each run's own ratio."""
    (first, base), *rest = taken.items()
    rows = [[first, *_times(base, frames), "", "", "", ""]]
    for name, times in rest:
        least, goal = next((b for start, b in (others or {}).items() if name.startswith(start)), bar)
        by_clock = median(their.wall_s / own.wall_s for their, own in zip(times, base, strict=True))
        by_processor = median(their.processor_s / own.processor_s for their, own in zip(times, base, strict=True))
        rows.append([name, *_times(times, frames), f"{by_clock:.2f}", f"{by_processor:.2f}", least, goal])
    print(f"\n{frames} frames, {len(base)} runs each in turn; load {os.getloadavg()[0]:.1f} at the end")
    heads = ["", "seconds (lowest to highest)", "ms a frame", "processor ms", ratio, "by processor", "bar", "goal"]
    tables.show(heads, rows)


def _times(times: list[Spent], frames: int) -> tuple[str, str, str]:
    wall, worked = [t.wall_s for t in times], [t.processor_s for t in times]
    return tables.middle(wall), f"{1000 * median(wall) / frames:.1f}", f"{1000 * median(worked) / frames:.1f}"


if __name__ == "__main__":
    main()
