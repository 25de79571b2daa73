"""What takes the stage: title card, quote, big number and list, each on the dimmed picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil

import regex

from pipeline.render.layout import Box
from pipeline.render.overlays.motion import Part, Span, ease_out
from pipeline.render.overlays.parts import (
    Ground,
    Scene,
    dim,
    ground_of,
    label,
    left_of,
    line_parts,
    rule,
    soft_shadow,
    word_parts,
)
from pipeline.render.overlays.schedule import Shown, stage_box
from pipeline.render.packs import Canvas
from pipeline.render.text.contrast import text_on
from pipeline.render.text.drawing import Art, text_art
from pipeline.render.text.paragraphs import Block, Type, fit

COUNT_MS = 1100
COUNT_STEPS = 24
INDENT = 1.9
"""Of a list's items, in ems."""
QUOTATION_MARKS = '"“”„«»‹› '
_NUMBER = regex.compile(r"\d[\d.,\u00a0\u202f' ]*\d|\d")


@dataclass(frozen=True)
class Row:
    """A part of a column: its height with the gap above it, and how it is composed at a place."""

    block: Block
    gap: int
    delay_ms: int

    @property
    def height(self) -> int:
        return self.gap + ceil(self.block.height)


def title_card(item: Shown, scene: Scene) -> tuple[Part, ...]:
    """Number and rule, the title large, and a line below."""
    canvas, ground = scene.canvas, ground_of(scene.canvas)
    box = _column(stage_box(scene.timeline, scene.index, canvas, item.span), canvas, 0.8)
    px, scale = canvas.format.px, canvas.format.scale

    def rows_at(shrink: float) -> list[Row]:
        title = fit(item.overlay.text, canvas.heading(scale.title * shrink, ground.text), box.width, lines=3)
        detail = fit(item.overlay.detail, canvas.body(scale.body * shrink, ground.text), box.width, lines=2)
        return [Row(title, px(30), 160), *([Row(detail, px(26), 420)] if detail.lines else [])]

    rows = _fitted(rows_at, box.height - px(60))
    top = box.centre_y - (px(60) + _height(rows)) // 2
    kicker = _kicker(item.number, left_of(rows[0].block, box), top, canvas, ground)
    title, top = rows[0].block, top + px(60) + rows[0].gap
    words = word_parts(title, left_of(title, box), top, effects=soft_shadow(title.type), delay_ms=rows[0].delay_ms)
    return (dim(canvas, ground), *kicker, *words, *_rows(rows[1:], box, top + ceil(title.height)))


def quote(item: Shown, scene: Scene) -> tuple[Part, ...]:
    """A large mark, the words, and who said them."""
    canvas, ground = scene.canvas, ground_of(scene.canvas)
    box = _column(stage_box(scene.timeline, scene.index, canvas, item.span), canvas, 0.82)
    px, scale = canvas.format.px, canvas.format.scale
    words = item.overlay.text.strip(QUOTATION_MARKS)

    def rows_at(shrink: float) -> list[Row]:
        type_ = replace(canvas.heading(scale.quote * shrink, ground.text, leading=1.2), capitals=False)
        mark = canvas.heading(scale.quote * shrink * 3.2, ground.accent, leading=0.56).for_text(words)
        source = canvas.body(scale.body * 0.86 * shrink, ground.accent)
        said_by = fit(item.overlay.detail, source, box.width, lines=1)
        rows = [Row(Block(("“",), mark), 0, 0), Row(fit(words, type_, box.width, lines=5), 0, 180)]
        return [*rows, *([Row(said_by, px(34), 480)] if said_by.lines else [])]

    rows = _fitted(rows_at, box.height)
    return (dim(canvas, ground), *_rows(rows, box, box.centre_y - _height(rows) // 2))


def big_number(item: Shown, scene: Scene) -> tuple[Part, ...]:
    """The number counts up to itself, its meaning below."""
    canvas, ground = scene.canvas, ground_of(scene.canvas)
    box = _column(stage_box(scene.timeline, scene.index, canvas, item.span), canvas, 0.9)
    px, scale = canvas.format.px, canvas.format.scale

    def rows_at(shrink: float) -> list[Row]:
        type_ = replace(canvas.heading(scale.number * shrink, ground.accent, leading=1.0), tracking=-0.02)
        meaning = canvas.body(scale.headline * 0.66 * shrink, ground.text)
        detail = fit(item.overlay.detail, meaning, box.width, lines=2)
        rows = [Row(_one_line(item.overlay.text, type_, box.width), 0, 80)]
        return [*rows, *([Row(detail, px(18), 360)] if detail.lines else [])]

    number, *rest = _fitted(rows_at, box.height)
    top = box.centre_y - _height([number, *rest]) // 2
    return (dim(canvas, ground), _counting(number.block, box, top), *_rows(rest, box, top + number.height))


def item_list(item: Shown, scene: Scene) -> tuple[Part, ...]:
    """A heading, then the items one by one, each with its number on a mark."""
    canvas, ground = scene.canvas, ground_of(scene.canvas, 0.66)
    box = _column(stage_box(scene.timeline, scene.index, canvas, item.span), canvas, 0.86)
    has_heading = bool(item.overlay.text.strip())
    rows = _fitted(lambda shrink: _list_rows(shrink, item, canvas, box, ground), box.height)
    top = max(box.top, box.centre_y - _height(rows) // 2)
    heading, rows = rows[:has_heading], rows[has_heading:]
    parts = [dim(canvas, ground), *_rows(heading, box, top)]
    y = top + _height(heading)
    for number, row in enumerate(rows):
        parts += _list_item(number, row, box, y, canvas)
        y += row.height
    return tuple(parts)


def count_text(text: str, share: float) -> str:
    """The text with its number at a share of itself, written the same way."""
    found = _NUMBER.search(text)
    if found is None or share >= 1:
        return text
    written = found.group()
    digits = regex.sub(r"\D", "", written)
    now = str(round(int(digits) * share)).rjust(1, "0")
    decimals = _decimals(written)
    now = now.rjust(decimals + 1, "0") if decimals else now
    return text[: found.start()] + _like(written, now) + text[found.end() :]


def _like(written: str, digits: str) -> str:
    """Digits with the separators of a written number, counted from its end."""
    rest, made = list(digits), []
    for character in reversed(written):
        if not rest:
            break
        made.append(rest.pop() if character.isdigit() else character)
    return "".join([*rest, *reversed(made)])


def _decimals(written: str) -> int:
    """Digits after the decimal mark; a mark that parts groups of three is none."""
    found = regex.search(r"[.,](\d+)$", written)
    if found is None or (len(found.group(1)) == 3 and len(written) > 4):
        return 0
    return len(found.group(1))


def _counting(number: Block, box: Box, top: int) -> Part:
    text, (final, pad) = number.lines[0] if number.lines else "", text_art(number, soft_shadow(number.type))
    x = left_of(number, box) - pad

    def art_at(since_ms: float) -> Art:
        step = min(COUNT_STEPS, round(COUNT_STEPS * ease_out(since_ms / COUNT_MS)))
        counted = count_text(text, step / COUNT_STEPS)
        return text_art(replace(number, lines=(counted,)), soft_shadow(number.type))[0]

    return Part(final, x, top - pad, 80, enter="rise", art_at=art_at if _NUMBER.search(text) else None)


def _kicker(number: int | None, x: int, top: int, canvas: Canvas, ground: Ground) -> tuple[Part, ...]:
    """A short rule, after the section's number if there is one."""
    px = canvas.format.px
    length, thick = px(96), px(6)
    if number is None:
        return (rule(x, top + px(30), length, thick, ground.accent, 60),)
    block = Block((f"{number:02d}",), canvas.heading(46, ground.accent, leading=1.0))
    y = top + px(30) - ceil(block.height) // 2
    after = x + ceil(block.width) + px(24)
    return (*line_parts(block, x, y, delay_ms=0), rule(after, top + px(30), length, thick, ground.accent, 120))


def _fitted(rows_at: Callable[[float], list[Row]], height: int) -> list[Row]:
    """The rows in the largest type, down to half, in which they fit the height."""
    shrink = 1.0
    while True:
        rows = rows_at(shrink)
        if shrink < 0.5 or _height(rows) <= height:
            return rows
        shrink *= 0.93


def _height(rows: list[Row]) -> int:
    return sum(row.height for row in rows)


def _rows(rows: list[Row], box: Box, top: int) -> tuple[Part, ...]:
    parts: list[Part] = []
    y = top
    for row in rows:
        shadow = soft_shadow(row.block.type)
        x = left_of(row.block, box)
        parts += line_parts(row.block, x, y + row.gap, effects=shadow, delay_ms=row.delay_ms)
        y += row.height
    return tuple(parts)


def _list_rows(shrink: float, item: Shown, canvas: Canvas, box: Box, ground: Ground) -> list[Row]:
    """The heading, if there is one, and the items."""
    scale, px = canvas.format.scale, canvas.format.px
    type_ = canvas.body(scale.body * 1.18 * shrink, ground.text)
    width = box.width - ceil(type_.size * INDENT)
    blocks = [fit(text, type_, width, lines=2) for text in item.overlay.items]
    delays = _item_delays(item.span, len(blocks), canvas)
    rows = [Row(block, px(30 * shrink), delay) for block, delay in zip(blocks, delays, strict=True)]
    if not item.overlay.text.strip():
        return rows
    heading = fit(item.overlay.text, canvas.heading(scale.headline * shrink, ground.text), box.width, lines=2)
    return [Row(heading, 0, 80), replace(rows[0], gap=px(48 * shrink)), *rows[1:]]


def _item_delays(span: Span, count: int, canvas: Canvas) -> list[int]:
    """All items are there before two thirds of the time are over."""
    length_ms = span.frames * 1000 / canvas.fps
    step = min(1400.0, 0.6 * length_ms / count)
    return [round(min(450, length_ms / 8) + step * number) for number in range(count)]


def _list_item(number: int, row: Row, box: Box, y: int, canvas: Canvas) -> list[Part]:
    type_ = row.block.type
    side = ceil(type_.size * 1.24)
    colour = canvas.look.accent
    figure = Type(type_.family, type_.size * 0.72, 800, text_on(colour, canvas.look.background), 1.0)
    block = Block((str(number + 1),), figure)
    pads = round((side - block.width) / 2), round((side - block.height) / 2)
    mark = label(block, colour, *pads, radius=0.28 * side)
    top = y + row.gap + round((type_.line_height - side) / 2)
    indent, turned = ceil(type_.size * INDENT), row.block.turned
    inner = Box(box.left, 0, box.right - indent, 0) if turned else Box(box.left + indent, 0, box.right, 0)
    shadow, x = soft_shadow(type_), left_of(row.block, inner)
    text = line_parts(row.block, x, y + row.gap, effects=shadow, delay_ms=row.delay_ms, stagger_ms=0)
    mark_x = box.right - mark.width if turned else box.left
    return [Part(mark, mark_x, top, row.delay_ms, enter="pop"), *text]


def _column(stage: Box, canvas: Canvas, share: float) -> Box:
    """The stage's column for text: a part of a wide frame, all of a narrow one."""
    width = round(stage.width * share) if canvas.format.aspect == "wide" else stage.width
    return Box(stage.left, stage.top, stage.left + width, stage.bottom)


def _one_line(text: str, type_: Type, width: int) -> Block:
    """The text on one line, however small that makes it."""
    shown = " ".join(type_.set(text).split())
    block = Block((shown,), type_)
    if block.width > width:
        block = Block((shown,), replace(type_, size=type_.size * width / block.width * 0.99))
    return block
