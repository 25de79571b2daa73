"""How much memory a long film takes against a short one: python -m bench render_memory [--long 12] [--short 1].

Every film is rendered by a fresh process that reports the most memory it ever held; what it shares with nobody counts.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import tables
from bench.films import PICTURES, SCENE_S, film
from pipeline.build import Workspace
from pipeline.render import encode
from pipeline.render.film import render

BAR, GOAL, LIMIT_MB = 1.1, 1.0, 700
PAINT = """
import sys
from pathlib import Path
from bench.films import pictures
pictures(Path(sys.argv[1]), "drawn", *map(int, sys.argv[2:]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long", type=float, default=12, help="minutes")
    parser.add_argument("--short", type=float, default=1)
    parser.add_argument("--heights", type=int, nargs="+", default=[360, 1080])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--child", nargs=2, metavar=("MINUTES", "HEIGHT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(float(options.child[0]), int(options.child[1]))
        return
    print(f"{tables.machine()}; 30 fps, a scene every 5 s, in a fresh process each")
    rows = []
    for height in options.heights:
        short = [peak_mb(options.short, height) for _ in range(options.runs)]
        long = [peak_mb(options.long, height) for _ in range(options.runs)]
        rows.append([f"{height} lines", *map(tables.middle, (short, long)), f"{ratio(long, short):.3f}", BAR, GOAL])
    heads = ["", f"MB, {options.short:g} min", f"MB, {options.long:g} min", "long / short", "bar", "goal"]
    tables.show(heads, rows)
    print(f"At 1080 lines at most {LIMIT_MB} MB are allowed.")


def ratio(long: list[float], short: list[float]) -> float:
    return statistics.median(long) / statistics.median(short)


def peak_mb(minutes: float, height: int) -> float:
    command = [sys.executable, "-m", "bench.render_memory", "--child", str(minutes), str(height)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(said.splitlines()[-1])


def child(minutes: float, height: int) -> None:
    """Pictures are painted by a process of their own: painting is not rendering."""
    width = 2 * round(height * 8 / 9)
    with tempfile.TemporaryDirectory(prefix="bench-memory-") as name:
        folder = Path(name)
        count = min(PICTURES, max(1, round(minutes * 60 / SCENE_S)))
        subprocess.run([sys.executable, "-c", PAINT, *map(str, (folder / "images", width, height, count))], check=True)
        timeline = film(folder, seconds=60 * minutes, width=width, height=height)
        how = encode.Encoding("mp4", "libx264", "veryfast", 20)
        render(timeline, folder, folder / "film.mp4", workspace=Workspace(folder / ".work"), how=how)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
