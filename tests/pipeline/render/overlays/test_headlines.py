import pytest

from pipeline.render.layout import format_of
from tests.pipeline.render.text.screen import SIZES, box_of, film, ink_box, inside, readable_share, segment, sprites

LINE = {"path": "a.png", "overlayText": "Start before you are ready"}
ARABIC = {"path": "a.png", "overlayText": "مرحبا بالعالم"}


def headline(visual=LINE, size="wide", pack="documentary-slideshow", frame=90):
    return sprites(film(segment("hook", visuals=[visual]), size=size, pack=pack), frame)


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("pack", ["documentary-slideshow", "faceless-facts"])
def test_a_headline_reads_on_white_and_on_black(pack, size):
    assert readable_share(headline(size=size, pack=pack), SIZES[size], "#ffffff") >= 0.99


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("pack", ["documentary-slideshow", "faceless-facts"])
def test_a_headline_stays_inside_the_title_safe_area(pack, size):
    shade = 1 if pack == "documentary-slideshow" else 0
    for visual in (LINE, ARABIC, {"path": "a.png", "overlayText": "word " * 70}):
        for sprite in headline(visual, size, pack)[shade:]:
            assert inside(ink_box(sprite, 160), format_of(*SIZES[size]).safe)


def test_a_right_to_left_headline_stands_at_the_right():
    safe = format_of(*SIZES["wide"]).safe
    assert ink_box(headline(ARABIC)[-1]).right > safe.right - 8
    assert min(ink_box(sprite).left for sprite in headline(LINE)[2:]) < safe.left + 8


def test_its_words_come_one_after_the_other():
    timeline = film(segment("hook", visuals=[LINE]), size="tall")
    counts = [len(sprites(timeline, frame)) for frame in range(12, 40)]
    assert counts == sorted(counts)
    assert len(set(counts)) >= 5


def test_its_words_stand_in_reading_order():
    words = headline()[2:]
    assert len(words) == 5
    assert [ink_box(word).left for word in words] == sorted(ink_box(word).left for word in words)


def test_a_number_slams_in_then_stays_as_a_badge():
    timeline = film(segment("fact", title="Honey never spoils"), pack="faceless-facts")
    slam, badge = sprites(timeline, 25), sprites(timeline, 120)
    assert len(badge) == 1
    assert max(box_of(s).height for s in slam[1:]) > 2 * box_of(badge[0]).height


def test_a_chapter_marker_takes_the_badges_corner():
    timeline = film(segment("fact", overlays=[{"kind": "chapter_marker", "text": "One"}]), pack="faceless-facts")
    assert len(sprites(timeline, 120)) == 1
