"""Captions as SRT and WebVTT, and in the film's own time."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from pipeline.timeline.models import Caption, Timeline, Word


def film_captions(timeline: Timeline) -> tuple[Caption, ...]:
    """Every segment's captions, in milliseconds from the film's start."""
    return tuple(
        _moved(caption, round(segment.start_frame * 1000 / timeline.fps))
        for segment in timeline.segments
        for caption in segment.captions
    )


def to_srt(captions: Sequence[Caption]) -> str:
    return "\n".join(
        f"{number}\n{_time(caption.start_ms, ',')} --> {_time(caption.end_ms, ',')}\n{_lines(caption)}\n"
        for number, caption in enumerate(_shown(captions), start=1)
    )


def to_vtt(captions: Sequence[Caption]) -> str:
    cues = (
        f"{number}\n{_time(caption.start_ms, '.')} --> {_time(caption.end_ms, '.')}\n{_escaped(caption)}\n"
        for number, caption in enumerate(_shown(captions), start=1)
    )
    return "\n".join(["WEBVTT\n", *cues])


def _escaped(caption: Caption) -> str:
    return escape(_lines(caption), quote=False)


def _shown(captions: Sequence[Caption]) -> list[Caption]:
    return [caption for caption in captions if caption.text.strip()]


def _lines(caption: Caption) -> str:
    """No empty line, which would end the cue."""
    return "\n".join(" ".join(line.split()) for line in caption.text.split("\n") if line.strip()).replace("-->", "→")


def _time(time_ms: int, mark: str) -> str:
    seconds, milliseconds = divmod(time_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{mark}{milliseconds:03}"


def _moved(caption: Caption, by_ms: int) -> Caption:
    words = tuple(
        Word(text=word.text, start_ms=word.start_ms + by_ms, end_ms=word.end_ms + by_ms) for word in caption.words
    )
    return Caption(start_ms=caption.start_ms + by_ms, end_ms=caption.end_ms + by_ms, text=caption.text, words=words)
