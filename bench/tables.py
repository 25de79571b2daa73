"""Tables as the benches print them, and the machine they were measured on."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Sequence


def machine() -> str:
    """Cores and how busy they are: a figure means little without them."""
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, load {load:.1f} at the start"


def seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


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
