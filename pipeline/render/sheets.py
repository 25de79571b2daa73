"""Pictures of a film: any frame, a poster, and one frame a scene on a sheet. Drawn, not decoded."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from pipeline.errors import RenderError
from pipeline.render.delivery import delivered
from pipeline.render.film import Film
from pipeline.render.planes import Planes

GAP = 8
INK = "#0d0f14"


def frame(film: Film, number: int) -> NDArray[np.uint8]:
    """Any frame of the film as (H, W, 3) RGB."""
    position = film.position_at(number)
    with closing(film.scene(position)) as scene:
        planes = Planes.empty(film.timeline.width, film.timeline.height)
        scene.draw(number - film.sections[position].start, planes)
    return planes.to_rgb()


def poster(film: Film) -> Image.Image:
    """The frame that stands for the film: its first picture with all that lies over it, once that has come in."""
    opening = film.sections[0]
    return Image.fromarray(frame(film, opening.start + min(opening.body_frames - 1, 2 * film.timeline.fps)))


def contact_sheet(film: Film, *, columns: int = 4, cell_width: int = 480) -> Image.Image:
    """One frame from the middle of every visual."""
    numbers = [section.start + (slot.start + slot.end) // 2 for section in film.sections for slot in section.slots]
    cell_height = round(cell_width * film.timeline.height / film.timeline.width)
    cells = [(_label(film, n), _small(frame(film, n), cell_width, cell_height)) for n in numbers]
    return grid(cells, columns)


def grid(cells: Sequence[tuple[str, Image.Image]], columns: int) -> Image.Image:
    """Labelled pictures of one size, row by row."""
    width, height = cells[0][1].size
    rows = math.ceil(len(cells) / columns)
    size = (columns * (width + GAP) + GAP, rows * (height + 28 + GAP) + GAP)
    sheet = Image.new("RGB", size, INK)
    pen = ImageDraw.Draw(sheet)
    for i, (label, cell) in enumerate(cells):
        x, y = GAP + i % columns * (width + GAP), GAP + i // columns * (height + 28 + GAP)
        sheet.paste(cell, (x, y))
        pen.text((x + 2, y + height + 6), label, fill="#aab2c0", font_size=14)
    return sheet


def save(image: Image.Image, path: Path) -> None:
    with delivered(path, "picture") as partial:
        try:
            image.save(partial, quality=90)
        except ValueError as error:
            sentence = "A picture is written as .jpg, .png or .webp: give the file one of these names."
            raise RenderError(sentence, where=str(path)) from error


def _small(pixels: NDArray[np.uint8], width: int, height: int) -> Image.Image:
    return Image.fromarray(pixels).resize((width, height), Image.Resampling.LANCZOS)


def _label(film: Film, number: int) -> str:
    seconds = number / film.timeline.fps
    name = film.sections[film.position_at(number)].name
    return f"{int(seconds // 60)}:{seconds % 60:04.1f}  {name}"
