"""A look: how pictures are drawn, whatever they show. Sizes are in pixels of a picture 1080 high and scale with it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from presets.colours import (
    SHAPE_CONTRAST,
    TEXT_CONTRAST,
    Colour,
    Palette,
    distance,
    from_lch,
    luminance,
    mix,
    readable,
    to_lch,
)
from presets.records import Record

# The least lightness of an accent that was chosen for a light ground and now stands on a dark one.
_ON_DARK = 0.7

Texture = Literal["none", "paper", "grain", "halftone", "grid", "chalk", "canvas", "noise"]
Shading = Literal["flat", "gradient", "layers", "hatch", "halftone", "wash", "facets", "glow", "light"]
Edge = Literal["clean", "cut", "wobbly", "rough", "bleed"]
Ground = Literal["keep", "light", "dark"]


class Tones(Record):
    """What the look does to a niche's palette."""

    ground: Ground = Field(default="keep", description="light or dark: a palette of the other kind is turned round")
    background: Colour | None = Field(default=None, description="the look's own ground, such as a blackboard")
    surface: Colour | None = None
    text: Colour | None = None
    own_ground: float = Field(default=1, ge=0, le=1, description="how far the look's own colours replace the niche's")
    chroma: float = Field(default=1, ge=0, le=2, description="factor on the strength of the accents")
    lightness: float = Field(default=0, ge=-0.5, le=0.5, description="added to the accents' lightness")
    tint: Colour | None = Field(default=None, description="mixed into every accent")
    tint_amount: float = Field(default=0, ge=0, le=1)
    inks: int = Field(default=6, ge=1, le=6, description="different accents at most; the rest are mixed from them")


class Lines(Record):
    """Outlines and strokes."""

    width: float = Field(ge=0, le=20, description="0: no outlines")
    colour: Literal["text", "accent", "darker", "lighter", "white"] = "text"
    wobble: float = Field(default=0, ge=0, le=12, description="how far a line strays from true")
    passes: int = Field(default=1, ge=1, le=4, description="strokes drawn over each other, each straying its own way")
    round: bool = Field(default=True, description="round caps and joins, or square ones")
    taper: float = Field(default=0, ge=0, le=1, description="how much thinner a stroke's ends are than its middle")
    double_glow: float = Field(default=0, ge=0, le=40, description="blur of a bright copy under the line")


class Light(Record):
    """Where the light comes from and what it does."""

    angle_degrees: float = Field(ge=0, lt=360, description="towards the light: 0 is right, 90 is up")
    contrast: float = Field(ge=0, le=1, description="between lit and unlit sides")
    rim: float = Field(default=0, ge=0, le=1, description="bright edge on the lit side")
    glow: float = Field(default=0, ge=0, le=1, description="bloom around bright things")
    rays: float = Field(default=0, ge=0, le=1, description="visible beams")
    mist: float = Field(default=0, ge=0, le=1, description="how much distance pales things")
    vignette: float = Field(default=0, ge=0, le=1)
    shadow_offset: float = Field(default=0, ge=0, le=60)
    shadow_blur: float = Field(default=0, ge=0, le=80)
    shadow_opacity: float = Field(default=0, ge=0, le=1)


class Look(Record):
    """A visual style that combines with any niche."""

    name: str
    title: str = Field(min_length=1, max_length=40)
    description: str = Field(min_length=1, max_length=200)
    prompt: str = Field(min_length=20, max_length=600, description="for image models, put before what is shown")
    negative: tuple[str, ...] = Field(min_length=1, description="what an image model must keep out")
    tones: Tones
    texture: Texture
    texture_strength: float = Field(ge=0, le=1)
    texture_scale: float = Field(default=1, ge=0.25, le=4, description="factor on the size of dots, cells or fibres")
    lines: Lines
    shading: Shading
    shading_steps: int = Field(default=4, ge=1, le=12, description="tones between lit and unlit")
    fill_opacity: float = Field(default=1, ge=0, le=1, description="0: outlines alone")
    fill_offset: float = Field(default=0, ge=0, le=20, description="how far fills stray from their outlines")
    edge: Edge
    corner_radius: float = Field(default=18, ge=0, le=60, description="of cards and panels")
    light: Light

    def dress(self, palette: Palette) -> Palette:
        """The niche's palette as this look shows it, still readable. The accent that suffers least comes first."""
        background, surface, text = self._grounds(palette)
        text = readable(text, (background, surface), TEXT_CONTRAST)
        brighter = palette.is_dark < (luminance(background) < luminance(text))
        inks = [self._ink(colour, least=_ON_DARK if brighter else 0) for colour in palette.accents[: self.tones.inks]]
        first = min(inks, key=lambda ink: distance(ink, readable(ink, (background,), TEXT_CONTRAST)))
        inks = [first, *(ink for ink in inks if ink != first)]
        accents = [
            readable(colour, (background,), SHAPE_CONTRAST if index else TEXT_CONTRAST)
            for index, colour in enumerate(_spread(inks, len(palette.accents), text))
        ]
        return Palette(background=background, surface=surface, text=text, accents=tuple(accents))

    def _grounds(self, palette: Palette) -> tuple[str, str, str]:
        turned = self.tones.ground != "keep" and palette.is_dark != (self.tones.ground == "dark")
        grounds = _turn(palette) if turned else (palette.background, palette.surface, palette.text)
        own = (self.tones.background, self.tones.surface, self.tones.text)
        background, surface, text = (
            mix(colour, fixed, self.tones.own_ground) if fixed else colour
            for colour, fixed in zip(grounds, own, strict=True)
        )
        return background, surface, text

    def _ink(self, colour: str, *, least: float) -> str:
        lightness, chroma, hue = to_lch(colour)
        moved = from_lch((max(lightness + self.tones.lightness, least), chroma * self.tones.chroma, hue))
        return mix(moved, self.tones.tint, self.tones.tint_amount) if self.tones.tint else moved


def _turn(palette: Palette) -> tuple[str, str, str]:
    """Dark grounds become light ones and light ones dark, in the same hues."""
    lightness = (0.955, 0.985, 0.22) if palette.is_dark else (0.17, 0.24, 0.95)
    grounds = (palette.background, palette.surface, palette.text)
    background, surface, text = (
        from_lch((light, min(to_lch(colour)[1], 0.03), to_lch(colour)[2]))
        for light, colour in zip(lightness, grounds, strict=True)
    )
    return background, surface, text


def _spread(inks: list[str], count: int, text: str) -> list[str]:
    """As many accents as there were, mixed from the inks that the look allows."""
    mixed = [mix(inks[index % len(inks)], text, 0.4) for index in range(count - len(inks))]
    return inks + mixed
