"""Timelines made from timelines."""

from pipeline.timeline import Overlay, Segment, Timeline, Visual, scene_alone


def film(*overlays: Overlay) -> Timeline:
    visuals = (Visual(path="p.png"),)
    segments = tuple(
        Segment(id=str(i), start_frame=i * 60, end_frame=i * 60 + 60, visuals=visuals, audio_path="a.wav")
        for i in range(3)
    )
    return Timeline(version=1, title="t", segments=segments, overlays=overlays)


def test_a_scene_alone_begins_at_the_first_frame():
    alone = scene_alone(film(), 1)
    assert [(s.id, s.start_frame, s.end_frame) for s in alone.segments] == [("1", 0, 60)]


def test_overlays_of_the_film_stand_where_they_stood_over_the_scene():
    before, over, after = ((0, 1500), (2500, 3500), (4200, 5000))
    overlays = [Overlay(kind="quote", text="x", start_ms=start, end_ms=end) for start, end in (before, over, after)]
    assert [(o.start_ms, o.end_ms) for o in scene_alone(film(*overlays), 1).overlays] == [(500, 1500)]


def test_what_lies_over_the_whole_film_lies_over_the_whole_scene():
    overlays = Overlay(kind="logo", path="l.png"), Overlay(kind="chapter_marker", start_ms=1000, end_ms=9000)
    assert [(o.start_ms, o.end_ms) for o in scene_alone(film(*overlays), 1).overlays] == [(0, None), (0, 7000)]
