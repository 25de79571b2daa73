"""Information cards: what is told in numbers, dates, quotes, lists, contrasts, steps and ideas, as graphic design."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.pictures.canvas.cards.board import Board, Pixels
from pipeline.pictures.canvas.cards.relations import comparison, idea_map
from pipeline.pictures.canvas.cards.series import list_, process, timeline
from pipeline.pictures.canvas.cards.statements import big_number, quote, title
from pipeline.pictures.canvas.composition import Cast
from pipeline.pictures.canvas.pen import Pen
from pipeline.pictures.models import Shot, ShotKind, Style

CARDS: dict[ShotKind, Callable[[Board], None]] = {
    "big_number": big_number,
    "quote": quote,
    "timeline": timeline,
    "comparison": comparison,
    "list": list_,
    "idea_map": idea_map,
    "title": title,
    "process": process,
}


def draw_card(pixels: Pixels, pen: Pen, shot: Shot, style: Style, cast: Cast) -> None:
    """The card's forms in the look's medium, then its text."""
    board = Board(pen, shot, style, cast)
    CARDS[shot.kind](board)
    pen.medium.finish(pen.canvas)
    pen.medium.develop(pixels)
    board.set_text(pixels)
