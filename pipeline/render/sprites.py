"""What is drawn over the picture: sprites, and the layers that give them.

A layer is anything callable from a frame to a sprite; a plain function is one. What a sprite's picture depends on
is its key: sprites with the same key are converted and blended from the same cached planes, so a caption that stands
for two seconds is drawn once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Picture:
    """A drawn picture: pixels are (H, W, 4) uint8 RGBA, alpha not premultiplied. Made when first needed."""

    key: Hashable
    draw: Callable[[], Pixels]

    @cached_property
    def pixels(self) -> Pixels:
        return self.draw()


@dataclass(frozen=True)
class Sprite:
    """A picture at a place: x and y are the top left corner in whole pixels and may lie outside the frame."""

    picture: Picture
    x: int
    y: int
    opacity: float = 1.0


class Layer(Protocol):
    """Frame number, counted from the start of what the layer lies on, to what is drawn there, lowest first."""

    def __call__(self, frame: int) -> tuple[Sprite, ...]: ...
