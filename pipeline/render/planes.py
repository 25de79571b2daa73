"""A frame as the encoder wants it: Y'CbCr 4:2:0, BT.709, limited range, three planes of bytes."""

from __future__ import annotations

from dataclasses import dataclass

import av
import numpy as np
from numpy.typing import NDArray

from pipeline.render import kernels
from pipeline.render.kernels import Plane
from pipeline.render.sprites import Picture, Sprite


@dataclass(frozen=True, eq=False)
class Planes:
    """A picture of even width and height. Rows may be longer in memory than the picture is wide."""

    width: int
    height: int
    y: Plane
    u: Plane
    v: Plane

    @classmethod
    def empty(cls, width: int, height: int) -> Planes:
        half = (height // 2, width // 2)
        return cls(
            width, height, np.zeros((height, width), np.uint8), np.zeros(half, np.uint8), np.zeros(half, np.uint8)
        )

    @classmethod
    def from_rgb(cls, rgb: NDArray[np.uint8]) -> Planes:
        """rgb is (H, W, 3 or 4) of even sides; alpha is ignored."""
        planes = cls.empty(rgb.shape[1], rgb.shape[0])
        planes.paint(rgb)
        return planes

    @classmethod
    def of_colour(cls, width: int, height: int, colour: str) -> Planes:
        """A flat picture; the colour is #rrggbb."""
        rgb = np.frombuffer(bytes.fromhex(colour[1:]), np.uint8)
        return cls.from_rgb(np.broadcast_to(rgb, (height, width, 3)).copy())

    @classmethod
    def of_frame(cls, frame: av.VideoFrame) -> Planes:
        """The memory of a yuv420p frame itself, to be drawn into."""
        y, u, v = (np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size) for plane in frame.planes)
        return cls(frame.width, frame.height, y[: frame.height], u[: frame.height // 2], v[: frame.height // 2])

    def paint(self, rgb: NDArray[np.uint8]) -> None:
        """Take over a picture of the same size."""
        rgb = np.ascontiguousarray(rgb)
        kernels.luma_from_rgb(rgb, self.y)
        kernels.chroma_from_rgb(rgb, self.u, self.v)

    def copy_to(self, target: Planes) -> None:
        target.y[:, : self.width] = self.y[:, : self.width]
        target.u[:, : self.width // 2] = self.u[:, : self.width // 2]
        target.v[:, : self.width // 2] = self.v[:, : self.width // 2]

    def to_rgb(self) -> NDArray[np.uint8]:
        """(H, W, 3) RGB, for pictures that people look at."""
        frame = av.VideoFrame(self.width, self.height, "yuv420p")
        self.copy_to(Planes.of_frame(frame))
        bt709 = {"src_colorspace": "ITU709", "dst_colorspace": "ITU709"}
        limited = {"src_color_range": "MPEG", "dst_color_range": "JPEG"}
        rgb: NDArray[np.uint8] = frame.to_ndarray(format="rgb24", **bt709, **limited)
        return rgb


@dataclass(frozen=True, eq=False)
class SpritePlanes:
    """A sprite's picture as planes with alpha, padded so that it begins on an even pixel and has even sides."""

    y: Plane
    u: Plane
    v: Plane
    alpha: Plane
    alpha_half: Plane

    @classmethod
    def convert(cls, picture: Picture, odd_x: int, odd_y: int) -> SpritePlanes:
        pixels = picture.pixels
        height, width = pixels.shape[:2]
        down, right = (height + odd_y) % 2, (width + odd_x) % 2
        rgba = np.pad(pixels, ((odd_y, down), (odd_x, right), (0, 0)))
        shape = rgba.shape[:2]
        half = (shape[0] // 2, shape[1] // 2)
        y, u, v, alpha_half = (np.empty(s, np.uint8) for s in (shape, half, half, half))
        kernels.luma_from_rgb(rgba, y)
        kernels.chroma_from_rgba(rgba, u, v, alpha_half)
        return cls(y, u, v, np.ascontiguousarray(rgba[:, :, 3]), alpha_half)

    @property
    def nbytes(self) -> int:
        return sum(plane.nbytes for plane in (self.y, self.u, self.v, self.alpha, self.alpha_half))


def lay(sprite: Sprite, planes: SpritePlanes, target: Planes) -> None:
    """Blend a sprite into a frame, cut at the frame's edges."""
    opacity = round(min(max(sprite.opacity, 0.0), 1.0) * 256)
    left, top = sprite.x - (sprite.x & 1), sprite.y - (sprite.y & 1)
    x0, x1 = max(left, 0), min(left + planes.y.shape[1], target.width)
    y0, y1 = max(top, 0), min(top + planes.y.shape[0], target.height)
    if opacity == 0 or x0 >= x1 or y0 >= y1:
        return
    full = (y0, x0, y0 - top, x0 - left, y1 - y0, x1 - x0)
    y2, x2, sy2, sx2, h2, w2 = (n // 2 for n in full)
    half = (y2, x2, sy2, sx2, h2, w2)
    kernels.blend(target.y, planes.y, planes.alpha, *full, opacity)
    kernels.blend(target.u, planes.u, planes.alpha_half, *half, opacity)
    kernels.blend(target.v, planes.v, planes.alpha_half, *half, opacity)
