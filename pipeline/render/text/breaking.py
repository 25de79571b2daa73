"""Breaks text into lines. Works on pieces, the smallest parts that stay together; widths are given, fonts unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import regex

Measure = Callable[[str], float]

# Ideographs, kana, and the scripts of South East Asia that put no spaces between words: a line may end at any cluster.
_SPACELESS = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\u3000-\u303f\uff00-\uff65]"
)
_NEVER_FIRST = frozenset("、。,.!?:;)]}」』】〉》〕〗’”…‥ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々,。!?:;)]}・ๆฯ%°")
_NEVER_LAST = frozenset("([{「『【〈《〔〖‘“([{$¥€£#")
_CLUSTER = regex.compile(r"\X")
_WORD = regex.compile(r"\S+")

_ARTICLES = ("a", "an", "the", "my", "your", "our", "their", "his", "her")
_JOINTS = ("of", "to", "in", "on", "at", "by", "for", "and", "or", "but", "with", "from", "as", "is", "are")
WEAK_ENDS = frozenset((*_ARTICLES, *_JOINTS))
STOPS = tuple(".,;:!?…—。、,!?;:")


MOST_BALANCED = 6
"""More lines than these are only filled: nobody sees them at once."""


@dataclass(frozen=True)
class Piece:
    """An unbreakable part of a text: where it stands, and whether a space parts it from the piece before."""

    text: str
    start: int
    spaced: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


Line = tuple[Piece, ...]


def pieces_of(text: str) -> Line:
    """Words; single clusters where the script has no spaces, with punctuation kept on the right side of a break."""
    found: list[Piece] = []
    for word in _WORD.finditer(text):
        for index, (start, part) in enumerate(_parts(word.group())):
            found.append(Piece(part, word.start() + start, spaced=index == 0 and bool(found)))
    return tuple(found)


def is_space(before: str, after: str) -> bool:
    """Whether the end of a line between these two stands for a space."""
    return not (_SPACELESS.search(before[-1:]) and _SPACELESS.match(after))


def join(line: Sequence[Piece]) -> str:
    return "".join((" " if piece.spaced and index else "") + piece.text for index, piece in enumerate(line))


def break_lines(pieces: Line, width: float, measure: Measure) -> tuple[Line, ...]:
    """As few lines as fit the width, of lengths as even as can be; pieces wider than a line are broken inside."""
    whole = _split_wide(pieces, width, measure)
    if not whole:
        return ()
    greedy = _fill(whole, width, measure)
    if not 1 < len(greedy) <= MOST_BALANCED:
        return greedy
    balanced = _balanced(whole, width, measure, len(greedy))
    if balanced is None or any(measure(join(line)) > width for line in balanced):
        return greedy
    return balanced


def _parts(word: str) -> list[tuple[int, str]]:
    """A word without spaces, cut where a line may end."""
    if not _SPACELESS.search(word):
        return [(0, word)]
    parts: list[tuple[int, str]] = []
    for match in _CLUSTER.finditer(word):
        cluster = match.group()
        if parts and _stays(parts[-1][1], cluster):
            parts[-1] = (parts[-1][0], parts[-1][1] + cluster)
        else:
            parts.append((match.start(), cluster))
    return parts


def _stays(before: str, cluster: str) -> bool:
    if cluster[0] in _NEVER_FIRST or before[-1] in _NEVER_LAST:
        return True
    return not (_SPACELESS.match(cluster) or _SPACELESS.match(before[-1]) or _SPACELESS.match(before[0]))


def _split_wide(pieces: Line, width: float, measure: Measure) -> Line:
    whole: list[Piece] = []
    for piece in pieces:
        whole.extend(_slices(piece, width, measure) if measure(piece.text) > width else (piece,))
    return tuple(whole)


def _slices(piece: Piece, width: float, measure: Measure) -> list[Piece]:
    """A piece too wide for a line, in slices that fit."""
    slices: list[Piece] = []
    start, text = piece.start, ""
    for match in _CLUSTER.finditer(piece.text):
        if text and measure(text + match.group()) > width:
            slices.append(Piece(text, start, spaced=piece.spaced and not slices))
            start, text = piece.start + match.start(), ""
        text += match.group()
    slices.append(Piece(text, start, spaced=piece.spaced and not slices))
    return slices


def _fill(pieces: Line, width: float, measure: Measure) -> tuple[Line, ...]:
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if lines[-1] and measure(join([*lines[-1], piece])) > width:
            lines.append([])
        lines[-1].append(piece)
    return tuple(tuple(line) for line in lines)


def _balanced(pieces: Line, width: float, measure: Measure, count: int) -> tuple[Line, ...] | None:
    """So many lines, as even as can be, ending where a reader pauses; None if no such division fits."""
    lefts, rights = _advances(pieces, measure)
    even = (rights[-1] - lefts[0]) / count
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for number in range(1, count + 1):
        ends = [len(pieces)] if number == count else range(number, len(pieces))
        row: dict[int, tuple[float, int]] = {}
        for end in ends:
            for start, (cost, _) in best[-1].items():
                wide = rights[end - 1] - lefts[start] if start < end else width + 1
                if wide <= width:
                    total = cost + ((wide - even) / width) ** 2 + _break_cost(pieces, end)
                    row[end] = min(row.get(end, (total, start)), (total, start))
        best.append(row)
    return _traced(pieces, best) if len(pieces) in best[-1] else None


def _advances(pieces: Line, measure: Measure) -> tuple[list[float], list[float]]:
    """Where each piece begins and ends if all stood on one line."""
    space, at = measure("n n") - measure("nn"), 0.0
    lefts, rights = [], []
    for index, piece in enumerate(pieces):
        at += space if piece.spaced and index else 0.0
        lefts.append(at)
        at += measure(piece.text)
        rights.append(at)
    return lefts, rights


def _traced(pieces: Line, best: list[dict[int, tuple[float, int]]]) -> tuple[Line, ...]:
    lines, end = [], len(pieces)
    for row in reversed(best[1:]):
        start = row[end][1]
        lines.append(pieces[start:end])
        end = start
    return tuple(reversed(lines))


def _break_cost(pieces: Line, end: int) -> float:
    """Of a line that ends before the piece at `end`; after punctuation it is a gain."""
    if end == len(pieces):
        return 0.0
    last, following = pieces[end - 1].text, pieces[end]
    if last.lower() in WEAK_ENDS:
        return 0.12
    if last.endswith(STOPS):
        return -0.05
    inside_word = not following.spaced and not _SPACELESS.match(following.text)
    return 1.0 if inside_word else 0.0
