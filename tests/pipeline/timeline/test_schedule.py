"""When visuals are seen, and how long they share the frame."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import TimelineError
from pipeline.timeline import Card, Segment, Timeline, Transition, Visual, sections, visual_slots

FADE = Transition(kind="crossfade", duration_ms=500)


def film(*lengths: int, visuals: int = 1, **changes) -> Timeline:
    segments, at = [], changes["intro"].duration_ms * 30 // 1000 if changes.get("intro") else 0
    for number, length in enumerate(lengths):
        shown = tuple(Visual(path=f"{i}.png") for i in range(visuals))
        segments.append(Segment(id=str(number), start_frame=at, end_frame=at + length, visuals=shown))
        at += length
    return Timeline(version=1, title="t", segments=tuple(segments), **changes)


def test_visuals_share_their_segment_evenly():
    slots = visual_slots(film(100, visuals=3), 0)
    assert [(slot.start, slot.end) for slot in slots] == [(0, 33), (33, 67), (67, 100)]


def test_a_timed_visual_begins_when_it_says():
    shown = (Visual(path="a"), Visual(path="b", start_ms=1000))
    timeline = Timeline(version=1, title="t", segments=(Segment(id="a", start_frame=0, end_frame=90, visuals=shown),))
    assert [slot.start for slot in visual_slots(timeline, 0)] == [0, 30]


def test_a_visual_that_is_never_seen_is_an_error():
    shown = (Visual(path="a"), Visual(path="b", start_ms=9000))
    timeline = Timeline(version=1, title="t", segments=(Segment(id="a", start_frame=0, end_frame=90, visuals=shown),))
    with pytest.raises(TimelineError, match="never seen") as caught:
        visual_slots(timeline, 0)
    assert caught.value.where == "segments[0].visuals[1]"


def test_pictures_are_held_over_a_gap():
    visual = (Visual(path="a"),)
    segments = (
        Segment(id="a", start_frame=0, end_frame=30, visuals=visual),
        Segment(id="b", start_frame=60, end_frame=90, visuals=visual),
    )
    plan = sections(Timeline(version=1, title="t", segments=segments))
    assert [(s.start, s.frames) for s in plan] == [(0, 60), (60, 30)]


def test_cards_stand_before_and_after():
    timeline = film(60, intro=Card(title="Hello", duration_ms=1000), outro=Card(title="Bye", duration_ms=2000))
    plan = sections(timeline, FADE)
    assert [(s.name, s.start, s.frames) for s in plan] == [("intro", 0, 30), ("0", 30, 60), ("outro", 90, 60)]
    assert [s.exits[-1].frames for s in plan] == [15, 15, 0]


def test_a_transition_takes_at_most_half_of_the_shorter_visual():
    plan = sections(film(60, 10, 60), FADE)
    assert [s.exits[-1].frames for s in plan] == [5, 5, 0]
    assert [s.lead_in for s in plan] == [0, 5, 5]


def test_a_cut_takes_no_frames():
    assert all(exit_.frames == 0 for s in sections(film(60, 60, visuals=2)) for exit_ in s.exits)


@given(
    lengths=st.lists(st.integers(4, 400), min_size=1, max_size=12),
    visuals=st.integers(1, 4),
    fade_ms=st.integers(0, 3000),
)
def test_sections_cover_every_frame_exactly_once(lengths, visuals, fade_ms):
    timeline = film(*lengths, visuals=visuals)
    plan = sections(timeline, Transition(kind="crossfade", duration_ms=fade_ms))
    covered = [range(s.start + slot.start, s.start + slot.end) for s in plan for slot in s.slots]
    assert [frame for frames in covered for frame in frames] == list(range(timeline.frames))
    assert all(exit_.frames * 2 <= slot.frames for s in plan for slot, exit_ in zip(s.slots, s.exits, strict=True))
