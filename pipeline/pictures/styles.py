"""The film's one style: a look from presets/ met with the niche's palette and fonts."""

from __future__ import annotations

from pipeline.errors import PictureError
from pipeline.pictures.models import Style
from presets import looks
from presets.errors import UnknownPreset
from presets.niches import Niche


def style_for(niche: Niche, look: str = "") -> Style:
    """An empty look means the niche's own."""
    try:
        chosen = looks.load(look or niche.look)
    except UnknownPreset as error:
        raise PictureError(str(error)) from error
    return Style(
        look=chosen.name,
        prompt=f"{chosen.prompt} {niche.visual_prompt}",
        palette=chosen.dress(niche.palette).colours,
        heading_font=niche.heading_font,
        body_font=niche.body_font,
        texture=chosen.texture,
    )
