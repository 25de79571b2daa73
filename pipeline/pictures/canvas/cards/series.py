"""Cards that go through several things in order: lists, timelines, processes."""

from __future__ import annotations

import re

from pipeline.pictures.canvas.cards.board import Board, Box

SEPARATOR = "|"
"""Between a line's short head and what it says: "1773 | Boston Tea Party"."""
_INKS = ("accent1", "accent2", "accent3", "accent4")


def parts(line: str) -> tuple[str, str]:
    head, _, rest = line.partition(SEPARATOR)
    return head.strip(), rest.strip()


def _heading(board: Board, box: Box, lines: int = 2) -> Box:
    """The card's heading on top; gives what is left of the box."""
    if not board.shot.heading:
        return box
    block = board.lay(
        board.shot.heading, board.type(72, 800, heading=True, leading=1.1, tracking=-0.01), box.width, lines
    )
    board.rule(box.x, box.y, 96 * board.unit, thick=9)
    y = board.say(block, box.x, box.y + 30 * board.unit) + 26 * board.unit
    return Box(box.x, y, box.width, box.bottom - y)


def list_(board: Board) -> None:
    """Items with an icon each, in rows or, from four on, in two columns."""
    board.ground()
    safe = board.safe
    items = board.shot.lines[:6]
    wide = not board.tall and not board.square
    if wide and len(items) <= 3:
        art = Box(safe.right - safe.width * 0.34, safe.y, safe.width * 0.34, safe.height)
        board.figure(board.cast.hero, art)
        board.used.add(board.cast.hero.name)
        safe = Box(safe.x, safe.y, safe.width * 0.61, safe.height)
    body = _heading(board, safe)
    columns = 2 if wide and len(items) > 3 else 1
    rows = -(-len(items) // columns)
    gap = 20 * board.unit
    height = min((body.height - gap * (rows - 1)) / rows, 190 * board.unit)
    top = body.y + max((body.height - rows * height - gap * (rows - 1)) / 2, 0)
    for index, item in enumerate(items):
        column = body.columns(columns, 28 * board.unit)[index // rows if columns > 1 else 0]
        _row(board, Box(column.x, top + index % rows * (height + gap), column.width, height), item, _INKS[index % 4])


def _row(board: Board, box: Box, item: str, ink: str) -> None:
    palette = board.pen.palette
    board.panel(box, board.tinted(ink, 0.1))
    board.pen.rect(box.x, box.y + box.height * 0.2, 7 * board.unit, box.height * 0.6, ink, 3, "flat")
    radius = min(box.height * 0.4, 72 * board.unit)
    x = box.x + 30 * board.unit + radius
    head, rest = parts(item)
    board.icon(board.motif_for(item), x, box.middle, radius, ink)
    left = x + radius + 30 * board.unit
    width = box.right - left - 22 * board.unit
    first = board.lay(head, board.type(52, 700), width, 2 if not rest else 1)
    second = board.lay(rest, board.type(34, 500), width, 1) if rest else None
    y = box.middle - (first.height + (second.height if second else 0)) / 2
    y = board.say(first, left, y)
    if second:
        board.say(second, left, y, palette.text.mix(palette.surface, 0.22))


def timeline(board: Board) -> None:
    """Dates on a line, what happened at each of them."""
    board.ground()
    events = [parts(line) for line in board.shot.lines[:5]]
    if board.tall or (board.square and len(events) > 3):
        _down(board, events)
    else:
        _across(board, events)


def _across(board: Board, events: list[tuple[str, str]]) -> None:
    body = _heading(board, board.safe)
    columns = body.columns(len(events), 26 * board.unit)
    radius = min(columns[0].width * 0.38, body.height * 0.25, 140 * board.unit)
    y = body.y + radius + max((body.height - radius * 2 - 260 * board.unit) * 0.5, 0)
    board.pen.line([(0, y), (board.pen.frame.width, y)], "text", 5 * board.unit, 0.35)
    for index, ((date, event), column) in enumerate(zip(events, columns, strict=True)):
        x, ink = column.x + column.width / 2, _INKS[index % 4]
        board.icon(board.motif_for(f"{event} {event}"), x, y, radius, ink)
        stem = y + radius + 16 * board.unit
        board.pen.disc(x, stem + 12 * board.unit, 9 * board.unit, ink, "flat")
        size = 76 if len(events) < 4 else 62
        block = board.lay(date, board.type(size, 800, heading=True, tracking=-0.01), column.width, 1, "centre")
        below = board.centred(block, x, stem + 32 * board.unit, ink)
        text = board.lay(event, board.type(38 if len(events) < 4 else 34, 500, leading=1.2), column.width, 4, "centre")
        board.centred(text, x, below + 4 * board.unit)


def _down(board: Board, events: list[tuple[str, str]]) -> None:
    body = _heading(board, board.safe)
    rows = body.rows(len(events), 14 * board.unit)
    radius = min(rows[0].height * 0.36, 74 * board.unit)
    x = body.x + radius
    board.pen.line([(x, rows[0].middle), (x, rows[-1].middle)], "text", 5 * board.unit, 0.35)
    for index, ((date, event), row) in enumerate(zip(events, rows, strict=True)):
        ink = _INKS[index % 4]
        board.icon(board.motif_for(f"{event} {event}"), x, row.middle, radius, ink)
        left = x + radius + 34 * board.unit
        first = board.lay(date, board.type(64, 800, heading=True), row.right - left, 1)
        second = board.lay(event, board.type(40, 500), row.right - left, 2)
        y = board.say(first, left, row.middle - (first.height + second.height) / 2, ink)
        board.say(second, left, y)


_LEAD = re.compile(r"^(?:first|second|third|then|next|finally|last)[a-z]*,?\s+", re.IGNORECASE)


def process(board: Board) -> None:
    """Numbered steps with arrows between them."""
    board.ground()
    steps = [_LEAD.sub("", line) for line in board.shot.lines[:5]]
    body = _heading(board, board.safe)
    tall = board.tall or (board.square and len(steps) > 3)
    gap = (66 if not tall else 44) * board.unit
    cells = body.rows(len(steps), gap) if tall else body.columns(len(steps), gap)
    for index, (step, cell) in enumerate(zip(steps, cells, strict=True)):
        draw = _step_row if tall else _step_column
        draw(board, cell, index, step[:1].upper() + step[1:])
        if index + 1 < len(cells) and not tall:
            y = _step_top(board, cell) + cell.width * 0.3
            board.arrow((cell.right + gap * 0.16, y), (cell.right + gap * 0.62, y))
        elif index + 1 < len(cells):
            board.arrow(
                (cell.x + 70 * board.unit, cell.bottom + gap * 0.1),
                (cell.x + 70 * board.unit, cell.bottom + gap * 0.55),
            )


def _step_top(board: Board, cell: Box) -> float:
    return cell.y + max((cell.height - cell.width * 0.6 - 210 * board.unit) / 2, 0)


def _step_column(board: Board, cell: Box, index: int, step: str) -> None:
    ink, radius = _INKS[index % 4], min(cell.width * 0.46, 170 * board.unit)
    x, y = cell.x + cell.width / 2, _step_top(board, cell) + cell.width * 0.3
    board.icon(board.motif_for(step), x, y, radius, ink)
    _badge(board, x - radius * 0.74, y - radius * 0.74, index + 1, ink)
    text = board.lay(step, board.type(46, 650, leading=1.2), cell.width + 26 * board.unit, 4, "centre")
    board.centred(text, x, y + radius + 26 * board.unit)


def _step_row(board: Board, cell: Box, index: int, step: str) -> None:
    ink, radius = _INKS[index % 4], min(cell.height * 0.48, 84 * board.unit)
    x = cell.x + radius
    board.icon(board.motif_for(step), x, cell.middle, radius, ink)
    _badge(board, x - radius * 0.74, cell.middle - radius * 0.74, index + 1, ink)
    left = x + radius + 36 * board.unit
    text = board.lay(step, board.type(48, 650), cell.right - left, 3)
    board.say(text, left, cell.middle - text.height / 2)


def _badge(board: Board, x: float, y: float, number: int, ink: str) -> None:
    radius = 34 * board.unit
    board.pen.disc(x, y, radius, ink, "flat")
    block = board.lay(str(number), board.type(38, 800, heading=True, leading=1.0), radius * 2, 1, "centre")
    board.centred(block, x, y - block.height / 2, board.pen.palette.background)
