"""The media: how a look's pictures are made."""

from __future__ import annotations

from pipeline.pictures.canvas.media.base import Fill, Form, Frame, Medium, Pixels
from pipeline.pictures.canvas.media.card_stock import CardStock
from pipeline.pictures.canvas.media.neon import Neon
from pipeline.pictures.canvas.media.pen_and_ink import Blueprint, Chalk, PenAndInk
from pipeline.pictures.canvas.media.print_room import Risograph, Watercolour
from pipeline.pictures.canvas.media.solid import Facets, FilmStill
from presets.looks import Look

__all__ = ["Fill", "Form", "Frame", "Medium", "Pixels", "medium_class"]

_BY_TEXTURE: dict[str, type[Medium]] = {"grid": Blueprint, "chalk": Chalk}
_BY_SHADING: dict[str, type[Medium]] = {
    "flat": Medium,
    "gradient": Medium,
    "layers": CardStock,
    "hatch": PenAndInk,
    "halftone": Risograph,
    "wash": Watercolour,
    "facets": Facets,
    "glow": Neon,
    "light": FilmStill,
}


def medium_class(look: Look) -> type[Medium]:
    """A look made of lines on a board or grid is drawn that way; otherwise its shading decides."""
    return _BY_TEXTURE.get(look.texture) or _BY_SHADING[look.shading]
