"""What things are coloured: the film's few colours, and the colours of nature bent towards them."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pipeline.pictures.canvas.colour import BLACK, WHITE, Colour, parse

Hour = Literal["day", "dusk", "night"]


@lru_cache(maxsize=1)
def _materials() -> dict[str, Colour]:
    text = (Path(__file__).parent / "materials.json").read_text(encoding="utf-8")
    return {name: parse(value) for name, value in json.loads(text).items()}


@dataclass(frozen=True)
class Palette:
    """A picture's colours. `key` is the accent that its light has."""

    background: Colour
    surface: Colour
    text: Colour
    accents: tuple[Colour, ...]
    hour: Hour = "dusk"
    key: int = 0
    bend: float = 0.42

    @property
    def dark(self) -> bool:
        return self.background.l < self.text.l

    def accent(self, index: int) -> Colour:
        return self.accents[index % len(self.accents)]

    @cached_property
    def glow(self) -> Colour:
        """The colour of light: sun, moon, lamps."""
        return self.accent(self.key)

    @cached_property
    def blush(self) -> Colour:
        """What the sky turns through between the dark and the light: a neighbour of the light's own hue."""
        others = [colour for i, colour in enumerate(self.accents) if i != self.key % len(self.accents)]
        near = min(others, key=lambda colour: abs(_turn(colour, self.glow)) if colour.chroma > 0.05 else 9)
        return self.glow.pulled(near, 0.85).mix(near, 0.5).vivid(1.05)

    @cached_property
    def sky(self) -> tuple[Colour, Colour, Colour]:
        """From the top to the horizon."""
        glow, deep, blush = self.glow, self.deep, self.blush
        if self.hour == "night":
            cool = self._coolest.mix(deep, 0.25)
            return deep.mix(cool, 0.12).at(0.18), deep.mix(cool, 0.45).at(0.29), deep.mix(cool, 0.8).at(0.46)
        if self.hour == "dusk":
            return (
                deep.mix(blush, 0.1).at(0.29).vivid(1.15),
                deep.mix(blush, 0.62).at(0.52).vivid(1.1),
                glow.mix(WHITE, 0.1).at(0.82),
            )
        air = self._coolest
        return air.at(0.74).vivid(0.85), air.mix(self.light_ground, 0.4).at(0.86), self.light_ground.mix(glow, 0.2)

    @cached_property
    def haze(self) -> Colour:
        """What distance fades to."""
        _, middle, low = self.sky
        return middle.mix(low, {"night": 0.65, "dusk": 0.6, "day": 0.5}[self.hour])

    @cached_property
    def deep(self) -> Colour:
        """The darkest ground of the film, never without hue."""
        darkest = min((self.background, self.surface, self.text), key=lambda colour: colour.l)
        return darkest.at(min(max(darkest.l, 0.17), 0.28)).mix(self.accent(1).at(0.24), 0.3)

    @cached_property
    def light_ground(self) -> Colour:
        return max((self.background, self.surface, self.text), key=lambda colour: colour.l).at(0.95)

    @cached_property
    def _coolest(self) -> Colour:
        return min(self.accents, key=lambda colour: colour.b + 0.3 * colour.a)

    def ground(self, depth: float) -> Colour:
        """Land from the foreground (0) to the horizon (1): dark, through the sky's blush, to haze."""
        near = {
            "night": self.deep.mix(self._coolest.at(0.2), 0.2).at(0.17).vivid(1.1),
            "dusk": self.deep.mix(self._coolest.at(0.3), 0.25).at(0.21).vivid(1.1),
            "day": self.deep.mix(self._coolest, 0.55).at(0.42).vivid(1.1),
        }[self.hour]
        tone = self._coolest if self.hour == "night" else self.blush
        middle = near.mix(tone, 0.5).at(near.l * 0.45 + self.haze.l * 0.4).vivid(0.9)
        if depth < 0.5:
            return near.mix(middle, depth * 1.7)
        return middle.mix(self.haze, 0.1 + (depth - 0.5) * 1.5)

    @lru_cache(maxsize=512)  # noqa: B019 - a palette lives as long as one picture
    def colour(self, name: str) -> Colour:
        """A material by name; + and - after it make it lighter and darker."""
        base = name.rstrip("+-")
        steps = name.count("+") - name.count("-")
        return self._named(base).lighter(0.075 * steps)

    def _named(self, name: str) -> Colour:
        if name.startswith("accent"):
            return self.accent(int(name[6:] or 1) - 1)
        own = {
            "bg": self.background, "surface": self.surface, "text": self.text, "glow": self.glow, "deep": self.deep,
            "haze": self.haze, "white": WHITE, "black": BLACK, "ground": self.ground(0.0), "pale": self.light_ground,
        }  # fmt: skip
        return own[name] if name in own else self._bent(_materials()[name])

    def _bent(self, natural: Colour) -> Colour:
        """Nature's colour, its hue turned towards the nearest of the film's, lit by the hour."""
        nearest = min(self.accents, key=lambda accent: _hue_gap(accent, natural))
        bent = natural.pulled(nearest, self.bend).mix(self.glow.at(natural.l), 0.08)
        dim = {"night": 0.82, "dusk": 0.93, "day": 1.0}[self.hour]
        return bent.at(bent.l * dim)


def _turn(one: Colour, other: Colour) -> float:
    return math.remainder(one.hue - other.hue, math.tau)


def _hue_gap(one: Colour, other: Colour) -> float:
    return (one.a - other.a) ** 2 + (one.b - other.b) ** 2
