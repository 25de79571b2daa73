"""Cuts captions into pages of at most two lines, and gives every word of a page its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.render.overlays.motion import Span
from pipeline.render.text.breaking import STOPS, Line, Piece, break_lines, is_space, pieces_of
from pipeline.render.text.fonts import is_invisible
from pipeline.render.text.paragraphs import Type, measure
from pipeline.timeline.models import Caption, Word


@dataclass(frozen=True)
class Token:
    """A word as it is shown, with the milliseconds in which it is spoken."""

    text: str
    spaced: bool
    start_ms: float
    end_ms: float


TokenLine = tuple[Token, ...]
SILENT_STOPS = ".,;:、。,;:"


@dataclass(frozen=True)
class Page:
    """What is on screen at once."""

    lines: tuple[TokenLine, ...]
    start_ms: float
    end_ms: float
    type: Type

    @property
    def tokens(self) -> TokenLine:
        return tuple(token for line in self.lines for token in line)

    def span(self, fps: int) -> Span:
        return Span(round(self.start_ms * fps / 1000), round(self.end_ms * fps / 1000))


def tokens_of(caption: Caption, type_: Type) -> tuple[tuple[Token, ...], ...]:
    """The caption's tokens, one tuple for each of its own lines, which may be joined."""
    lines = [pieces_of(line) for line in caption.text.splitlines()]
    pieces = [piece for line in lines for piece in line]
    times = _times(pieces, caption)
    timed = iter(zip(pieces, times, strict=True))
    made: list[TokenLine] = []
    for line in lines:
        tokens: list[Token] = []
        for _ in line:
            piece, (start, end) = next(timed)
            shown = type_.set(piece.text).strip()
            if not all(map(is_invisible, shown)):
                joins = bool(made) and not tokens and is_space(made[-1][-1].text, shown)
                tokens.append(Token(shown, piece.spaced or joins, start, end))
        if tokens:
            made.append(tuple(tokens))
    return tuple(made)


def pages_of(caption: Caption, type_: Type, width: float, *, lines: int = 2) -> tuple[Page, ...]:
    """The caption as pages; its own line breaks stay if they fit."""
    type_ = type_.for_text(caption.text)
    own = tokens_of(caption, type_)
    if not own:
        return ()
    if len(own) <= lines and all(measure(text_of(line), type_) <= width for line in own):
        return (Page(own, caption.start_ms, caption.end_ms, type_),)
    return _flow(tuple(token for line in own for token in line), caption, type_, width, lines)


def phrases_of(caption: Caption, type_: Type, width: float, *, characters: int, lines: int = 2) -> tuple[Page, ...]:
    """The caption as short phrases, a breath each, for captions that pop."""
    type_ = type_.for_text(caption.text)
    groups: list[list[Token]] = [[]]
    for line in tokens_of(caption, type_):
        for token in line:
            group = groups[-1]
            full = group and len(text_of([*group, token])) > characters
            if full or (group and group[-1].text.endswith(STOPS)):
                groups.append([])
            groups[-1].append(token)
    bare = [_without_stop(tuple(group)) for group in groups if group]
    cut = [part for group in bare for part in _cut(group, type_, width, lines)]
    return _timed(cut, caption, type_)


def _without_stop(tokens: TokenLine) -> TokenLine:
    """A phrase that stands alone needs no comma or full stop at its end."""
    last = tokens[-1]
    bare = last.text.rstrip(SILENT_STOPS)
    return (*tokens[:-1], replace(last, text=bare or last.text))


def text_of(tokens: Sequence[Token]) -> str:
    return "".join((" " if token.spaced and index else "") + token.text for index, token in enumerate(tokens))


def _flow(tokens: TokenLine, caption: Caption, type_: Type, width: float, lines: int) -> tuple[Page, ...]:
    """As few pages as fit, about equally full."""
    everything = _broken(tokens, type_, width)
    count = -(-len(everything) // lines)
    share = sum(len(t.text) + 1 for t in tokens) / count
    groups: list[list[Token]] = [[]]
    for token in tokens:
        filled = sum(len(t.text) + 1 for t in groups[-1])
        ends_well = bool(groups[-1]) and groups[-1][-1].text.endswith(STOPS)
        if groups[-1] and (filled >= share or (ends_well and filled >= 0.6 * share)):
            groups.append([])
        groups[-1].append(token)
    return _timed([part for group in groups for part in _cut(tuple(group), type_, width, lines)], caption, type_)


def _cut(tokens: TokenLine, type_: Type, width: float, lines: int) -> list[tuple[TokenLine, ...]]:
    """The tokens in lines, in parts of at most so many."""
    broken = _broken(tokens, type_, width)
    return [broken[start : start + lines] for start in range(0, len(broken), lines)]


def _broken(tokens: TokenLine, type_: Type, width: float) -> tuple[TokenLine, ...]:
    """Lines of tokens; a token wider than a line is cut, and its time with it."""
    pieces: list[Piece] = []
    starts: list[int] = []
    at = 0
    for token in tokens:
        pieces.append(Piece(token.text, at, token.spaced and bool(pieces)))
        starts.append(at)
        at += len(token.text) + 1
    broken = break_lines(tuple(pieces), width, lambda text: measure(text, type_))
    return tuple(_tokens_of_line(line, tokens, starts) for line in broken)


def _tokens_of_line(line: Line, tokens: TokenLine, starts: list[int]) -> TokenLine:
    made = []
    for piece in line:
        index = max(i for i, start in enumerate(starts) if start <= piece.start)
        made.append(_part(tokens[index], piece, piece.start - starts[index]))
    return tuple(made)


def _part(token: Token, piece: Piece, offset: int) -> Token:
    per_character = (token.end_ms - token.start_ms) / max(1, len(token.text))
    start = token.start_ms + offset * per_character
    return Token(piece.text, piece.spaced, start, start + len(piece.text) * per_character)


def _timed(parts: list[tuple[TokenLine, ...]], caption: Caption, type_: Type) -> tuple[Page, ...]:
    """Pages that follow each other without a gap, each beginning with its first word."""
    later = [part[0][0].start_ms for part in parts[1:]]
    starts, ends = [caption.start_ms, *later][: len(parts)], [*later, caption.end_ms][: len(parts)]
    pages = (Page(part, start, end, type_) for part, start, end in zip(parts, starts, ends, strict=True))
    return tuple(page for page in pages if page.end_ms > page.start_ms)


def _times(pieces: list[Piece], caption: Caption) -> list[tuple[float, float]]:
    """When each piece is spoken: by the caption's words, else an even share by length."""
    if not caption.words:
        return _shared(pieces, caption.start_ms, caption.end_ms)
    if len(caption.words) == len(pieces):
        return [_within(word.start_ms, word.end_ms, caption) for word in caption.words]
    return _matched(pieces, caption)


def _matched(pieces: list[Piece], caption: Caption) -> list[tuple[float, float]]:
    """Words and pieces that were cut differently, matched by how many letters went before."""
    letters = [_letters(word.text) for word in caption.words]
    total, wanted = max(1, sum(letters)), max(1, sum(_letters(piece.text) for piece in pieces))
    times, passed = [], 0.0
    for piece in pieces:
        share = _letters(piece.text) / wanted * total
        start = _time_at(passed, caption.words, letters)
        end = _time_at(passed + share - 1e-6, caption.words, letters, ending=True)
        times.append(_within(start, max(start, end), caption))
        passed += share
    return times


def _time_at(passed: float, words: Sequence[Word], letters: list[int], *, ending: bool = False) -> float:
    before = 0.0
    for word, count in zip(words, letters, strict=True):
        if passed < before + count:
            share = (passed - before) / count
            near = share > 0.98 if ending else share < 0.02
            exact = word.end_ms if ending else word.start_ms
            return exact if near else word.start_ms + share * (word.end_ms - word.start_ms)
        before += count
    return float(words[-1].end_ms)


def _shared(pieces: list[Piece], start_ms: float, end_ms: float) -> list[tuple[float, float]]:
    total = max(1, sum(_letters(piece.text) for piece in pieces))
    times, at = [], float(start_ms)
    for piece in pieces:
        length = (end_ms - start_ms) * _letters(piece.text) / total
        times.append((at, at + length))
        at += length
    return times


def _within(start_ms: float, end_ms: float, caption: Caption) -> tuple[float, float]:
    start = min(max(start_ms, caption.start_ms), caption.end_ms)
    return start, min(max(end_ms, start), caption.end_ms)


def _letters(text: str) -> int:
    return max(1, sum(character.isalnum() for character in text))
