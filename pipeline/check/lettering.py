"""Whether what is written can be read: its contrast in the decoded picture, and whether it stands inside the safe area.

Sprites say where letters are and in which colour; the finished frame says what can be seen of them there.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import closing
from dataclasses import dataclass

import av
import numpy as np
from numpy.typing import NDArray

from pipeline.check.report import Line, line
from pipeline.render import film_layers
from pipeline.render.film import Film
from pipeline.render.layout import format_of
from pipeline.render.sprites import Sprite
from pipeline.render.text.paragraphs import Block, Type

LEAST = 4.5
SAMPLES = 24
SETTLED = 0.99
"""Opacity from which on a sprite counts: what is still fading in is not there to be read yet."""
SOLID, COVERING = 250, 128
NEAR = 40
"""How far a pixel of a letter may be from the letter's colour, in all three channels together."""
ENOUGH = 24
"""Pixels of a letter, and around it, without which its contrast cannot be told."""
SLACK_PX = 1

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Letters:
    """The letters of one sprite that can be seen at a frame: a mask and where it lies in the frame."""

    mask: Mask
    left: int
    top: int
    size: float


class Lettering:
    """Looks at some frames of the film in which something is written."""

    def __init__(self, film: Film) -> None:
        self._film = film
        self._safe = format_of(film.timeline.width, film.timeline.height).safe
        self.frames = frozenset(_sampled(film))
        self._worst: tuple[float, int] | None = None
        self._found = False
        self._outside: list[int] = []

    def see(self, number: int, frame: av.VideoFrame) -> None:
        """One of the frames, as decoded."""
        letters = list(self._letters(number))
        if not letters:
            return
        self._found = True
        picture = _rgb(frame)
        for written in letters:
            contrast = _contrast(written, picture)
            if contrast is not None and (self._worst is None or contrast < self._worst[0]):
                self._worst = (contrast, number)
            if self._is_outside(written):
                self._outside.append(number)

    def lines(self) -> Iterator[Line]:
        worst, outside = self._worst, sorted(set(self._outside))
        unknown = "letters too small to tell" if self._found else "nothing is written"
        text = f"{worst[0]:.1f} : 1" if worst else unknown
        where = f"frame {worst[1]}" if worst else ""
        yield line("contrast of text", text, "4.5 : 1 or more", worst[0] >= LEAST if worst else None, detail=where)
        text = "inside" if not outside else f"outside in {len(outside)} of {len(self.frames)} frames"
        where = ", ".join(f"frame {number}" for number in outside[:8])
        yield line("title-safe area", text if self._found else unknown, "inside", not outside, detail=where)
        missing = film_layers.missing_glyphs(self._film.timeline, self._film.base)
        text = f"{len(missing)} characters" if missing else "none"
        yield line("missing glyphs", text, "none", not missing, detail="; ".join(map(str, missing[:8])))

    def _letters(self, number: int) -> Iterator[Letters]:
        """What is written at a frame, as far as nothing lies over it."""
        position = self._film.position_at(number)
        with closing(self._film.scene(position)) as scene:
            sprites = scene.sprites(number - self._film.sections[position].start)
        over: list[Sprite] = []
        for sprite in reversed(sprites):
            type_colour = _type_and_colour(sprite.picture.key)
            if type_colour and sprite.opacity >= SETTLED:
                mask = _written(sprite, type_colour[1])
                for other in over:
                    _uncover(mask, sprite, other)
                yield Letters(mask, sprite.x, sprite.y, type_colour[0].size)
            over.append(sprite)

    def _is_outside(self, written: Letters) -> bool:
        rows, columns = np.nonzero(written.mask)
        if len(rows) < ENOUGH:
            return False
        safe = self._safe
        return bool(
            columns.min() + written.left < safe.left - SLACK_PX
            or columns.max() + written.left >= safe.right + SLACK_PX
            or rows.min() + written.top < safe.top - SLACK_PX
            or rows.max() + written.top >= safe.bottom + SLACK_PX
        )


def _sampled(film: Film) -> list[int]:
    """From all over the film: the middles of captions, and early, middle and late frames of every section."""
    found = set()
    for section in film.sections:
        found |= {section.start + section.body_frames * part // 6 for part in (1, 3, 5)}
    for segment in film.timeline.segments:
        for caption in segment.captions:
            middle = segment.start_frame + film.timeline.frame_at((caption.start_ms + caption.end_ms) / 2)
            found |= {min(middle, segment.end_frame - 1)}
    numbers = sorted(found)
    step = max(1, -(-len(numbers) // SAMPLES))
    return numbers[step // 2 :: step]


def _type_and_colour(key: Hashable) -> tuple[Type, str] | None:
    """How the letters of a sprite are set, read from its key: a picture's key names all that it shows."""
    if isinstance(key, Block):
        return key.type, key.type.colour
    if not isinstance(key, tuple):
        return None
    for part in key:
        if isinstance(part, Type):
            return part, str(key[-1])  # a word in a colour other than its type's: named last
        found = _type_and_colour(part)
        if found:
            return found
    return None


def _written(sprite: Sprite, colour: str) -> Mask:
    """Pixels of a sprite that belong to letters, not to their outline, shadow or box."""
    pixels = sprite.picture.pixels
    wanted = np.frombuffer(bytes.fromhex(colour[1:]), np.uint8).astype(np.int16)
    off = np.abs(pixels[..., :3].astype(np.int16) - wanted).sum(axis=2)
    mask: Mask = (pixels[..., 3] >= SOLID) & (off <= NEAR)
    return mask


def _uncover(mask: Mask, sprite: Sprite, other: Sprite) -> None:
    """Take away what another sprite hides."""
    pixels = other.picture.pixels
    left, top = other.x - sprite.x, other.y - sprite.y
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + pixels.shape[1], mask.shape[1]), min(top + pixels.shape[0], mask.shape[0])
    if x0 < x1 and y0 < y1:
        hides = pixels[y0 - top : y1 - top, x0 - left : x1 - left, 3] * other.opacity > COVERING
        mask[y0:y1, x0:x1] &= ~hides


def _contrast(written: Letters, picture: NDArray[np.uint8]) -> float | None:
    """Of the letters that stand out least: each patch of the size of a letter against what is close around it."""
    from scipy.ndimage import maximum_filter  # slow to import

    inside = _cut(written, picture.shape)
    if inside is None:
        return None
    mask, seen = inside[0], _luminance(picture[inside[1]])
    close, reach = max(1, round(written.size * 0.02)), max(1, round(written.size * 0.05))
    around = maximum_filter(mask, 2 * (close + reach) + 1) & ~maximum_filter(mask, 2 * close + 1)
    patch = max(8, round(written.size))
    found = [
        _ratio(float(np.median(seen[y : y + patch, x : x + patch][here])), float(np.median(beside)))
        for y in range(0, mask.shape[0], patch)
        for x in range(0, mask.shape[1], patch)
        for here in [mask[y : y + patch, x : x + patch]]
        for beside in [seen[y : y + patch, x : x + patch][around[y : y + patch, x : x + patch]]]
        if np.count_nonzero(here) >= ENOUGH and len(beside) >= ENOUGH
    ]
    return min(found, default=None)


def _cut(written: Letters, shape: tuple[int, ...]) -> tuple[Mask, tuple[slice, slice]] | None:
    """The part of the letters that lies inside the frame, and where that is."""
    rows, columns = written.mask.shape
    top, left = max(written.top, 0), max(written.left, 0)
    bottom, right = min(written.top + rows, shape[0]), min(written.left + columns, shape[1])
    if top >= bottom or left >= right:
        return None
    mask = written.mask[top - written.top : bottom - written.top, left - written.left : right - written.left]
    return mask, (slice(top, bottom), slice(left, right))


def _ratio(first: float, second: float) -> float:
    """As WCAG defines contrast."""
    low, high = sorted((first, second))
    return (high + 0.05) / (low + 0.05)


def _rgb(frame: av.VideoFrame) -> NDArray[np.uint8]:
    bt709 = {"src_colorspace": "ITU709", "dst_colorspace": "ITU709"}
    rgb: NDArray[np.uint8] = frame.to_ndarray(format="rgb24", **bt709, src_color_range="MPEG", dst_color_range="JPEG")
    return rgb


def _luminance(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Relative luminance, (H, W)."""
    light: NDArray[np.float32] = _LINEAR[rgb] @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    return light


_LEVELS = np.arange(256) / 255
_LINEAR = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4).astype(np.float32)
