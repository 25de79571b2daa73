"""Whether the captions show every spoken word, keep to the rules, and lie where they can."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from pipeline.check.report import Line, line
from pipeline.timeline import Segment, Timeline

_WORD = re.compile(r"[぀-ヿ㐀-鿿]|[^\W_]+(?:['’][^\W_]+)*")


def word_lines(timeline: Timeline) -> Iterator[Line]:
    spoken, shown = 0, 0
    for segment in timeline.segments:
        said = _words(segment.narration_text)
        spoken += len(said)
        shown += _covered(said, _words(" ".join(caption.text for caption in segment.captions)))
    if spoken and any(segment.captions for segment in timeline.segments):
        share = shown / spoken
        text = f"{shown} of {spoken} words ({100 * share:.1f} %)"
        yield line("captions cover what is said", text, "95 %", share >= 0.95, hard=True)
        yield line("captions cover what is said, the goal", text, "100 %", shown == spoken)
    yield from _time_lines(timeline)


def _time_lines(timeline: Timeline) -> Iterator[Line]:
    timed = [segment for segment in timeline.segments if any(caption.words for caption in segment.captions)]
    if timed:
        astray = [segment.id for segment in timed if not _in_order(segment, timeline.fps)]
        text = "in order" if not astray else f"{len(astray)} sections out of order"
        yield line("word times", text, "in order, none past the end", not astray, detail=", ".join(astray))


def _in_order(segment: Segment, fps: int) -> bool:
    words = [word for caption in segment.captions for word in caption.words]
    times = [time for word in words for time in (word.start_ms, word.end_ms)]
    return times == sorted(times) and times[-1] <= segment.frames * 1000 / fps + 1


def _words(text: str) -> list[str]:
    """Words as they sound alike: without case, punctuation or kind of apostrophe."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]


def _covered(said: list[str], shown: list[str]) -> int:
    blocks = SequenceMatcher(None, said, shown, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)
