"""Tables as the benches print them, and the machine they were measured on."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


def machine() -> str:
    """Cores and how busy they are: a figure means little without them."""
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, load {load:.1f} at the start"


@dataclass(frozen=True)
class Spent:
    """By the clock, and by the processor: the second hardly changes when others keep the machine busy."""

    wall_s: float
    processor_s: float


def spent(action: Callable[[], object]) -> Spent:
    began_s, worked_s = time.perf_counter(), _processor_s()
    action()
    return Spent(time.perf_counter() - began_s, _processor_s() - worked_s)


def _processor_s() -> float:
    """Of this process and the children that it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def middle(values: Sequence[float]) -> str:
    """The median, and the lowest and highest beside it."""
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def show(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Columns as wide as they need; the first to the left, the others to the right."""
    cells = [[str(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(heads))]
    for number, row in enumerate(cells):
        first, *others = row
        rest = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        print("  ".join((first.ljust(widths[0]), *rest)).rstrip(), flush=True)
        if number == 0:
            print("-" * (sum(widths) + 2 * len(widths) - 2))
