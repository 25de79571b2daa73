"""Cards that set things against or around each other: comparisons and maps of ideas."""

from __future__ import annotations

import math

from pipeline.pictures.canvas.cards.board import Board, Box
from pipeline.pictures.canvas.cards.series import parts

_INKS = ("accent1", "accent2", "accent3", "accent4")


def comparison(board: Board) -> None:
    """Two sides, each with its thing, and a disc between them."""
    board.ground()
    safe = board.safe
    top = safe.y
    if board.shot.heading:
        block = board.lay(board.shot.heading, board.type(56, 750, heading=True), safe.width, 1, "centre")
        top = board.centred(block, safe.x + safe.width / 2, safe.y) + 26 * board.unit
    body = Box(safe.x, top, safe.width, safe.bottom - top)
    gap = 34 * board.unit
    sides = body.rows(2, gap) if board.tall else body.columns(2, gap)
    for side, line, ink in zip(sides, board.shot.lines[:2], ("accent1", "accent2"), strict=True):
        _side(board, side, line, ink)
    x, y = body.x + body.width / 2, body.middle
    radius = 56 * board.unit
    board.disc(x, y, radius * 1.2, "bg")
    board.disc(x, y, radius, board.pen.palette.text)
    versus = board.lay("vs", board.type(48, 800, heading=True, leading=1.0), radius * 2, 1, "centre")
    board.centred(versus, x, y - versus.height * 0.55, board.pen.palette.background)


def _side(board: Board, box: Box, line: str, ink: str) -> None:
    palette = board.pen.palette
    head, rest = parts(line)
    board.panel(box, board.tinted(ink, 0.16 if palette.dark else 0.22))
    inner = box.inset(34 * board.unit)
    if board.tall:
        art = Box(inner.x, inner.y, inner.width * 0.4, inner.height)
        text = Box(art.right + 28 * board.unit, inner.y, inner.width * 0.6 - 28 * board.unit, inner.height)
    else:
        art = Box(inner.x, inner.y, inner.width, inner.height * 0.54)
        text = Box(inner.x, art.bottom + 18 * board.unit, inner.width, inner.height * 0.46 - 18 * board.unit)
    entry = board.motif_for(f"{head} {head} {rest}")
    radius = min(art.width, art.height) * 0.5
    board.icon(entry, art.x + art.width / 2, art.middle, radius, ink)
    align = "left" if board.tall else "centre"
    first = board.lay(head, board.type(72, 800, heading=True, leading=1.1), text.width, 2, align)  # type: ignore[arg-type]
    second = board.lay(rest, board.type(44, 500, leading=1.2), text.width, 3, align) if rest else None  # type: ignore[arg-type]
    total = first.height + (second.height + 8 * board.unit if second else 0)
    y = text.y + max((text.height - total) / 2, 0)
    for block, colour in ((first, ink), (second, "text")):
        if block is not None:
            left = text.x if align == "left" else text.x + (text.width - block.width) / 2
            y = board.say(block, left, y, colour) + 8 * board.unit


def idea_map(board: Board) -> None:
    """The idea in the middle, what belongs to it around."""
    board.ground()
    safe = board.safe
    ideas = board.shot.lines[:5]
    if board.tall:
        _tree(board, safe, ideas)
        return
    x, y = safe.x + safe.width / 2, safe.y + safe.height * 0.5
    places = _around(board, safe, len(ideas))
    for place, ink in zip(places, _INKS * 2, strict=False):
        bend = (x + (place[0] - x) * 0.5, y + (place[1] - y) * 0.28)
        board.pen.curve([(x, y), bend, place], ink, 5 * board.unit, 0.8)
    radius = 200 * board.unit
    board.pen.glow(x, y, radius * 2, "glow", 0.4)
    board.disc(x, y, radius, board.pen.palette.surface.mix(board.pen.palette.accent(0), 0.22))
    head = board.lay(board.shot.heading, board.type(46, 800, heading=True, leading=1.08), radius * 1.5, 3, "centre")
    size = radius * 0.78
    entry = board.motif_for(f"{board.shot.heading} {board.shot.heading}")
    board.motif(entry, x, y - 0.02 * radius, size * (0.8 if entry.kind == "place" else 1))
    board.centred(head, x, y + radius * 0.1)
    for (px, py), idea, ink in zip(places, ideas, _INKS * 2, strict=False):
        _bubble(board, px, py, idea, ink)


def _around(board: Board, safe: Box, count: int) -> list[tuple[float, float]]:
    """Places round the middle, wider than high."""
    turns = {2: (180, 0), 3: (150, 30, 270), 4: (150, 30, 210, 330), 5: (152, 28, 208, 332, 270)}.get(count, (180,))
    rx, ry = safe.width * 0.36, safe.height * 0.39
    x, y = safe.x + safe.width / 2, safe.middle
    return [(x + rx * math.cos(math.radians(t)) * 1.02, y - ry * math.sin(math.radians(t))) for t in turns]


def _bubble(board: Board, x: float, y: float, idea: str, ink: str) -> None:
    width = board.safe.width * 0.3
    radius = 66 * board.unit
    text = board.lay(idea, board.type(46, 650, leading=1.15), width - radius * 2 - 40 * board.unit, 3)
    height = max(text.height + 36 * board.unit, radius * 2 + 24 * board.unit)
    left = min(max(x - width / 2, board.safe.x), board.safe.right - width)
    top = min(max(y - height / 2, board.safe.y), board.safe.bottom - height)
    box = Box(left, top, width, height)
    board.panel(box, board.tinted(ink, 0.12))
    board.icon(board.motif_for(idea), box.x + 18 * board.unit + radius, box.middle, radius, ink)
    board.say(text, box.x + radius * 2 + 36 * board.unit, box.middle - text.height / 2)


def _tree(board: Board, safe: Box, ideas: tuple[str, ...]) -> None:
    """Portrait: the idea on top, its parts below each other."""
    radius = min(safe.width * 0.27, safe.height * 0.16)
    x = safe.x + safe.width / 2
    entry = board.motif_for(f"{board.shot.heading} {board.shot.heading}")
    board.icon(entry, x, safe.y + radius, radius, "accent1")
    head = board.lay(board.shot.heading, board.type(76, 800, heading=True, leading=1.08), safe.width, 2, "centre")
    y = board.centred(head, x, safe.y + radius * 2 + 20 * board.unit) + 30 * board.unit
    rows = Box(safe.x, y, safe.width, safe.bottom - y).rows(len(ideas), 20 * board.unit)
    for row, idea, ink in zip(rows, ideas, _INKS * 2, strict=False):
        board.panel(row, board.tinted(ink, 0.12))
        disc = min(row.height * 0.4, 66 * board.unit)
        board.icon(board.motif_for(idea), row.x + 26 * board.unit + disc, row.middle, disc, ink)
        left = row.x + 26 * board.unit + disc * 2 + 30 * board.unit
        text = board.lay(idea, board.type(48, 650), row.right - left - 20 * board.unit, 2)
        board.say(text, left, row.middle - text.height / 2)
