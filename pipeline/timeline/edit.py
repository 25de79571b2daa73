"""Timelines made from timelines: another size, or one scene alone."""

from __future__ import annotations

from typing import Any

from pipeline.timeline.models import Overlay, Segment, Timeline


def resized(timeline: Timeline, width: int, height: int) -> Timeline:
    """The same film at another size: nothing in a timeline is given in pixels of the frame."""
    return _changed(timeline, width=width, height=height)


def scene_alone(timeline: Timeline, index: int) -> Timeline:
    """One segment as a film of its own, from its first frame."""
    segment = timeline.segments[index]
    alone = segment.model_copy(update={"start_frame": 0, "end_frame": segment.frames})
    overlays = tuple(_alone(overlay, timeline, segment) for overlay in timeline.overlays)
    return _changed(timeline, segments=(alone,), overlays=tuple(filter(None, overlays)), intro=None, outro=None)


def _alone(overlay: Overlay, timeline: Timeline, segment: Segment) -> Overlay | None:
    """What an overlay of the film, timed from its start, is over one segment of it."""
    start_ms, end_ms = (round(frame * 1000 / timeline.fps) for frame in (segment.start_frame, segment.end_frame))
    if overlay.start_ms >= end_ms or (overlay.end_ms is not None and overlay.end_ms <= start_ms):
        return None
    end = None if overlay.end_ms is None else overlay.end_ms - start_ms
    return overlay.model_copy(update={"start_ms": max(0, overlay.start_ms - start_ms), "end_ms": end})


def _changed(timeline: Timeline, **changes: Any) -> Timeline:
    return Timeline.model_validate({**dict(timeline), **changes})
