import numpy as np
import pytest
from PIL import Image

from pipeline.errors import AssetError
from pipeline.render.film_layers import layers_key
from pipeline.render.layout import format_of
from pipeline.render.overlays.stages import count_text
from pipeline.render.text.contrast import text_on
from tests.pipeline.render.text.screen import (
    SIZES,
    WORDS,
    blended,
    box_of,
    film,
    ink_box,
    inside,
    readable_share,
    segment,
    spoken,
    sprites,
    touch,
)

LONG = "A rather long text that somebody wrote without thinking of the room that there is for it on screen"
OVERLAYS = {
    "title_card": {"kind": "title_card", "text": "The trap of being ready", "detail": "And the way out"},
    "title_card long": {"kind": "title_card", "text": LONG * 3, "detail": LONG},
    "lower_third": {"kind": "lower_third", "text": "Ada Lovelace", "detail": "Mathematician"},
    "lower_third long": {"kind": "lower_third", "text": LONG, "detail": LONG},
    "quote": {"kind": "quote", "text": "Done is better than perfect", "detail": "A proverb"},
    "quote long": {"kind": "quote", "text": LONG * 3, "detail": LONG},
    "big_number": {"kind": "big_number", "text": "97%", "detail": "of channels give up"},
    "big_number long": {"kind": "big_number", "text": "1,234,567,890,123", "detail": LONG},
    "list": {"kind": "list", "text": "Three things", "items": ["One", "Two", "Three"]},
    "list long": {"kind": "list", "text": LONG, "items": [LONG] * 8},
    "list arabic": {"kind": "list", "text": "مرحبا", "items": ["مرحبا بالعالم", "هذا اختبار"]},
    "chapter_marker": {"kind": "chapter_marker", "text": "Part one"},
}
FULL_FRAME = {"title_card", "quote", "big_number", "list"}


def shown(name, size="wide", captions=(), pack="documentary-slideshow", frame=200, **parts):
    timeline = film(segment(overlays=[OVERLAYS[name]], captions=list(captions)), size=size, pack=pack, **parts)
    return sprites(timeline, frame)


def text_boxes(found, size):
    """Boxes of all but the scrims that fill the frame."""
    return [ink_box(s, 150) for s in found if box_of(s).width < SIZES[size][0] and s.picture.pixels[..., 3].max() > 150]


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("name", sorted(OVERLAYS))
@pytest.mark.parametrize("pack", ["documentary-slideshow", "faceless-facts"])
def test_every_overlay_stays_inside_the_title_safe_area(name, size, pack):
    safe = format_of(*SIZES[size]).safe
    for box in text_boxes(shown(name, size, pack=pack), size):
        assert inside(box, safe), (box, safe)


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("name", sorted(OVERLAYS))
def test_every_overlay_reads_on_white_and_on_black(name, size):
    assert readable_share(shown(name, size), SIZES[size], "#ffffff") >= 0.99


@pytest.mark.parametrize("theme", [{"background": "#f6f1e7", "text": "#1d1d1f"}, {"background": "#808080"}])
@pytest.mark.parametrize("name", ["title_card", "quote", "lower_third", "list"])
def test_any_theme_is_made_readable(name, theme):
    letters = text_on(theme["background"], theme.get("text", "#ffffff"))
    assert readable_share(shown(name, theme=theme), SIZES["wide"], letters) >= 0.99


@pytest.mark.parametrize("style", ["clean", "boxed", "karaoke", "pop"])
@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("name", sorted(OVERLAYS))
def test_no_overlay_touches_the_captions(name, size, style):
    with_captions = shown(name, size, [spoken(WORDS, 5500)], frame=200, caption_style=style)
    captions = {
        s.picture.key
        for s in sprites(film(segment(captions=[spoken(WORDS, 5500)]), size=size, caption_style=style), 200)
    }
    caption_boxes = [ink_box(s, 150) for s in with_captions if s.picture.key in captions]
    others = text_boxes([s for s in with_captions if s.picture.key not in captions], size)
    assert caption_boxes
    assert not any(touch(one, other) for one in caption_boxes for other in others)


@pytest.mark.parametrize("name", sorted(FULL_FRAME))
def test_what_takes_the_stage_dims_the_picture(name):
    dimmed = blended(shown(name), SIZES["wide"], 255)
    assert dimmed[2, -2].max() < 140


def test_list_items_appear_one_by_one():
    timeline = film(segment(overlays=[OVERLAYS["list"]]))
    counts = [len(sprites(timeline, frame)) for frame in range(0, 200, 5)]
    assert counts == sorted(counts)
    assert len(set(counts)) >= 4


def test_a_big_number_counts_up_to_itself():
    assert [count_text("97%", share) for share in (0, 0.5, 1)] == ["0%", "48%", "97%"]
    assert count_text("$1,250,000", 0.5) == "$625,000"
    assert count_text("$1,250,000", 0.0001) == "$125"
    assert count_text("3.5 times", 0.5) == "1.8 times"
    assert count_text("never", 0.5) == "never"


def test_a_big_number_is_drawn_in_few_states():
    timeline = film(segment(overlays=[OVERLAYS["big_number"]]))
    assert len({sprite.picture.key for frame in range(280) for sprite in sprites(timeline, frame)}) < 32


def test_the_progress_bar_grows_to_the_whole_width_and_is_never_redrawn():
    timeline = film(segment("a", 0, 150), segment("b", 150, 300), overlays=[{"kind": "progress_bar"}])
    bars = [sprites(timeline, frame, index)[1] for index in (0, 1) for frame in range(0, 150, 10)]
    rights = [box_of(bar).right for bar in bars]
    assert len({bar.picture.key for bar in bars}) == 1
    assert rights == sorted(rights)
    assert rights[0] <= 4
    assert box_of(sprites(timeline, 149, 1)[1]).right == SIZES["wide"][0]


def test_the_progress_bar_lies_at_the_top_of_tall_films_where_no_platform_covers_it():
    bar = sprites(film(overlays=[{"kind": "progress_bar"}], size="tall"), 100)[1]
    assert bar.y == 0


def test_a_chapter_marker_shows_the_sections_title():
    marked = {"overlays": [{"kind": "chapter_marker", "endMs": 3000}]}
    short, long = (
        sprites(film(segment(title=title, **marked), pack="faceless-facts"), 60) for title in ("I", "Instead")
    )
    assert max(box_of(s).width for s in short) < max(box_of(s).width for s in long)


def test_a_logo_stands_in_the_upper_right_corner_in_its_own_shape(tmp_path):
    Image.new("RGBA", (400, 100), (255, 0, 0, 128)).save(tmp_path / "logo.png")
    timeline = film(segment(overlays=[{"kind": "logo", "path": "logo.png"}]))
    (logo,) = sprites(timeline, 100, base=tmp_path)
    box, safe = box_of(logo), format_of(*SIZES["wide"]).safe
    assert (box.right, box.top) == (safe.right, safe.top)
    assert box.width / box.height == pytest.approx(4, rel=0.06)
    np.testing.assert_allclose(logo.picture.pixels[5, 5], (255, 0, 0, 128), atol=3)


@pytest.mark.parametrize("content", [None, b"", b"not a picture"])
def test_a_logo_that_is_no_picture_is_an_error_that_names_its_place(tmp_path, content):
    if content is not None:
        (tmp_path / "logo.png").write_bytes(content)
    timeline = film(segment(overlays=[{"kind": "logo", "path": "logo.png"}]))
    with pytest.raises(AssetError) as caught:
        sprites(timeline, 100, base=tmp_path)
    assert caught.value.where == "segments[0].overlays[0]"


@pytest.mark.parametrize("use", [layers_key, lambda timeline, index: sprites(timeline, 100, index)])
def test_a_logo_without_a_picture_is_an_error_before_and_while_drawing(use):
    with pytest.raises(AssetError, match="logoPath"):
        use(film(segment(overlays=[{"kind": "logo"}])), 0)


@pytest.mark.parametrize("animation", ["none", "fade", "rise", "slide", "pop"])
@pytest.mark.parametrize("name", ["title_card", "lower_third", "quote", "big_number", "list", "chapter_marker"])
def test_every_overlay_enters_and_leaves_as_asked(name, animation):
    overlay = {**OVERLAYS[name], "animateIn": animation, "animateOut": animation}
    timeline = film(segment(overlays=[overlay]))
    for frame in (0, 1, 5, 10, 150, 291, 295, 299):
        for sprite in sprites(timeline, frame):
            assert 0 <= sprite.opacity <= 1
            assert sprite.picture.pixels.ndim == 3


@pytest.mark.parametrize("width", [128, 256, 4096])
def test_the_smallest_and_the_largest_frames_are_drawn(width):
    timeline = film(segment(overlays=[OVERLAYS["list"]], captions=[spoken(WORDS)]), size=(width, 128))
    assert sprites(timeline, 60)
