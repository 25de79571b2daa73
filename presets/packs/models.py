"""What a template pack says."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from presets.records import Record

Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$", description="#rrggbb, lower case")]
Weight = Annotated[int, Field(ge=100, le=900)]
Function = Annotated[str, Field(pattern=r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*:[A-Za-z_]\w*$", description="module:function")]


class Part(Record):
    """Base: camelCase in the file, as in timeline.json."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class Fonts(Part):
    """Families by name; a timeline's theme may name others."""

    heading: str = Field(min_length=1, max_length=100)
    heading_weight: Weight = 700
    body: str = Field(min_length=1, max_length=100)
    body_weight: Weight = 600
    capitals: bool = Field(default=False, description="headings in capital letters")


class Palette(Part):
    """Colours for a timeline whose theme leaves them as they come."""

    accent: Colour
    text: Colour
    background: Colour


class Transition(Part):
    """Between sections of a timeline that names none."""

    kind: Literal[
        "cut", "crossfade", "dip_black", "dip_white", "slide_left", "slide_up", "wipe_right", "wipe_down", "zoom"
    ]
    duration_ms: int = Field(ge=0, le=3000)


class TitleCards(Part):
    """A card with the section's title at the start of every `every`th section; 0 for none."""

    every: int = Field(default=0, ge=0, le=100)
    duration_ms: int = Field(default=2800, ge=1000, le=10000)


class SectionNumbers(Part):
    """A number that fills the stage at the start of every numbered section, then stays as a badge; 0 for none."""

    slam_ms: int = Field(default=0, ge=0, le=5000)


class Headline(Part):
    """How the on-screen line of a picture is shown."""

    style: Literal["statement", "marker"] = "statement"
    enter: Literal["none", "fade", "rise", "slide", "pop"] = "rise"
    leave: Literal["none", "fade", "rise", "slide", "pop"] = "fade"
    delay_ms: int = Field(default=300, ge=0, le=5000, description="after its picture appears")
    hold_ms: int = Field(default=6000, ge=0, le=60000, description="at most; 0 for as long as its picture shows")


class Pack(Part):
    """One pack. Its layer functions are called as function(timeline, index, canvas) and give layers, lowest first."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,60}$")
    name: str = Field(min_length=1, max_length=60)
    description: str = Field(min_length=1, max_length=300)
    fonts: Fonts
    colours: Palette
    captions: Literal["off", "clean", "boxed", "karaoke", "pop"]
    transition: Transition
    motion_strength: float = Field(default=1.0, ge=0, le=2, description="1 is the renderer's own zoom and pan")
    title_cards: TitleCards = TitleCards()
    section_numbers: SectionNumbers = SectionNumbers()
    headline: Headline = Headline()
    layers: tuple[Function, ...] = Field(min_length=1, max_length=20)
    intro: Function = "pipeline.render.cards:intro"
    outro: Function = "pipeline.render.cards:outro"
