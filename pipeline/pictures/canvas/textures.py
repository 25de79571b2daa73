"""Grain, fibres, dots and hatching as small tiles that repeat without a seam. Made once, always the same."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

SIDE = 512
Field = NDArray[np.float32]


@lru_cache(maxsize=64)
def cloud(cells: int, octaves: int = 4, seed: int = 0, side: int = SIDE) -> Field:
    """Soft noise in [0, 1] that wraps round."""
    rng, total, weight = np.random.default_rng(seed), np.zeros((side, side), np.float32), 0.0
    for octave in range(octaves):
        count = min(cells << octave, side)
        total += _stretched(rng.random((count, count), np.float32), side) / (1 << octave)
        weight += 1 / (1 << octave)
    total /= weight
    return np.clip((total - 0.5) * 1.9 + 0.5, 0, 1).astype(np.float32)


def _stretched(grid: Field, side: int) -> Field:
    """Smooth interpolation of a coarse wrapping grid up to the tile's size."""
    count = len(grid)
    places = np.arange(side, dtype=np.float32) * count / side
    low = places.astype(np.int64)
    share = places - low
    share = share * share * (3 - 2 * share)
    rows = grid[low] * (1 - share)[:, None] + grid[(low + 1) % count] * share[:, None]
    mixed = rows[:, low] * (1 - share)[None] + rows[:, (low + 1) % count] * share[None]
    return mixed.astype(np.float32)


@lru_cache(maxsize=8)
def speckle(seed: int = 1) -> Field:
    """Film grain: fine, even, a little soft."""
    raw = np.random.default_rng(seed).normal(0.5, 0.22, (SIDE, SIDE)).astype(np.float32)
    return np.clip(raw * 0.6 + np.roll(raw, 1, 0) * 0.2 + np.roll(raw, 1, 1) * 0.2, 0, 1)


@lru_cache(maxsize=8)
def paper(seed: int = 2) -> Field:
    """Fibres and tooth of a sheet, lit from the upper left."""
    tooth = cloud(64, 3, seed) * 0.6 + cloud(8, 3, seed + 1) * 0.25 + speckle(seed) * 0.35
    relief = tooth - np.roll(np.roll(tooth, 1, 0), 1, 1)
    return np.clip(0.5 + relief * 0.42 + (cloud(6, 3, seed + 2) - 0.5) * 0.1, 0, 1).astype(np.float32)


@lru_cache(maxsize=8)
def weave() -> Field:
    """Canvas: threads over and under."""
    place = np.arange(SIDE, dtype=np.float32) * math.tau / 8
    threads = np.sin(place)[:, None] * 0.25 + np.sin(place)[None] * 0.25 + np.sin(place[:, None] + place[None]) * 0.15
    return np.clip(0.5 + threads * 0.5 + (speckle(3) - 0.5) * 0.5, 0, 1).astype(np.float32)


@lru_cache(maxsize=8)
def chalk() -> Field:
    """How much chalk a rough board takes: specks and streaks."""
    streaks = cloud(48, 2, 5)
    drawn = (streaks + np.roll(streaks, 1, 1) + np.roll(streaks, 2, 1) + np.roll(streaks, 3, 1)) / 4
    return np.clip((drawn * 0.55 + cloud(160, 1, 6) * 0.45 - 0.28) * 2.4, 0, 1).astype(np.float32)


@lru_cache(maxsize=32)
def hatching(spacing: int, thickness: float, seed: int = 7) -> Field:
    """Pen strokes, all one way, each a little uneven: opacity."""
    rng = np.random.default_rng(seed + spacing)
    tile = np.zeros((SIDE, SIDE), np.float32)
    columns = np.arange(SIDE, dtype=np.float32)[None] * math.tau / SIDE
    for centre in range(0, SIDE, spacing):
        middle = np.full_like(columns, centre + rng.uniform(-0.12, 0.12) * spacing)
        for wave in (1, 2, 5):
            middle += rng.uniform(-0.5, 0.5) * np.sin(columns * wave + rng.uniform(0, 7))
        width = thickness * (0.75 + 0.35 * np.sin(columns * rng.integers(1, 4) + rng.uniform(0, 7)))
        rows = np.arange(centre - 6, centre + 7)
        tile[rows % SIDE] = np.maximum(
            tile[rows % SIDE], np.clip(width / 2 + 0.5 - np.abs(rows[:, None] - middle), 0, 1)
        )
    return tile


@lru_cache(maxsize=64)
def _grey_image(name: str, seed: int) -> skia.Image:
    field = _FIELDS[name](seed)
    grey = np.rint(field * 255).astype(np.uint8)
    return skia.Image.fromarray(np.dstack([grey, grey, grey, np.full_like(grey, 255)]), copy=True)


@lru_cache(maxsize=64)
def _mask_image(name: str, seed: int) -> skia.Image:
    """White, as opaque as the field is bright; to be coloured when used."""
    alpha = np.rint(_FIELDS[name](seed) * 255).astype(np.uint8)
    return skia.Image.fromarray(np.dstack([alpha] * 4), copy=True)


_FIELDS: dict[str, Callable[[int], Field]] = {
    "grain": lambda seed: speckle(seed + 1),
    "noise": lambda seed: speckle(seed + 4) * 0.6 + cloud(96, 2, seed) * 0.4,
    "paper": lambda seed: paper(seed + 2),
    "canvas": lambda seed: weave(),
    "chalk": lambda seed: chalk(),
    "bare": lambda seed: np.clip(
        (cloud(170, 1, 6) * 0.5 + speckle(2) * 0.35 + cloud(28, 2, 9) * 0.3 - 0.46) * 2.6, 0, 1
    ),
    "bloom": lambda seed: cloud(5, 5, seed + 11),
    "mist": lambda seed: np.clip(cloud(3, 5, seed + 21) * 1.5 - 0.4, 0, 1),
    "hatch": lambda seed: hatching(max(seed, 4), max(seed, 4) * 0.2 + 0.4),
}


def tile(name: str, scale: float = 1.0, seed: int = 0, degrees: float = 0.0) -> skia.Shader:
    """A grey tile repeated over the plane."""
    return _repeated(_grey_image(name, seed), scale, degrees)


def mask(name: str, colour: int, scale: float = 1.0, seed: int = 0, degrees: float = 0.0) -> skia.Shader:
    """One colour, as opaque as the tile is bright."""
    shader = _repeated(_mask_image(name, seed), scale, degrees)
    return shader.makeWithColorFilter(skia.ColorFilters.Blend(colour, skia.BlendMode.kSrcIn))


def _repeated(image: skia.Image, scale: float, degrees: float) -> skia.Shader:
    matrix = skia.Matrix()
    matrix.setScale(scale, scale)
    matrix.postRotate(degrees)
    sampling = skia.SamplingOptions(skia.FilterMode.kLinear)
    return image.makeShader(skia.TileMode.kRepeat, skia.TileMode.kRepeat, sampling, matrix)
