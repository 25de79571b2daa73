"""Timelines made from timelines: another size, or one scene alone."""

from __future__ import annotations

from typing import Any

from pipeline.timeline.models import Timeline


def resized(timeline: Timeline, width: int, height: int) -> Timeline:
    """The same film at another size: nothing in a timeline is given in pixels of the frame."""
    return _changed(timeline, width=width, height=height)


def scene_alone(timeline: Timeline, index: int) -> Timeline:
    """One segment as a film of its own, from its first frame."""
    segment = timeline.segments[index]
    alone = segment.model_copy(update={"start_frame": 0, "end_frame": segment.frames})
    return _changed(timeline, segments=(alone,), intro=None, outro=None)


def _changed(timeline: Timeline, **changes: Any) -> Timeline:
    return Timeline.model_validate({**dict(timeline), **changes})
