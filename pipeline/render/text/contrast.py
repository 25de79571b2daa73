"""Keeps text readable whatever lies below it: colours of text and scrims, and how dense a scrim must be."""

from __future__ import annotations

from presets.colours import contrast, luminance, readable

AIM = 5.2
"""The line is 4.5; the rest is for rounding and for colour at half the resolution."""
BLACK, WHITE = "#000000", "#ffffff"


def blend(ground: str, below: str, opacity: float) -> str:
    """What a ground of that opacity looks like over a picture of one colour."""
    mixed = (round(opacity * _part(ground, i) + (1 - opacity) * _part(below, i)) for i in (1, 3, 5))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def worst_contrast(text: str, ground: str, opacity: float) -> float:
    """Of text on a ground that lies on the least favourable picture."""
    return min(contrast(text, blend(ground, picture, opacity)) for picture in (BLACK, WHITE))


def text_on(ground: str, wish: str, *, opacity: float = 1.0) -> str:
    """The wished colour, moved until it reads on the ground over any picture."""
    grounds = tuple(blend(ground, picture, opacity) for picture in (BLACK, WHITE))
    return readable(wish.lower(), grounds, AIM)


def opacity_for(text: str, ground: str, least: float = 0.5) -> float:
    """How opaque a ground must be, at least, for this text to read over any picture; 1 if nothing less will do."""
    steps = (least + 0.02 * step for step in range(round((1 - least) / 0.02) + 1))
    return next((opacity for opacity in steps if worst_contrast(text, ground, opacity) >= AIM), 1.0)


def outline_for(text: str) -> str:
    """Black round light letters, white round dark ones."""
    return BLACK if contrast(text, BLACK) >= contrast(text, WHITE) else WHITE


def is_light(colour: str) -> bool:
    return luminance(colour) > 0.4


def _part(colour: str, start: int) -> int:
    return int(colour[start : start + 2], 16)
