"""From timed words to captions: the cheapest way to part them, found over all ways at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.captions.lines import Piece, Setting, Text
from pipeline.captions.rules import Limits, breaks_of, ends_clause, ends_sentence, limits_for
from pipeline.narration.models import Narration
from pipeline.timeline.models import Caption, Word

ADDRESS_MARKS = re.compile(r"[/\-_.?&=]+")
LINGER_MS = 300  # a caption stays a moment after its last word
CHAINED_MS = 700  # over a shorter silence it stays until the next one comes
NOTICED_PAUSE_MS = 350
PLEASANT_MS = 1400

EACH_CAPTION = 1.2
TOO_BRIEF = 2.0  # a second under the pleasant length
PAUSE_INSIDE = 2.5  # a second
WHOLE_SENTENCE = 0.4
BEGUN_SENTENCE = 1.2
DANGLING = 2.0
AT_AN_END = 1.5  # a caption's end weighs more than a line's
BROKEN_RULE = 400.0  # only where nothing else is possible


@dataclass(frozen=True)
class _Page:
    """What all captions of a section have to respect."""

    text: Text
    until_ms: int
    gap_ms: int
    limits: Limits

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return self.text.pieces

    def latest_end_ms(self, last: int) -> int:
        """Of a caption whose last piece is `last`: before the next one comes, or the section ends."""
        if last + 1 < len(self.pieces):
            return self.pieces[last + 1].start_ms - self.gap_ms
        return self.until_ms - self.gap_ms


def caption_narration(
    narration: Narration, *, offset_ms: int = 0, segment_ms: int | None = None, fps: int = 30, language: str = "en"
) -> tuple[Caption, ...]:
    """A section's captions, in milliseconds from its segment's start.

    The narration begins `offset_ms` into the segment; the last caption may stay until two frames before its end.
    """
    until_ms = segment_ms if segment_ms is not None else offset_ms + narration.duration_ms + LINGER_MS
    words = tuple(
        word.model_copy(update={"start_ms": word.start_ms + offset_ms, "end_ms": word.end_ms + offset_ms})
        for word in narration.words
    )
    return caption_words(words, until_ms=until_ms, fps=fps, language=language)


def caption_words(words: Sequence[Word], *, until_ms: int, fps: int = 30, language: str = "en") -> tuple[Caption, ...]:
    """Captions that show every word, in order; the last one ends before `until_ms`."""
    limits = limits_for(language)
    pieces = tuple(piece for word in words for piece in _pieces(word, limits))
    if not pieces:
        return ()
    page = _Page(Text(pieces, limits, breaks_of(language)), until_ms, limits.gap_ms(fps), limits)
    return tuple(_caption(page, first, last) for first, last in _parted(page))


def _pieces(word: Word, limits: Limits) -> Iterator[Piece]:
    """A word longer than a line is shown in parts that share its time."""
    share = (word.end_ms - word.start_ms) / len(word.text)
    passed = 0
    for part in _line_lengths(word.text, limits.characters):
        start = word.start_ms + round(share * passed)
        clings = passed > 0
        passed += len(part)
        yield Piece(part, start, word.start_ms + round(share * passed), clings)


def _line_lengths(text: str, most: int) -> Iterator[str]:
    """Parted after the marks of an address where it has some, else anywhere."""
    while len(text) > most:
        marks = [match.end() for match in ADDRESS_MARKS.finditer(text, 0, most) if match.end() > most // 2]
        place = marks[-1] if marks else most
        yield text[:place]
        text = text[place:]
    yield text


def _parted(page: _Page) -> list[tuple[int, int]]:
    """First and last piece of every caption."""
    count = len(page.pieces)
    most = page.limits.lines * page.limits.characters + 1
    cheapest = [0.0] + [float("inf")] * count
    came_from = [0] * (count + 1)
    for first in range(count):
        if cheapest[first] == float("inf"):
            continue
        for last in range(first, count):
            if page.text.characters(first, last) > most:
                break
            cost = cheapest[first] + _cost(page, first, last)
            if cost < cheapest[last + 1]:
                cheapest[last + 1], came_from[last + 1] = cost, first
    parted: list[tuple[int, int]] = []
    end = count
    while end:
        parted.append((came_from[end], end - 1))
        end = came_from[end]
    return parted[::-1]


def _cost(page: _Page, first: int, last: int) -> float:
    setting = page.text.set_in_lines(first, last)
    if setting is None:
        return float("inf")
    start_ms, end_ms = _times(page, first, last, setting)
    broken = _broken(page, setting, end_ms - start_ms)
    brief = max(0, PLEASANT_MS - (end_ms - start_ms)) / 1000
    inside = _inside(page.pieces[first : last + 1])
    cost = EACH_CAPTION + setting.cost + TOO_BRIEF * brief + BROKEN_RULE * broken + inside
    if last + 1 < len(page.pieces):
        cost += AT_AN_END * page.text.break_costs[last]
    return cost


def _broken(page: _Page, setting: Setting, length_ms: int) -> float:
    """How badly the times break the rules: 0 when they hold."""
    short = max(0.0, 1 - length_ms / page.limits.needed_ms(setting.characters))
    long = max(0.0, length_ms / page.limits.longest_ms - 1)
    return short + long + ((short > 0) + (long > 0)) * 0.2


def _inside(pieces: Sequence[Piece]) -> float:
    """What belongs apart but stands together: pauses, and the ends and beginnings of sentences."""
    cost = 0.0
    for before, after in pairwise(pieces):
        pause_ms = after.start_ms - before.end_ms
        if pause_ms > NOTICED_PAUSE_MS:
            cost += PAUSE_INSIDE * (pause_ms - NOTICED_PAUSE_MS / 2) / 1000
    sentences = [place for place, piece in enumerate(pieces[:-1], start=1) if ends_sentence(piece.text)]
    if not sentences:
        return cost
    if ends_sentence(pieces[-1].text):
        return cost + WHOLE_SENTENCE * len(sentences)
    dangles = len(pieces) - sentences[-1] <= 2
    return cost + BEGUN_SENTENCE * (1 if ends_clause(pieces[-1].text) else 2) + DANGLING * dangles


def _times(page: _Page, first: int, last: int, setting: Setting) -> tuple[int, int]:
    """From its first word on; long enough to be read, and not over the next caption."""
    start = page.pieces[first].start_ms
    latest = page.latest_end_ms(last)
    spoken = page.pieces[last].end_ms
    wanted = max(spoken + LINGER_MS, start + page.limits.needed_ms(setting.characters))
    if latest - spoken <= CHAINED_MS:
        wanted = max(wanted, latest)
    end = min(wanted, latest, max(start + page.limits.longest_ms, spoken))
    return start, max(end, start + 1)


def _caption(page: _Page, first: int, last: int) -> Caption:
    pieces = page.pieces[first : last + 1]
    setting = page.text.set_in_lines(first, last)
    assert setting is not None, "only what can be set was chosen"
    start, end = _times(page, first, last, setting)
    words = tuple(
        Word(text=piece.text, start_ms=min(piece.start_ms, end), end_ms=min(piece.end_ms, end)) for piece in pieces
    )
    return Caption(start_ms=start, end_ms=end, text=page.text.shown(first, last, setting), words=words)
