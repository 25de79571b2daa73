"""How steadily pictures move, from the finished files: python -m bench render_shake [--seconds 5] [--runs 3].

Our motions, MoviePy's resized(lambda) and ffmpeg's zoompan over the same stills, without captions. Shake is the usual
acceleration of the picture's corners from frame to frame, in px/frame^2, measured by pipeline.check.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from bench import rivals, tables
from bench.films import MOTIONS, film
from pipeline.build import Workspace
from pipeline.check import frames, shake
from pipeline.render.film import render
from pipeline.timeline import Timeline

BAR, GOAL = 0.03, 0.01


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--width", type=int, default=1920)
    parser.add_argument("--height", type=int, default=1080)
    parser.add_argument("--runs", type=int, default=3, help="stills a motion")
    options = parser.parse_args()
    print(f"{tables.machine()}; {options.width} x {options.height}, {options.seconds:g} s a still")
    with tempfile.TemporaryDirectory(prefix="bench-shake-") as name:
        folder = Path(name)
        whole = film(
            folder,
            seconds=options.seconds * options.runs,
            width=options.width,
            height=options.height,
            scene_s=options.seconds,
            stills=options.runs,
        )
        rows = [row(about, partial(make, whole, folder), whole, folder) for about, make in contestants().items()]
    tables.show(["", "px/frame^2, median (lowest to highest)", "bar", "goal"], rows)


def contestants() -> dict[str, Callable[[Timeline, Path, Path], object]]:
    return {
        **{f"ours, {motion}": partial(ours, motion=motion) for motion in MOTIONS},
        "MoviePy 2, resized(lambda)": partial(rivals.moviepy, captions=False),
        "zoompan, 4 x prescale": partial(rivals.zoompan, captions=False),
        "zoompan": partial(rivals.zoompan, captions=False, prescale=1),
        "zoompan, a pan": partial(rivals.zoompan, captions=False, prescale=1, motion="pan"),
    }


def ours(timeline: Timeline, folder: Path, out: Path, *, motion: str) -> None:
    segments = tuple(
        segment.model_copy(update={"visuals": (segment.visuals[0].model_copy(update={"motion": motion}),)})
        for segment in timeline.segments
    )
    bare = timeline.model_copy(update={"segments": segments, "caption_style": "off"})
    with tempfile.TemporaryDirectory(prefix="work-", dir=folder) as work:
        render(bare, folder, out, workspace=Workspace(Path(work)))


def row(name: str, make: Callable[[Path], object], timeline: Timeline, folder: Path) -> list[object]:
    out = folder / "film.mp4"
    make(out)
    found = shakes(out, timeline)
    measured = f"{statistics.median(found):.4f} ({min(found):.4f} to {max(found):.4f})" if found else "nothing to see"
    return [name, measured, BAR, GOAL]


def shakes(path: Path, timeline: Timeline) -> list[float]:
    """Of every still but for its first and last frames."""
    free = np.zeros((timeline.height, timeline.width), np.bool_)
    watched = [frames.Watched(s.start_frame + 5, s.end_frame - 5, free) for s in timeline.segments]
    velocities = frames.look(path, watched).velocities.values()
    return [found for found in map(shake.shake, velocities) if found is not None]


if __name__ == "__main__":
    main()
