"""What fills the frame: a still under a moving window, or a clip. Each draws any of its frames into planes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np

from pipeline.render import kernels
from pipeline.render.kernels import Plane
from pipeline.render.motion import Path, Window
from pipeline.render.planes import Planes


class Source(Protocol):
    """Frame number, counted from when the visual is first seen, to a picture."""

    def draw(self, frame: int, target: Planes) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, eq=False)
class Still:
    """A plate and the path of the window over it."""

    plate: Planes
    path: Path

    def draw(self, frame: int, target: Planes) -> None:
        if self.path.motion == "none":
            self.plate.copy_to(target)
        else:
            sample(self.plate, self.path.window(frame), target)

    def close(self) -> None:
        """Nothing is held open."""


def sample(source: Planes, window: Window, target: Planes) -> None:
    """Draw a window of one picture at the size of another, linear and exact below one pixel."""
    _sample_plane(source.y, source.width, source.height, window, target.y, target.width, target.height)
    half = Window(window.x / 2, window.y / 2, window.width / 2, window.height / 2)
    for here, there in ((source.u, target.u), (source.v, target.v)):
        _sample_plane(here, source.width // 2, source.height // 2, half, there, target.width // 2, target.height // 2)


def _sample_plane(
    source: Plane, source_width: int, source_height: int, window: Window, target: Plane, width: int, height: int
) -> None:
    step = window.width / width
    rows = _rows(height, window.y, window.height / height, source_height)
    if abs(step - 1) <= kernels.MAX_STEP_OFFSET and width >= kernels.BLOCK:
        columns = _columns(width, window.x, step, source_width)
        tables = (columns.low, columns.span, columns.starts, columns.bases, columns.weights)
        kernels.resample(source, *tables, rows.index, rows.weight, target)
    else:
        places = kernels.positions(width, window.x, step, source_width)
        index = places.astype(np.int64)
        weight = np.rint((places - index) * 128).astype(np.int32)
        kernels.resample_freely(source, index, weight, rows.index, rows.weight, target)


# The two chroma planes share their tables, and a pan's steps repeat.
_rows = lru_cache(maxsize=8)(kernels.rows)
_columns = lru_cache(maxsize=8)(kernels.columns)
