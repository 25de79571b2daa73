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
from bench.tables import Spent
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
        full, whole = made(timeline, folder, workspace)
        drawn = f"{full.stretches_made} of {full.stretches}"
        rows = [["full render", f"{whole.wall_s:.2f}", f"{whole.processor_s:.2f}", drawn, "", "", "", ""]]
        edits: list[tuple[RenderReport, Spent]] = []
        for number in range(options.edits):
            position = len(timeline.segments) * (number + 1) // (options.edits + 1)
            timeline = edited(timeline, position, f"edit {number} of these words")
            edits.append(made(timeline, folder, workspace))
        rows.append(["one scene edited", *row(edits, whole), "5 %", "2 %"])
        heads = ["", "seconds", "by processor", "stretches drawn", "of the full render", "by processor", "bar", "goal"]
        tables.show(heads, rows)


def row(edits: list[tuple[RenderReport, Spent]], whole: Spent) -> list[str]:
    report = edits[0][0]
    by_clock, by_processor = [took.wall_s for _, took in edits], [took.processor_s for _, took in edits]
    return [
        tables.middle(by_clock),
        tables.middle(by_processor),
        f"{report.stretches_made} of {report.stretches}",
        f"{statistics.median(by_clock) / whole.wall_s:.2%}",
        f"{statistics.median(by_processor) / whole.processor_s:.2%}",
    ]


def made(timeline: Timeline, folder: Path, workspace: Workspace) -> tuple[RenderReport, Spent]:
    reports: list[RenderReport] = []
    took = tables.spent(lambda: reports.append(render(timeline, folder, folder / "film.mp4", workspace=workspace)))
    return reports[0], took


def edited(timeline: Timeline, position: int, words: str) -> Timeline:
    """The first caption of a scene says something else."""
    segments = list(timeline.segments)
    first, *others = segments[position].captions
    changed = first.model_copy(update={"text": words, "words": ()})
    segments[position] = segments[position].model_copy(update={"captions": (changed, *others)})
    return timeline.model_copy(update={"segments": tuple(segments)})


if __name__ == "__main__":
    main()
