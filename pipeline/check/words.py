"""Whether the captions show every spoken word, keep to the rules, and lie where they can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.captions import coverage, violations
from pipeline.check.report import Line, line
from pipeline.timeline import Segment, Timeline, Word


def word_lines(timeline: Timeline) -> Iterator[Line]:
    captioned = [segment for segment in timeline.segments if segment.captions]
    if captioned:
        yield from _coverage_lines(timeline)
        yield _rule_line(timeline)
    timed = [segment for segment in captioned if any(caption.words for caption in segment.captions)]
    if timed:
        astray = [segment.id for segment in timed if not _in_order(segment, timeline.fps)]
        text = "in order" if not astray else f"{len(astray)} sections out of order"
        yield line("word times", text, "in order, none past the end", not astray, detail=", ".join(astray))


def _coverage_lines(timeline: Timeline) -> Iterator[Line]:
    spoken = [Word(text=text, start_ms=0, end_ms=0) for s in timeline.segments for text in s.narration_text.split()]
    share = coverage([caption for segment in timeline.segments for caption in segment.captions], spoken)
    text = f"{100 * share:.1f} % of what is said"
    yield line("captions", text, "95 %", share >= 0.95, hard=True)
    yield line("captions, the goal", text, "100 %", share == 1)


def _rule_line(timeline: Timeline) -> Line:
    found = Counter(
        violation.rule
        for segment in timeline.segments
        for violation in violations(segment.captions, fps=timeline.fps, language=timeline.language)
    )
    text = ", ".join(f"{count} x {rule}" for rule, count in found.items()) or "none broken"
    return line("rules of captions", text, "none broken", not found)


def _in_order(segment: Segment, fps: int) -> bool:
    words = [word for caption in segment.captions for word in caption.words]
    times = [time for word in words for time in (word.start_ms, word.end_ms)]
    return times == sorted(times) and times[-1] <= segment.frames * 1000 / fps + 1
