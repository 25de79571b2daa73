"""When what is shown over a segment, with every collision settled before anything is drawn.

The rules: one thing at a time stands on the stage (title card, quote, big number, list), a later one ends the earlier;
headlines wait while the stage or the lower third is taken; captions never leave, they rise above a lower third, and
the stage ends above them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.render.layout import Box
from pipeline.render.overlays.motion import Span
from pipeline.render.packs import Canvas
from pipeline.timeline.models import Overlay, Segment, Timeline
from pipeline.timeline.schedule import visual_slots

STAGE = frozenset({"title_card", "quote", "big_number", "list"})
FRAMING_WORDS = frozenset({"hook", "intro", "setup", "recap", "outro", "cta", "conclusion", "call"})
LEAST_MS = 700
"""What would show for less than this is not shown."""
LOWER_THIRD_UNITS = 184
GAP_UNITS = 36
CORNER_UNITS = 116


@dataclass(frozen=True)
class Shown:
    """An overlay with its frames, counted from the segment's start; `where` is its place in the document."""

    overlay: Overlay
    span: Span
    where: str
    number: int | None = None


@dataclass(frozen=True)
class HeadlineShown:
    text: str
    span: Span
    where: str


def shown(timeline: Timeline, index: int, canvas: Canvas) -> tuple[Shown, ...]:
    """All overlays that touch the segment: the film's, the segment's own, and the pack's title card."""
    segment = timeline.segments[index]
    found = [*_film_overlays(timeline, segment), *_own_overlays(timeline, segment, index)]
    card = _title_card(timeline, index, canvas, found)
    settled = _one_at_a_time([*([card] if card else []), *found], canvas)
    within = Span(0, visual_slots(timeline, index)[-1].end)
    return tuple(item for item in settled if item.span.meets(within))


def headlines(timeline: Timeline, index: int, canvas: Canvas) -> tuple[HeadlineShown, ...]:
    """The on-screen lines of the pictures, each in the longest stretch that nothing else needs."""
    segment = timeline.segments[index]
    taken = busy(timeline, index, canvas)
    found = []
    for slot, visual in zip(visual_slots(timeline, index), segment.visuals, strict=True):
        if visual.overlay_text and visual.overlay_text.strip():
            free = _headline_span(Span(slot.start, slot.end), taken, canvas)
            if free is not None:
                found.append(HeadlineShown(visual.overlay_text, free, f"{slot.place}.overlayText"))
    return tuple(found)


def busy(timeline: Timeline, index: int, canvas: Canvas) -> tuple[Span, ...]:
    """When the stage or the lower third is taken."""
    spans = [s.span for s in shown(timeline, index, canvas) if s.overlay.kind in STAGE | {"lower_third"}]
    slam = number_slam(timeline, index, canvas)
    return (*spans, *([slam] if slam else []))


def lower_thirds(timeline: Timeline, index: int, canvas: Canvas) -> tuple[Span, ...]:
    return tuple(item.span for item in shown(timeline, index, canvas) if item.overlay.kind == "lower_third")


def stage_box(timeline: Timeline, index: int, canvas: Canvas, span: Span) -> Box:
    """Where the stage is during a span: above the captions, and above those that a lower third has raised."""
    safe, gap = canvas.format.safe, canvas.format.px(GAP_UNITS)
    top = safe.top + (canvas.format.px(CORNER_UNITS) if corner_taken(timeline, index, canvas) else 0)
    raised = any(span.meets(other) for other in lower_thirds(timeline, index, canvas))
    bottom = lower_third_top(canvas) - gap if raised else safe.bottom
    if canvas.captions != "off" and timeline.segments[index].captions:
        bottom = min(bottom, canvas.caption_band.top - (caption_lift(canvas) if raised else 0) - gap)
    return Box(safe.left, top, safe.right, bottom)


def corner_taken(timeline: Timeline, index: int, canvas: Canvas) -> bool:
    """Whether a number or a chapter marker stands in the upper corner."""
    if has_chapter_marker(timeline, index, canvas):
        return True
    return bool(canvas.pack.section_numbers.slam_ms) and section_number(timeline, index) is not None


def has_chapter_marker(timeline: Timeline, index: int, canvas: Canvas) -> bool:
    return any(item.overlay.kind == "chapter_marker" for item in shown(timeline, index, canvas))


def lower_third_top(canvas: Canvas) -> int:
    return canvas.format.safe.bottom - canvas.format.px(LOWER_THIRD_UNITS)


def caption_lift(canvas: Canvas) -> int:
    """How far captions rise while a lower third shows."""
    return max(0, canvas.format.captions.bottom - (lower_third_top(canvas) - canvas.format.px(GAP_UNITS)))


def number_slam(timeline: Timeline, index: int, canvas: Canvas) -> Span | None:
    """When the section's number fills the stage, in packs that number sections."""
    slam_ms = canvas.pack.section_numbers.slam_ms
    if not slam_ms or section_number(timeline, index) is None:
        return None
    return Span(0, min(canvas.frames(slam_ms), timeline.segments[index].frames))


def section_number(timeline: Timeline, index: int) -> int | None:
    """1 for the first section of substance; None for a hook, a set-up, a recap or a farewell."""
    numbered = [i for i, segment in enumerate(timeline.segments) if not _is_framing(segment.id)]
    return numbered.index(index) + 1 if index in numbered else None


@lru_cache(maxsize=4096)
def _is_framing(name: str) -> bool:
    return bool(FRAMING_WORDS & set(re.split(r"[^a-z]+", name.lower())))


def _film_overlays(timeline: Timeline, segment: Segment) -> Iterable[Shown]:
    """The film's overlays. A chapter marker enters anew with every segment, for it says something else there."""
    for number, overlay in enumerate(timeline.overlays):
        end = timeline.frames if overlay.end_ms is None else timeline.frame_at(overlay.end_ms)
        span = Span(timeline.frame_at(overlay.start_ms) - segment.start_frame, end - segment.start_frame)
        if overlay.kind == "chapter_marker":
            span = Span(max(span.start, 0), min(span.end, segment.frames))
        yield Shown(overlay, span, f"overlays[{number}]")


def _own_overlays(timeline: Timeline, segment: Segment, index: int) -> Iterable[Shown]:
    for number, overlay in enumerate(segment.overlays):
        end = segment.frames if overlay.end_ms is None else timeline.frame_at(overlay.end_ms)
        span = Span(timeline.frame_at(overlay.start_ms), min(end, segment.frames))
        where = f"segments[{index}].overlays[{number}]"
        section = section_number(timeline, index) if overlay.kind in ("chapter_marker", "title_card") else None
        yield Shown(overlay, span, where, section)


def _title_card(timeline: Timeline, index: int, canvas: Canvas, others: list[Shown]) -> Shown | None:
    cards, segment = canvas.pack.title_cards, timeline.segments[index]
    title = segment.title or (timeline.title if index == 0 and timeline.intro is None else "")
    span = Span(0, min(canvas.frames(cards.duration_ms), segment.frames))
    if not cards.every or index % cards.every or not title.strip():
        return None
    if any(other.overlay.kind in STAGE and other.span.meets(Span(0, canvas.frames(LEAST_MS * 2))) for other in others):
        return None
    overlay = Overlay(kind="title_card", text=title[:400])
    return Shown(overlay, span, f"segments[{index}].title", section_number(timeline, index) if segment.title else None)


def _one_at_a_time(found: list[Shown], canvas: Canvas) -> list[Shown]:
    """Ends each thing on the stage (and each lower third) where the next one begins."""
    least = canvas.frames(LEAST_MS)
    settled = []
    for item in found:
        rivals = [other for other in found if other is not item and _same_place(item, other)]
        later = [o.span.start for o in rivals if _comes_later(found, item, o) and o.span.start < item.span.end]
        end = min([item.span.end, *later])
        cut = replace(item, span=Span(item.span.start, end))
        if end == item.span.end or end - item.span.start >= least:
            settled.append(cut)
    return [item for item in settled if item.span.frames > 0]


def _same_place(one: Shown, other: Shown) -> bool:
    kinds = {one.overlay.kind, other.overlay.kind}
    return kinds <= STAGE or (len(kinds) == 1 and bool(kinds & {"lower_third", "chapter_marker"}))


def _comes_later(found: list[Shown], one: Shown, other: Shown) -> bool:
    return (other.span.start, found.index(other)) > (one.span.start, found.index(one))


def _headline_span(span: Span, taken: tuple[Span, ...], canvas: Canvas) -> Span | None:
    show = canvas.pack.headline
    free = _longest_free(Span(span.start + canvas.frames(show.delay_ms), span.end), taken)
    if show.hold_ms:
        free = Span(free.start, min(free.end, free.start + canvas.frames(show.hold_ms)))
    return free if free.frames >= canvas.frames(LEAST_MS) else None


def _longest_free(span: Span, taken: tuple[Span, ...]) -> Span:
    free = [span]
    for other in taken:
        cuts = [(Span(s.start, min(s.end, other.start)), Span(max(s.start, other.end), s.end)) for s in free]
        free = [part for pair in cuts for part in pair if part.frames > 0]
    return max(free, key=lambda part: (part.frames, -part.start), default=Span(span.start, span.start))
