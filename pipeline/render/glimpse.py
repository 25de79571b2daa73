"""The first two seconds of a scene, small and without sound, taken from the frames as they are drawn for the film."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from pipeline.render import encode
from pipeline.render.kernels import Plane
from pipeline.render.planes import Planes

SECONDS, LINES, FPS = 2, 360, 15
_HOW = encode.Encoding("mp4", "libx264", "ultrafast", 28)


class Glimpse:
    """Looks at the frames of one scene as they pass, from its first on."""

    def __init__(self, width: int, height: int, fps: int) -> None:
        self._step = max(1, round(fps / FPS))
        self._fps = round(fps / self._step)
        self._shrink = -(-min(width, height) // LINES)
        self._most = SECONDS * self._fps
        self._frames: list[Planes] = []

    def see(self, number: int, planes: Planes) -> None:
        if number % self._step == 0 and len(self._frames) < self._most:
            self._frames.append(_small(planes, self._shrink))

    def clip(self) -> bytes:
        """An MP4 that browsers play; empty where nothing was seen, or nothing here encodes it."""
        if not self._frames or not encode.works(_HOW.encoder):
            return b""
        size = self._frames[0]
        draws: list[Callable[[Planes], None]] = [partial(Planes.copy_to, frame) for frame in self._frames]
        with TemporaryDirectory() as folder:
            path = Path(folder) / "glimpse.mp4"
            encode.write(path, _HOW, width=size.width, height=size.height, fps=self._fps, frames=draws)
            return path.read_bytes()


def _small(planes: Planes, shrink: int) -> Planes:
    """Every so many pixels made one. Both sides stay even, as chroma wants it."""
    width, height = (2 * (side // shrink // 2) for side in (planes.width, planes.height))
    half = (height // 2, width // 2)
    return Planes(
        width,
        height,
        _mean(planes.y, (height, width), shrink),
        _mean(planes.u, half, shrink),
        _mean(planes.v, half, shrink),
    )


def _mean(plane: Plane, size: tuple[int, int], shrink: int) -> Plane:
    """Of the pixels on the diagonal of each square: nearly as smooth as all of them, in a third of the time."""
    height, width = size
    total = np.zeros(size, np.uint16)
    for step in range(shrink):
        total += plane[step : height * shrink : shrink, step : width * shrink : shrink]
    return (total // shrink).astype(np.uint8)
