"""The canvas painter: pictures drawn by code. The same shot and style give the same bytes."""

from __future__ import annotations

import io
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from pipeline.errors import PictureError
from pipeline.pictures.models import Painted, Shot, Style

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pipeline.pictures.canvas.composition import Cast
    from pipeline.pictures.canvas.media import Medium
    from pipeline.pictures.canvas.palette import Palette
    from presets.looks import Look

MARGIN = 1.15
"""Painted larger than the frame, so that the camera may move over it."""
JPEG_QUALITY = 94


def paint_pixels(
    shot: Shot, style: Style, *, motifs: tuple[str, ...] = (), margin: float = MARGIN
) -> NDArray[np.uint8]:
    """(H, W, 4) RGBA, a little larger than the shot's frame."""
    import skia

    from pipeline.pictures.canvas import cards
    from pipeline.pictures.canvas.composition import cast, draw_scene
    from pipeline.pictures.canvas.media import Frame, medium_class
    from pipeline.pictures.canvas.pen import Pen

    width, height = (round(side * margin / 2) * 2 for side in (shot.width, shot.height))
    look = _look(style.look)
    kind = medium_class(look)
    rng = Random(f"picture {shot.seed}")
    players = cast(shot, motifs)
    palette = _palette(style, kind, rng, players)
    side = rng.choice((0.24, 0.76)) if shot.composition != "symmetry" else 0.5
    light = (width * side, height * rng.uniform(0.2, 0.32))
    medium = kind(look, palette, Frame(width, height, min(width, height) / 1080, light, shot.seed))
    pixels = np.zeros((height, width, 4), np.uint8)
    pen = Pen(skia.Surface(pixels).getCanvas(), medium, palette, rng)
    if shot.kind == "illustration":
        draw_scene(pen, shot, players)
        medium.finish(pen.canvas)
        medium.develop(pixels)
    else:
        cards.draw_card(pixels, pen, shot, style, players)
    return pixels


def _look(name: str) -> Look:
    from presets import looks
    from presets.errors import UnknownPreset

    try:
        return looks.load(name)
    except UnknownPreset as error:
        raise PictureError(str(error)) from error


def _palette(style: Style, kind: type[Medium], rng: Random, players: Cast) -> Palette:
    from pipeline.pictures.canvas.colour import parse
    from pipeline.pictures.canvas.composition import INDOORS
    from pipeline.pictures.canvas.palette import Palette

    colours = [parse(colour) for colour in style.palette]
    background, surface, text, *accents = colours
    hours = kind.hours if background.l < text.l or kind.ground != "keep" else ("day", "dusk")
    asked = players.place.hour
    chosen = asked if asked in kind.hours else rng.choice(hours)
    keys = [0, 0, 1, 2]
    if chosen != "night" and players.place.name not in INDOORS:
        # Under an open sky the light is the sun's: a cold one would look like another world.
        keys = [key for key in keys if accents[key].b > 0.02] or keys
    key = rng.choice(keys)
    return Palette(background, surface, text, tuple(accents), chosen, key, kind.bend)  # type: ignore[arg-type]


def encode(pixels: NDArray[np.uint8]) -> bytes:
    """JPEG without chroma subsampling: as good as lossless to the eye, and ten times faster than PNG."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels[..., :3])).save(file, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return file.getvalue()


class CanvasPainter:
    """Draws every kind of shot, without a model, a key or a network."""

    name = "canvas"
    paid = False

    def expected_cents(self, pictures: float) -> float:
        return 0.0

    def __init__(self, motifs: tuple[str, ...] = ()) -> None:
        self._motifs = motifs

    def paint(self, shot: Shot, style: Style, *, idempotency_key: str = "", reference: bytes | None = None) -> Painted:
        pixels = paint_pixels(shot, style, motifs=self._motifs)
        return Painted(encode(pixels), "image/jpeg", self.name, prompt=shot.instruction)
