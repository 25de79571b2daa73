"""Captions over a segment: which page is on screen at a frame, and the sprites of the styles."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.render.captions.pages import Page, pages_of, phrases_of
from pipeline.render.captions.styles import Style, style_of
from pipeline.render.overlays.motion import Span
from pipeline.render.overlays.schedule import caption_lift, lower_thirds
from pipeline.render.packs import Canvas
from pipeline.render.sprites import Layer, Sprite
from pipeline.timeline.models import Caption, Segment, Timeline

__all__ = ["CaptionTrack", "layers", "pages"]

FADE_IN = (0.5, 0.85)
"""Opacity of the first frames of a page that follows silence."""
PHRASE_CHARACTERS = 16


@dataclass
class CaptionTrack:
    """The layer: at most one page at a time, raised while a lower third shows. Pages are laid out when first asked."""

    captions: Sequence[Caption]
    canvas: Canvas
    lower_thirds: tuple[Span, ...]

    @cached_property
    def style(self) -> Style:
        return style_of(self.canvas)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        return pages(self.captions, self.canvas, self.style)

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        return tuple(page.span(self.canvas.fps) for page in self.pages)

    @cached_property
    def starts(self) -> list[int]:
        return [span.start for span in self.spans]

    def __call__(self, frame: int) -> tuple[Sprite, ...]:
        number = bisect_right(self.starts, frame) - 1
        if number < 0 or frame not in self.spans[number]:
            return ()
        sprites = self.style.sprites(self.pages[number], frame - self.spans[number].start, frame)
        return tuple(replace(s, y=s.y - self._lift(number), opacity=self._opacity(number, frame)) for s in sprites)

    def _lift(self, number: int) -> int:
        """The same for as long as the page shows, so that it never jumps."""
        raised = any(self.spans[number].meets(span) for span in self.lower_thirds)
        return caption_lift(self.canvas) if raised else 0

    def _opacity(self, number: int, frame: int) -> float:
        since = frame - self.spans[number].start
        follows = number > 0 and self.spans[number - 1].end >= self.spans[number].start
        return 1.0 if follows or since >= len(FADE_IN) else FADE_IN[since]


def layers(timeline: Timeline, index: int, canvas: Canvas) -> tuple[Layer, ...]:
    """The captions of a segment, in the film's caption style."""
    segment = timeline.segments[index]
    if canvas.captions == "off" or not segment.captions:
        return ()
    return (CaptionTrack(segment.captions, canvas, lower_thirds(timeline, index, canvas)),)


def key(timeline: Timeline, index: int, canvas: Canvas) -> object:
    """What the captions depend on, besides the canvas."""
    segment: Segment = timeline.segments[index]
    if canvas.captions == "off":
        return None
    raised = [[span.start, span.end] for span in lower_thirds(timeline, index, canvas)]
    return {"captions": [caption.model_dump(mode="json") for caption in segment.captions], "raised": raised}


layers.key = key  # type: ignore[attr-defined]


def pages(captions: Sequence[Caption], canvas: Canvas, style: Style) -> tuple[Page, ...]:
    """All pages in order; one that the next would overlap ends there."""
    width = canvas.caption_band.width - 2 * style.side
    found: list[Page] = []
    for caption in sorted(captions, key=lambda caption: caption.start_ms):
        if canvas.captions == "pop":
            made = phrases_of(caption, style.type, width, characters=PHRASE_CHARACTERS)
        else:
            made = pages_of(caption, style.type, width)
        found.extend(made)
    found.sort(key=lambda page: page.start_ms)
    ends = [*(page.start_ms for page in found), float("inf")][1:]
    cut = (replace(page, end_ms=min(page.end_ms, end)) for page, end in zip(found, ends, strict=True))
    return tuple(page for page in cut if page.span(canvas.fps).frames > 0)
