import pytest

from pipeline.render.overlays.motion import Span
from pipeline.render.overlays.schedule import headlines, section_number, shown, stage_box
from pipeline.render.packs import canvas_of
from tests.pipeline.render.text.screen import film, segment, spoken

VISUAL = {"path": "a.png", "overlayText": "Start before ready"}


def quote(start_ms=0, end_ms=None, text="Words"):
    return {"kind": "quote", "text": text, "startMs": start_ms, "endMs": end_ms}


def plan(timeline, index=0):
    items = shown(timeline, index, canvas_of(timeline))
    return [(item.overlay.kind, item.span.start, item.span.end) for item in items]


def lines(timeline, index=0):
    return [(line.span.start, line.span.end) for line in headlines(timeline, index, canvas_of(timeline))]


def test_an_overlay_without_an_end_lasts_as_long_as_its_segment():
    assert plan(film(segment(overlays=[quote(1000)]))) == [("quote", 30, 300)]


def test_a_later_thing_on_the_stage_ends_the_earlier():
    overlays = [quote(0, 6000), {"kind": "big_number", "text": "7", "startMs": 4000, "endMs": 8000}]
    assert plan(film(segment(overlays=overlays))) == [("quote", 0, 120), ("big_number", 120, 240)]


def test_what_would_only_flash_on_the_stage_is_not_shown():
    overlays = [quote(0, 3000), {"kind": "big_number", "text": "7", "startMs": 200, "endMs": 3000}]
    assert plan(film(segment(overlays=overlays))) == [("big_number", 6, 90)]


def test_overlays_of_the_film_are_counted_from_its_start():
    timeline = film(
        segment("s1", 0, 300),
        segment("s2", 300, 600),
        overlays=[{"kind": "logo", "path": "l.png", "startMs": 9000, "endMs": 12000}],
    )
    assert plan(timeline, 0) == [("logo", 270, 360)]
    assert plan(timeline, 1) == [("logo", -30, 60)]


def test_an_overlay_of_the_film_is_not_part_of_segments_that_it_does_not_touch():
    timeline = film(segment("s1", 0, 300), segment("s2", 300, 600), overlays=[quote(0, 10000)])
    assert plan(timeline, 1) == []


def test_a_chapter_marker_of_the_film_enters_anew_with_every_segment():
    marker = {"kind": "chapter_marker"}
    timeline = film(segment("s1", 0, 300, title="I"), segment("s2", 300, 600, title="II"), overlays=[marker])
    assert plan(timeline, 1) == [("chapter_marker", 0, 300)]


def test_the_pack_gives_every_second_titled_section_a_card():
    timeline = film(*(segment(f"s{i}", i * 300, i * 300 + 300, title=f"Part {i}") for i in range(4)))
    assert [plan(timeline, i) for i in range(4)] == [[("title_card", 0, 96)], [], [("title_card", 0, 96)], []]


def test_the_first_section_shows_the_films_title_if_it_has_none_and_no_intro_did():
    named = film(segment(), title="The film")
    assert plan(named) == [("title_card", 0, 96)]
    assert plan(film(segment(start=75, end=375), title="The film", intro={"title": "The film"})) == []


def test_a_card_gives_way_to_what_the_timeline_puts_there_itself():
    assert plan(film(segment(title="Part", overlays=[quote(500)]))) == [("quote", 15, 300)]


def test_a_card_ends_where_the_timelines_own_overlay_begins():
    assert plan(film(segment(title="Part", overlays=[quote(2500)])))[0] == ("title_card", 0, 75)


def test_a_headline_comes_after_its_picture_and_goes_before_it_bores():
    assert lines(film(segment(visuals=[VISUAL]))) == [(12, 192)]


def test_each_picture_shows_its_own_headline():
    assert lines(film(segment(visuals=[VISUAL, VISUAL]))) == [(12, 150), (162, 300)]


def test_a_headline_waits_for_the_title_card():
    assert lines(film(segment(title="Part", visuals=[VISUAL]))) == [(96, 276)]


@pytest.mark.parametrize("kind", ["quote", "lower_third"])
def test_a_headline_takes_the_longest_time_that_is_left(kind):
    overlay = {"kind": kind, "text": "Ada", "startMs": 1000, "endMs": 4000}
    assert lines(film(segment(visuals=[VISUAL], overlays=[overlay]))) == [(120, 300)]


def test_a_headline_with_no_time_left_is_not_shown():
    assert lines(film(segment(visuals=[VISUAL], overlays=[quote()]))) == []


def test_hooks_and_farewells_are_not_numbered():
    names = ("seg_001_hook", "seg_002_setup", "seg_003", "beat-2", "recap", "cta")
    timeline = film(*(segment(name, i * 30, i * 30 + 30) for i, name in enumerate(names)))
    assert [section_number(timeline, i) for i in range(6)] == [None, None, 1, 2, None, None]


def test_the_stage_ends_above_captions_and_above_those_that_a_lower_third_raises():
    third = {"kind": "lower_third", "text": "Ada"}
    timelines = [
        film(segment()),
        film(segment(captions=[spoken("one two")])),
        film(segment(captions=[spoken("one two")], overlays=[third])),
    ]
    bottoms = [stage_box(t, 0, canvas_of(t), Span(0, 30)).bottom for t in timelines]
    assert bottoms[0] > bottoms[1] > bottoms[2]
    assert bottoms[1] < canvas_of(timelines[1]).caption_band.top


def test_the_stage_begins_below_a_chapter_marker():
    marked = film(segment(title="Part", overlays=[{"kind": "chapter_marker"}]))
    plain = film(segment(title="Part"))
    tops = [stage_box(t, 0, canvas_of(t), Span(0, 30)).top for t in (plain, marked)]
    assert tops[0] < tops[1]
