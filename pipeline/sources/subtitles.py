"""Subtitles (.srt, .vtt): their sentences, put together again across the cues."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.sources.blocks import Block, Extract, tidy_blocks, visible

_TIMES = re.compile(
    r"^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[,.](\d{1,3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[,.](\d{1,3})"
)
_TAG = re.compile(r"<[^<>]*>|\{\\[^{}]*\}")
_NOISE = re.compile(r"\[[^\[\]]*\]|\([^()]*\)|♪[^♪]*♪?|[♪♫]")
_SPEAKER = re.compile(r"^\s*(?:-\s*|>>\s*)")
_GAP_MS = 2500
_PARAGRAPH_WORDS = 70
_LONGEST_WORDS = 140


@dataclass(frozen=True)
class _Cue:
    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


def looks_like(text: str) -> bool:
    return any(_TIMES.match(line) for line in text[:4000].splitlines()[:30])


def parse(text: str) -> Extract:
    return Extract(tidy_blocks(_paragraphs(_cues(visible(text).splitlines()))))


def _cues(lines: list[str]) -> list[_Cue]:
    marks = [(index, times) for index, line in enumerate(lines) if (times := _TIMES.match(line))]
    cues = []
    for number, (index, times) in enumerate(marks):
        last = number + 1 == len(marks)
        body = lines[index + 1 :] if last else lines[index + 1 : marks[number + 1][0]]
        if not last and body and body[-1].strip().isdigit():
            body = body[:-1]
        spoken = tuple(filter(None, (_spoken(line) for line in body)))
        cues.append(_Cue(_ms(times.groups()[:4]), _ms(times.groups()[4:]), spoken))
    return cues


def _ms(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction


def _spoken(line: str) -> str:
    return _SPEAKER.sub("", _NOISE.sub(" ", _TAG.sub("", line))).strip()


def _paragraphs(cues: list[_Cue]) -> list[Block]:
    blocks: list[Block] = []
    run: list[str] = []
    end_ms, last_line = 0, ""
    for cue in cues:
        if run and _breaks(" ".join(run), cue.start_ms - end_ms):
            blocks.append(Block(" ".join(run)))
            run = []
        for line in cue.lines:
            # Rolling captions show a line twice: new below, then above the next one.
            if line != last_line:
                run.append(line)
            last_line = line
        end_ms = max(end_ms, cue.end_ms)
    return [*blocks, Block(" ".join(run))] if run else blocks


def _breaks(text: str, gap_ms: int) -> bool:
    words = len(text.split())
    ended = text.endswith((".", "!", "?", "…", '"', "”"))
    return words >= _LONGEST_WORDS or (ended and (gap_ms >= _GAP_MS or words >= _PARAGRAPH_WORDS))
