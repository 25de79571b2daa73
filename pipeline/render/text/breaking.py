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


def join(line: Sequence[Piece]) -> str:
    return "".join((" " if piece.spaced and index else "") + piece.text for index, piece in enumerate(line))


def break_lines(pieces: Line, width: float, measure: Measure) -> tuple[Line, ...]:
    """As few lines as fit the width, of lengths as even as can be; pieces wider than a line are broken inside."""
    whole = _split_wide(pieces, width, measure)
    if not whole:
        return ()
    greedy = _fill(whole, width, measure)
    if len(greedy) == 1:
        return greedy
    if len(greedy) == 2:
        return _best_pair(whole, width, measure)
    return _even(whole, width, measure, len(greedy))


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


def _best_pair(pieces: Line, width: float, measure: Measure) -> tuple[Line, Line]:
    """The two lines that look and read best: even, ending after punctuation, never on an article or preposition."""
    best: tuple[float, tuple[Line, Line]] | None = None
    for cut in range(1, len(pieces)):
        pair = pieces[:cut], pieces[cut:]
        widths = [measure(join(line)) for line in pair]
        if max(widths) > width:
            continue
        cost = abs(widths[0] - widths[1]) / width + _reading_cost(pair[0], pair[1])
        if best is None or cost < best[0]:
            best = (cost, pair)
    if best is None:
        first, *rest = _fill(pieces, width, measure)
        return first, tuple(piece for line in rest for piece in line)
    return best[1]


def _reading_cost(before: Line, after: Line) -> float:
    last = before[-1].text
    if last.lower() in WEAK_ENDS:
        return 0.5
    if last.endswith(STOPS):
        return -0.25
    inside_word = not after[0].spaced and not _SPACELESS.match(after[0].text)
    return 1.0 if inside_word else 0.0


def _even(pieces: Line, width: float, measure: Measure, count: int) -> tuple[Line, ...]:
    """The same number of lines in the narrowest column."""
    low, high = 0.0, width
    best = _fill(pieces, width, measure)
    for _ in range(8):
        middle = (low + high) / 2
        tried = _fill(pieces, middle, measure)
        if len(tried) <= count and all(measure(join(line)) <= width for line in tried):
            best, high = tried, middle
        else:
            low = middle
    return best
