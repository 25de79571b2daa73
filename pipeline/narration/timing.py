"""From the times of what is heard to the times of what is written."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.narration.sound import Voiced
from pipeline.narration.speakable import Breath
from pipeline.narration.syllables import seconds_of
from pipeline.narration.writing import space_between
from pipeline.timeline.models import Word
from voices import SpokenWord

AFTERGLOW_S = 0.03  # a word ends a little after its last frame of sound
SHORTEST_HALT_S = 0.06
NEIGHBOUR_S = 0.05  # sound that reaches in no further than this is the next word's

Span = tuple[float, float]


def spoken_spans(breath: Breath) -> tuple[Span, ...]:
    """For each phrase, the characters [start, end) of the breath's spoken text that say it."""
    spans: list[tuple[int, int]] = []
    line = ""
    for phrase in breath.phrases:
        line += " " if space_between(line, phrase.spoken) else ""
        spans.append((len(line), len(line) + len(phrase.spoken)))
        line += phrase.spoken
    return tuple(spans)


def phrase_times(breath: Breath, heard: Sequence[SpokenWord], length_s: float) -> tuple[Span, ...]:
    """When each phrase is heard; one that the engine did not time lies between its neighbours."""
    known: list[Span | None] = []
    for start, end in spoken_spans(breath):
        words = [word for word in heard if word.start < end and word.end > start]
        known.append((words[0].start_s, words[-1].end_s) if words else None)
    return _filled(known, length_s)


def _filled(known: Sequence[Span | None], length_s: float) -> tuple[Span, ...]:
    filled: list[Span] = []
    for index, span in enumerate(known):
        if span is None:
            before = filled[-1][1] if filled else 0.0
            following = next((later for later in known[index + 1 :] if later is not None), None)
            missing = next((n for n, later in enumerate(known[index:]) if later is not None), len(known) - index)
            until = following[0] if following else length_s
            span = (before, before + max(0.0, until - before) / missing)
        filled.append(span)
    return tuple(filled)


def between_silences(spans: Sequence[Span], sounding: Voiced) -> tuple[Span, ...]:
    """Starts and ends moved out of the silence around a word: engines count a pause to the word before it."""
    runs = sounding.runs(SHORTEST_HALT_S * 1000)
    return tuple(_without_silence(span, runs) for span in spans)


def _without_silence(span: Span, runs: Sequence[Span]) -> Span:
    start, end = span
    margin = min(NEIGHBOUR_S, (end - start) / 3)
    inside = [run for run in runs if run[0] < end - margin and run[1] > start + margin]
    if not inside:
        return span
    first, last = inside[0], inside[-1]
    if first[0] - start >= SHORTEST_HALT_S:
        start = first[0]
    if end - last[1] >= SHORTEST_HALT_S:
        end = min(end, last[1] + AFTERGLOW_S)
    return (start, end) if end > start else span


def written_words(breath: Breath, spans: Sequence[Span], offset_s: float) -> list[tuple[str, float, float]]:
    """Each written word with its start and end; words that are said together share their phrase by length."""
    words: list[tuple[str, float, float]] = []
    for phrase, (start, end) in zip(breath.phrases, spans, strict=True):
        weights = [seconds_of(word) for word in phrase.written]
        passed = 0.0
        for word, weight in zip(phrase.written, weights, strict=True):
            share = (end - start) / sum(weights)
            words.append((word, offset_s + start + passed * share, offset_s + start + (passed + weight) * share))
            passed += weight
    return words


def as_words(timed: Sequence[tuple[str, float, float]], length_ms: int) -> tuple[Word, ...]:
    """Whole milliseconds, in order, none past the end, each at least one millisecond where there is room."""
    words: list[Word] = []
    latest = 0
    for text, start_s, end_s in timed:
        start = min(max(latest, round(start_s * 1000)), length_ms)
        end = min(max(start + 1, round(end_s * 1000)), length_ms)
        words.append(Word(text=text, start_ms=start, end_ms=max(start, end)))
        latest = start
    return _without_overlap(words)


def _without_overlap(words: Sequence[Word]) -> tuple[Word, ...]:
    limits = [word.start_ms for word in words[1:]]
    ends = [*(max(word.start_ms, min(word.end_ms, limit)) for word, limit in zip(words, limits, strict=False))]
    return (
        tuple(
            word.model_copy(update={"end_ms": end}) for word, end in zip(words, [*ends, words[-1].end_ms], strict=True)
        )
        if words
        else ()
    )
