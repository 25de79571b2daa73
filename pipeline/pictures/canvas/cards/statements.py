"""Cards that say one thing: a number, a quote, a title."""

from __future__ import annotations

import re

from pipeline.pictures.canvas import shapes
from pipeline.pictures.canvas.cards.board import Board, Box

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|per ?cent)")


def _halves(board: Board, share: float = 0.56) -> tuple[Box, Box]:
    """Where the text goes and where the illustration goes."""
    safe = board.safe
    if board.tall:
        cut = safe.height * 0.45
        return Box(safe.x, safe.y + cut, safe.width, safe.height - cut), Box(safe.x, safe.y, safe.width, cut * 0.92)
    text = Box(safe.x, safe.y, safe.width * share, safe.height)
    art = Box(text.right + safe.width * 0.04, safe.y, safe.width * (0.96 - share), safe.height)
    if board.shot.composition in ("right_third", "diagonal"):
        return Box(safe.right - text.width, safe.y, text.width, safe.height), Box(
            safe.x, safe.y, art.width, safe.height
        )
    return text, art


def big_number(board: Board) -> None:
    """A figure as large as the column allows, what it counts, and a chart or the thing itself beside it."""
    board.ground()
    number, label = board.shot.lines[0], " ".join(board.shot.lines[1:2])
    text, art = _halves(board)
    percent = _PERCENT.search(number)
    if percent and float(percent[1]) <= 100:
        _donut(board, float(percent[1]) / 100, art)
    else:
        board.figure(board.motif_for(label or number), art)
    figure = board.lay(number, board.type(300, 800, heading=True, leading=1.0, tracking=-0.02), text.width, 1)
    below = board.lay(label, board.type(64, 600), text.width, 3)
    total = figure.height + below.height + 130 * board.unit
    y = text.y + max((text.height - total) / 2, 0)
    y = board.kicker(text.x, y, text.width) + 8 * board.unit
    y = board.say(figure, text.x, y, "accent1")
    if not percent:
        _tally(board, text.x, y + 12 * board.unit, min(figure.width, text.width))
    board.say(below, text.x, y + 44 * board.unit)


def _tally(board: Board, x: float, y: float, width: float) -> None:
    """A rising row of strokes under the number."""
    count = max(int(width / (24 * board.unit)), 6)
    for i in range(count):
        share = i / (count - 1)
        ink = board.pen.palette.accent(1).mix(board.pen.palette.accent(0), share)
        board.pen.rect(
            x + i * width / count,
            y,
            width / count * 0.62,
            10 * board.unit,
            ink,
            5 * board.unit,
            "flat",
            0.35 + 0.65 * share,
        )


def _donut(board: Board, share: float, box: Box) -> None:
    """A ring of which the stated part is filled, with the thing in its middle."""
    x, y, radius = box.x + box.width / 2, box.middle, min(box.width, box.height) * 0.48
    sweep = min(360 * share, 359.9)
    palette = board.pen.palette
    board.pen.path(
        shapes.wedge(x, y, radius, 0, 359.9, radius * 0.7), palette.background.mix(palette.text, 0.18), "flat"
    )
    board.pen.glow(x, y, radius * 1.5, "accent1", 0.3)
    board.pen.path(shapes.wedge(x, y, radius * 1.03, -90, max(sweep, 2), radius * 0.67), "accent1")
    entry = board.motif_for(" ".join(board.shot.lines))
    board.icon(entry, x, y, radius * 0.54, "accent2")


def quote(board: Board) -> None:
    """Words that somebody said, and who."""
    board.ground()
    text, art = _halves(board, 0.6)
    board.figure(board.motif_for(board.shot.instruction or board.shot.lines[0]), art)
    words, author = board.shot.lines[0].strip("\"“”'"), " ".join(board.shot.lines[1:2])
    block = board.lay(words, board.type(78, 600, heading=True, leading=1.22), text.width, 5)
    name = board.lay(author, board.type(40, 600), text.width, 1) if author else None
    mark = 92 * board.unit
    total = mark + 34 * board.unit + block.height + (70 * board.unit if name else 0)
    y = text.y + max((text.height - total) / 2, 0)
    _quote_mark(board, text.x, y, mark)
    y = board.say(block, text.x, y + mark + 34 * board.unit)
    if name:
        board.rule(text.x, y + 42 * board.unit, 54 * board.unit)
        board.say(name, text.x + 74 * board.unit, y + 45 * board.unit - name.height / 2, "accent1")


def _quote_mark(board: Board, x: float, y: float, size: float) -> None:
    for i in range(2):
        left = x + i * size * 0.72
        board.pen.disc(left + size * 0.27, y + size * 0.66, size * 0.27, "accent1", "flat")
        board.pen.blob(
            [
                (left, y + size * 0.66),
                (left + size * 0.06, y + size * 0.24),
                (left + size * 0.46, y),
                (left + size * 0.5, y + size * 0.1),
                (left + size * 0.28, y + size * 0.4),
                (left + size * 0.3, y + size * 0.7),
            ],
            "accent1",
            "flat",
        )


def title(board: Board) -> None:
    """A chapter's or film's name beside its hero."""
    board.ground()
    text, art = _halves(board, 0.58)
    entry = board.motif_for(f"{board.shot.heading} {board.shot.instruction}")
    board.figure(entry, art)
    size = 128 if len(board.shot.heading) < 26 else 104
    block = board.lay(
        board.shot.heading, board.type(size, 800, heading=True, leading=1.06, tracking=-0.015), text.width, 4
    )
    sub = board.lay(board.shot.lines[0], board.type(48, 500), text.width, 2) if board.shot.lines else None
    total = block.height + (sub.height + 50 * board.unit if sub else 0) + 44 * board.unit
    y = text.y + max((text.height - total) / 2, 0)
    board.rule(text.x, y, 120 * board.unit, thick=12)
    y = board.say(block, text.x, y + 44 * board.unit)
    if sub:
        board.say(sub, text.x, y + 30 * board.unit, board.pen.palette.text.mix(board.pen.palette.background, 0.2))
