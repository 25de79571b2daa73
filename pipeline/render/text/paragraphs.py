"""Shaped lines of text: measured, broken to fit a box and painted. Skia does the shaping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

import regex

from pipeline.render.text import fonts
from pipeline.render.text.breaking import Line, Piece, break_lines, join, pieces_of

Align = Literal["left", "centre"]
Direction = Literal["ltr", "rtl"]
Run = tuple[str, str | None]
"""A part of a line and its colour; None is invisible, but takes its place."""

_LETTERS = regex.compile(r"[\p{L}\p{N}]")
_STRONG = regex.compile(r"[\p{L}]")
_RIGHT_TO_LEFT = regex.compile(r"[\p{Hebrew}\p{Arabic}\p{Syriac}\p{Thaana}\p{Nko}]")
RIGHT_TO_LEFT_ISOLATE, POP_ISOLATE = "\u2067", "\u2069"
UNBROKEN = 1e6
SMALLEST_SHRINK = 0.6


@dataclass(frozen=True)
class Type:
    """How letters are set. Size in pixels; tracking, and what is added between words, in ems.

    Direction is that of the whole text that a line is part of; without one, each line decides for itself.
    """

    family: str
    size: float
    weight: int = 600
    colour: str = "#ffffff"
    leading: float = 1.2
    tracking: float = 0.0
    capitals: bool = False
    word_gap: float = 0.0
    direction: Direction | None = None
    language: str = "en"

    @property
    def line_height(self) -> float:
        return self.size * self.leading

    def turns(self, line: str) -> bool:
        """Whether a line is read from right to left."""
        return self.direction == "rtl" if self.direction else is_right_to_left(line)

    def for_text(self, text: str) -> Type:
        """The same, reading in the direction of a whole text."""
        return replace(self, direction="rtl" if is_right_to_left(text) else "ltr")

    def set(self, text: str) -> str:
        """The text as this type shows it: undrawable characters gone, capitals where asked."""
        cased = text.upper() if self.capitals else text
        return fonts.drawable(cased, self.family, self.language)


@dataclass(frozen=True)
class Block:
    """Lines of one type that were broken to fit."""

    lines: tuple[str, ...]
    type: Type
    align: Align = "left"

    @property
    def width(self) -> float:
        return max((measure(line, self.type) for line in self.lines), default=0.0)

    @property
    def height(self) -> float:
        return len(self.lines) * self.type.line_height

    @property
    def turned(self) -> bool:
        """Whether it is read from right to left."""
        return bool(self.lines) and self.type.turns(self.lines[0])

    def line_left(self, index: int) -> float:
        """Where a line begins, from the block's left edge. Right-to-left lines end at the right edge."""
        line = self.lines[index]
        slack = self.width - measure(line, self.type)
        if self.align == "centre":
            return slack / 2
        return slack if self.type.turns(line) else 0.0


def is_right_to_left(text: str) -> bool:
    """By the first letter, as the Unicode bidirectional algorithm decides a paragraph."""
    first = _STRONG.search(text)
    return bool(first and _RIGHT_TO_LEFT.match(first.group()))


def is_mixed(text: str) -> bool:
    """Letters of both directions, or digits among right-to-left letters: words do not stand in reading order."""
    words = [word for word in text.split() if _LETTERS.search(word)]
    return len({is_right_to_left(word) for word in words}) > 1


@lru_cache(maxsize=16384)
def measure(text: str, type_: Type) -> float:
    """Advance width of one line in pixels."""
    if not text:
        return 0.0
    with fonts.lock:
        return float(_paragraph(((text, type_.colour),), type_, 0.0).LongestLine)


def break_text(text: str, type_: Type, width: float) -> tuple[Line, ...]:
    """Lines of at most that width. Line breaks of the text are kept if every line fits."""
    own = _own_lines(text, type_)
    if len(own) > 1 and all(measure(join(line), type_) <= width for line in own):
        return own
    return break_lines(pieces_of(type_.set(text)), width, lambda part: measure(part, type_))


def fit(text: str, type_: Type, width: float, *, lines: int, align: Align = "left") -> Block:
    """The text in at most so many lines: type shrinks a little first; what still does not fit ends in an ellipsis."""
    smallest = type_.size * SMALLEST_SHRINK
    tried = type_.for_text(text)
    while True:
        broken = break_text(text, tried, width)
        if len(broken) <= lines:
            return Block(tuple(join(line) for line in broken), tried, align)
        if tried.size <= smallest:
            return Block(_cut(broken, tried, width, lines), tried, align)
        tried = replace(tried, size=max(smallest, tried.size * 0.94))


def paint(canvas: Any, block: Block, x: float, y: float, *, stroke: float = 0.0, colour: str | None = None) -> None:
    """All lines at a place; with a stroke only the outline is drawn, that wide on each side of the letters' edge."""
    for index, line in enumerate(block.lines):
        left, top = x + block.line_left(index), y + index * block.type.line_height
        paint_runs(canvas, ((line, colour or block.type.colour),), block.type, left, top, stroke=stroke)


def paint_runs(canvas: Any, runs: Sequence[Run], type_: Type, x: float, y: float, *, stroke: float = 0.0) -> None:
    with fonts.lock:
        _paragraph(tuple(runs), type_, stroke).paint(canvas, x, y)


def _own_lines(text: str, type_: Type) -> tuple[Line, ...]:
    lines = (pieces_of(type_.set(line)) for line in text.splitlines())
    return tuple(line for line in lines if line)


def _cut(broken: tuple[Line, ...], type_: Type, width: float, lines: int) -> tuple[str, ...]:
    kept = [join(line) for line in broken[:lines]]
    last = kept[-1]
    while last and measure(last + "…", type_) > width:
        last = last[:-1].rstrip()
    return (*kept[:-1], last + "…")


def _paragraph(runs: tuple[Run, ...], type_: Type, stroke: float) -> Any:
    import skia

    tools, text = fonts.tools(), "".join(part for part, _ in runs)
    families = [skia.String(name) for name in fonts.families_for(text, type_.family, type_.language)]
    builder = skia.textlayout.ParagraphBuilder.make(skia.textlayout.ParagraphStyle(), tools.collection, tools.unicode)
    turned = type_.turns(text)
    for index, (part, colour) in enumerate(runs):
        builder.pushStyle(_style(families, type_, colour, stroke))
        before = RIGHT_TO_LEFT_ISOLATE if turned and index == 0 else ""
        after = POP_ISOLATE if turned and index == len(runs) - 1 else ""
        builder.addText(before + part + after)
        builder.pop()
    paragraph = builder.Build()
    paragraph.layout(UNBROKEN)
    return paragraph


def _style(families: list[Any], type_: Type, colour: str | None, stroke: float) -> Any:
    import skia

    style = skia.textlayout.TextStyle()
    style.setFontFamilies(families)
    style.setFontSize(type_.size)
    style.setFontStyle(skia.FontStyle(type_.weight, 5, skia.FontStyle.kUpright_Slant))
    style.setLocale(skia.String(type_.language))
    style.setLetterSpacing(type_.tracking * type_.size)
    style.setWordSpacing(type_.word_gap * type_.size)
    style.setHeight(type_.leading)
    style.setHeightOverride(True)
    style.setHalfLeading(True)
    style.setForegroundPaint(_ink(colour, stroke))
    return style


def _ink(colour: str | None, stroke: float) -> Any:
    import skia

    ink = skia.Paint(AntiAlias=True, Color=argb(colour) if colour else 0)
    if stroke:
        ink.setStyle(skia.Paint.kStroke_Style)
        ink.setStrokeWidth(2 * stroke)
        ink.setStrokeJoin(skia.Paint.kRound_Join)
    return ink


def argb(colour: str, opacity: float = 1.0) -> int:
    """#rrggbb as Skia takes it."""
    return round(255 * opacity) << 24 | int(colour[1:], 16)


__all__ = ["Align", "Block", "Line", "Piece", "Type", "break_text", "fit", "measure", "paint", "paint_runs"]
