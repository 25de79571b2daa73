"""How much everything but rendering takes, against rendering: the example at 1080p on embedded defaults.

    python -m bench.making_share [--minutes 2] [--resolution 1080p]

The film is made from nothing; then its finished timeline alone is rendered from nothing; then the film is made again
with that rendering found, which is everything else. By the clock, what the first took longer than the second, as the
creator waits for it; by processor, the third, since a difference between two long runs is mostly what else ran beside.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.brief import Brief
from pipeline.build import Workspace
from pipeline.making import from_environment, make
from pipeline.making.packaging import FILM
from pipeline.render.film import render
from pipeline.timeline import load

ALLOWED = 0.15


@dataclass(frozen=True)
class Spent:
    wall_s: float
    processor_s: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", default="examples/volcanoes.md")
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--resolution", default="1080p")
    options = parser.parse_args()
    brief = Brief(documents=(options.notes,), minutes=options.minutes, resolution=options.resolution)
    with tempfile.TemporaryDirectory(prefix="share-") as folder:
        out = Path(folder) / "film"
        _warmed_up(Path(folder))
        whole = _measured(
            lambda: make(brief, out, services=from_environment(brief, {}), workspace=Workspace(Path(folder) / "a"))
        )
        again = Path(folder) / FILM
        alone = _measured(
            lambda: render(load(out / "timeline.json"), out, again, workspace=Workspace(Path(folder) / "b"))
        )
        rest = _measured(
            lambda: make(
                brief,
                out.with_name("again"),
                services=from_environment(brief, {}),
                workspace=Workspace(Path(folder) / "b"),
            )
        )
        _print_stages(json.loads((out / "report.json").read_bytes()))
    _print_shares(whole, alone, rest)


def _warmed_up(folder: Path) -> None:
    """Compiled kernels and opened fonts are there from the second film on; they are no film's cost."""
    brief = Brief(documents=("examples/volcanoes.md",), minutes=1, resolution="360p", fps=24)
    make(brief, folder / "warm", services=from_environment(brief, {}), workspace=Workspace(folder / "w"))


def _measured(work: Callable[[], object]) -> Spent:
    began_s, before_s = time.monotonic(), _processor_s()
    work()
    return Spent(time.monotonic() - began_s, _processor_s() - before_s)


def _processor_s() -> float:
    """Of this process and of those it started and that have ended; voices speak in processes of their own."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _print_stages(report: dict) -> None:
    print(f"\n{'stage':<14}{'seconds':>9}{'made':>6}")
    for stage, account in report["stages"].items():
        print(f"{stage:<14}{account['seconds']:>9.2f}{account['made']:>6}")
    print("(seconds of painting and of alignment are summed over threads)")


def _print_shares(whole: Spent, alone: Spent, rest: Spent) -> None:
    print(f"\n{os.cpu_count()} cores    {'all':>8}{'render':>8}{'rest':>8}{'share':>8}   allowed {ALLOWED:.0%}")
    for name, all_s, render_s, rest_s in (
        ("wall", whole.wall_s, alone.wall_s, whole.wall_s - alone.wall_s),
        ("processor", whole.processor_s, alone.processor_s, rest.processor_s),
    ):
        print(f"{name:<11}{all_s:>8.1f}{render_s:>8.1f}{rest_s:>8.1f}{rest_s / render_s:>8.0%}")


if __name__ == "__main__":
    main()
