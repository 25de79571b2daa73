"""Opens a timeline's template pack: its data, its layer functions, and the look that comes of pack and theme.

A pack is a name of a shipped one or the path of anyone's JSON file; its functions are imported where it names them.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pipeline.errors import TimelineError
from pipeline.render.layout import Box, Format, format_of
from pipeline.render.sprites import Layer
from pipeline.render.text import fonts
from pipeline.render.text.paragraphs import Type
from pipeline.timeline.models import CaptionStyle, Theme, Timeline, Transition
from presets import packs
from presets.errors import PresetsError
from presets.packs import Pack

HERE = Path()


@dataclass(frozen=True)
class Look:
    """Fonts and colours that a film is drawn in, and its logo's file."""

    heading: str
    body: str
    accent: str
    text: str
    background: str
    logo: Path | None


@dataclass(frozen=True)
class Canvas:
    """What a layer function knows of the film besides its timeline."""

    format: Format
    pack: Pack
    look: Look
    base: Path
    fps: int
    language: str
    captions: CaptionStyle

    def heading(self, units: float, colour: str | None = None, *, leading: float = 1.08) -> Type:
        set_in = self.pack.fonts
        return Type(
            self.look.heading,
            self.format.size(units),
            set_in.heading_weight,
            colour or self.look.text,
            leading,
            -0.01,
            set_in.capitals,
            language=self.language,
        )

    def body(self, units: float, colour: str | None = None, *, leading: float = 1.3, weight: int = 0) -> Type:
        weight = weight or self.pack.fonts.body_weight
        return Type(
            self.look.body, self.format.size(units), weight, colour or self.look.text, leading, language=self.language
        )

    @property
    def caption_band(self) -> Box:
        """Where captions stand when nothing raises them."""
        scale = self.format.scale
        return self.format.band(scale.pop if self.captions == "pop" else scale.caption)

    def frames(self, time_ms: float) -> int:
        return round(time_ms * self.fps / 1000)


class LayerFunction(Protocol):
    """What a pack's `layers` name. An attribute `key` of the same signature may say what the layers depend on."""

    def __call__(self, timeline: Timeline, index: int, canvas: Canvas) -> tuple[Layer, ...]: ...


class CardFunction(Protocol):
    """What a pack's `intro` and `outro` name."""

    def __call__(self, timeline: Timeline, canvas: Canvas) -> tuple[Layer, ...]: ...


def pack_of(timeline: Timeline, base: Path = HERE) -> Pack:
    """The timeline's pack; a path is taken from `base`, the folder of the timeline."""
    try:
        if timeline.pack.endswith(".json"):
            return packs.read(base / timeline.pack)
        return packs.load(timeline.pack)
    except PresetsError as error:
        raise TimelineError(str(error), where="pack") from error


def canvas_of(timeline: Timeline, base: Path = HERE) -> Canvas:
    pack = pack_of(timeline, base)
    return Canvas(
        format=format_of(timeline.width, timeline.height),
        pack=pack,
        look=_look(timeline.theme, pack, base),
        base=base,
        fps=timeline.fps,
        language=timeline.language,
        captions=timeline.caption_style or pack.captions,
    )


def transition_of(timeline: Timeline, base: Path = HERE) -> Transition:
    """Between segments that name none."""
    own = pack_of(timeline, base).transition
    return timeline.transition or Transition(kind=own.kind, duration_ms=own.duration_ms)


def layer_functions(pack: Pack) -> tuple[LayerFunction, ...]:
    return tuple(import_function(name) for name in pack.layers)


def import_function(name: str) -> Any:
    """The function that `module:function` names."""
    module_name, _, attribute = name.partition(":")
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        raise TimelineError(f"The pack's module {module_name} cannot be imported: {error}", where="pack") from error
    function = getattr(module, attribute, None)
    if not callable(function):
        raise TimelineError(f"The pack's module {module_name} has no function {attribute}", where="pack")
    return function


def card_function(name: str) -> CardFunction:
    function: CardFunction = import_function(name)
    return function


def _look(theme: Theme, pack: Pack, base: Path) -> Look:
    """A theme's colour that is still the contract's default gives way to the pack's own."""

    def colour(name: str) -> str:
        own: str = getattr(theme, name)
        return getattr(pack.colours, name) if own == Theme.model_fields[name].default else own.lower()

    return Look(
        heading=fonts.resolve(theme.heading_font, pack.fonts.heading, base, where="theme.headingFont"),
        body=fonts.resolve(theme.body_font, pack.fonts.body, base, where="theme.bodyFont"),
        accent=colour("accent"),
        text=colour("text"),
        background=colour("background"),
        logo=base / theme.logo_path if theme.logo_path else None,
    )
