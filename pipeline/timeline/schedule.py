"""When each visual is seen: pure arithmetic over a timeline, in frames.

A transition lies in the last frames of the outgoing visual; the incoming one is already seen, and moving, there.
The picture track has no gap: a segment's pictures are held until the next segment begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline.errors import TimelineError
from pipeline.timeline.models import Timeline, Transition, Visual

CUT = Transition(kind="cut", duration_ms=0)


@dataclass(frozen=True)
class Slot:
    """A visual (none on a card) and the frames that are its own, counted from its section's start."""

    visual: Visual | None
    place: str
    start: int
    end: int

    @property
    def frames(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Exit:
    """How a slot ends: the last frames of it are shared with the next slot."""

    transition: Transition
    frames: int


@dataclass(frozen=True)
class Section:
    """A stretch of the film with pictures and layers of its own: a segment, or a card before or after them.

    `start` counts frames of the film. `lead_in` is how long the first visual was already seen in the section before.
    The last exit leads into the next section. `index` is a segment's, and of no meaning on a card.
    """

    name: str
    card: Literal["intro", "outro"] | None
    index: int
    start: int
    slots: tuple[Slot, ...]
    exits: tuple[Exit, ...]
    lead_in: int

    @property
    def frames(self) -> int:
        return self.slots[-1].end

    @property
    def body_frames(self) -> int:
        """Frames before the transition into the next section."""
        return self.frames - self.exits[-1].frames


def visual_slots(timeline: Timeline, index: int) -> tuple[Slot, ...]:
    """The frames of each visual of a segment, from the segment's start: as timed, or evenly shared."""
    segment = timeline.segments[index]
    total = _picture_end(timeline, index) - segment.start_frame
    count = len(segment.visuals)
    starts = [
        timeline.frame_at(visual.start_ms) if visual.start_ms is not None else round(total * i / count)
        for i, visual in enumerate(segment.visuals)
    ]
    slots = []
    for i, (start, end) in enumerate(pairwise([0, *starts[1:], total])):
        place = f"segments[{index}].visuals[{i}]"
        if end <= start:
            message = "This visual is never seen: the next one, or the segment's end, comes first."
            raise TimelineError(message, where=place)
        slots.append(Slot(segment.visuals[i], place, start, end))
    return tuple(slots)


def sections(timeline: Timeline, default: Transition = CUT) -> tuple[Section, ...]:
    """The film from its first to its last frame; `default` stands where the timeline names no transition."""
    default = timeline.transition or default
    plan = [*_intro(timeline), *(_planned(timeline, i) for i in range(len(timeline.segments))), *_outro(timeline)]
    made: list[Section] = []
    for position, planned in enumerate(plan):
        following = plan[position + 1].slots[0] if position + 1 < len(plan) else None
        exits = tuple(
            Exit(transition or default, _exit_frames(timeline, transition or default, slot, after))
            for slot, after, transition in zip(
                planned.slots, (*planned.slots[1:], following), planned.exits, strict=True
            )
        )
        lead_in = made[-1].exits[-1].frames if made else 0
        made.append(Section(planned.name, planned.card, planned.index, planned.start, planned.slots, exits, lead_in))
    return tuple(made)


@dataclass(frozen=True)
class _Planned:
    name: str
    card: Literal["intro", "outro"] | None
    index: int
    start: int
    slots: tuple[Slot, ...]
    exits: tuple[Transition | None, ...]


def _planned(timeline: Timeline, index: int) -> _Planned:
    segment = timeline.segments[index]
    exits = (*(visual.transition for visual in segment.visuals[:-1]), segment.transition)
    return _Planned(segment.id, None, index, segment.start_frame, visual_slots(timeline, index), exits)


def _intro(timeline: Timeline) -> list[_Planned]:
    slots = (Slot(None, "intro", 0, timeline.intro_frames),)
    return [_Planned("intro", "intro", -1, 0, slots, (None,))] if timeline.intro else []


def _outro(timeline: Timeline) -> list[_Planned]:
    slots = (Slot(None, "outro", 0, timeline.outro_frames),)
    start = timeline.segments[-1].end_frame
    return [_Planned("outro", "outro", -1, start, slots, (None,))] if timeline.outro else []


def _picture_end(timeline: Timeline, index: int) -> int:
    segments = timeline.segments
    return segments[index + 1].start_frame if index + 1 < len(segments) else segments[index].end_frame


def _exit_frames(timeline: Timeline, transition: Transition, slot: Slot, following: Slot | None) -> int:
    """At most half of the shorter visual; fewer than two frames are a cut."""
    if transition.kind == "cut" or following is None:
        return 0
    frames = min(timeline.frame_at(transition.duration_ms), slot.frames // 2, following.frames // 2)
    return frames if frames >= 2 else 0
