"""What an edit costs: python -m bench render_edit [--minutes 10] [--height 1080] [--edits 3].

A film is rendered from nothing once; then the words of one scene are changed and the film is rendered again, each time
another scene. What that takes is put against the full render.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from bench import tables
from bench.films import film
from pipeline.build import Workspace
from pipeline.render.film import RenderReport, render
from pipeline.timeline import Timeline

BAR, GOAL = 0.05, 0.02


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--height", type=int, default=1080)
    parser.add_argument("--edits", type=int, default=3)
    options = parser.parse_args()
    print(f"{tables.machine()}; {options.minutes:g} minutes at {options.height} lines, 30 fps, a scene every 5 s")
    with tempfile.TemporaryDirectory(prefix="bench-edit-") as name:
        folder = Path(name)
        width = 2 * round(options.height * 8 / 9)
        timeline = film(folder, seconds=60 * options.minutes, width=width, height=options.height)
        workspace = Workspace(folder / ".work")
        full = made(timeline, folder, workspace)
        rows = [["full render", f"{full.seconds:.2f}", f"{full.stretches_made} of {full.stretches}", "", "", ""]]
        reports = []
        for number in range(options.edits):
            position = len(timeline.segments) * (number + 1) // (options.edits + 1)
            timeline = edited(timeline, position, f"edit {number} of these words")
            reports.append(made(timeline, folder, workspace))
        took = [report.seconds for report in reports]
        share = statistics.median(took) / full.seconds
        drawn = f"{reports[0].stretches_made} of {reports[0].stretches}"
        rows.append(["one scene edited", tables.middle(took), drawn, f"{100 * share:.2f} %", "5 %", "2 %"])
        tables.show(["", "seconds", "stretches drawn", "of the full render", "bar", "goal"], rows)


def made(timeline: Timeline, folder: Path, workspace: Workspace) -> RenderReport:
    return render(timeline, folder, folder / "film.mp4", workspace=workspace)


def edited(timeline: Timeline, position: int, words: str) -> Timeline:
    """The first caption of a scene says something else."""
    segments = list(timeline.segments)
    first, *others = segments[position].captions
    changed = first.model_copy(update={"text": words, "words": ()})
    segments[position] = segments[position].model_copy(update={"captions": (changed, *others)})
    return timeline.model_copy(update={"segments": tuple(segments)})


if __name__ == "__main__":
    main()
