from itertools import pairwise

import pytest
from PIL import Image

from pipeline.render.film_layers import card_layers
from pipeline.render.layout import format_of
from tests.pipeline.render.text.screen import SIZES, blended, box_of, film, ink_box, inside, readable_share, segment

PACKS = ["documentary-slideshow", "faceless-facts"]
LONG = "A very long title that goes on and on until nobody can remember how it had begun at all"


def card(size="wide", pack="documentary-slideshow", frame=45, which="intro", base=None, title=LONG, **parts):
    made = {which: {"title": title, "subtitle": "And a line below", "durationMs": 2500}}
    start = 75 if which == "intro" else 0
    timeline = film(segment(start=start, end=start + 90), size=size, pack=pack, **made, **parts)
    layers = card_layers(timeline, which, *([base] if base else []))
    return [sprite for layer in layers for sprite in layer(frame)]


def test_no_card_has_no_layers():
    assert card_layers(film(), "intro") == ()


@pytest.mark.parametrize("which", ["intro", "outro"])
@pytest.mark.parametrize("frame", [0, 10, 74])
def test_a_card_covers_the_whole_frame_from_its_first_to_its_last_frame(which, frame):
    shown = card(which=which, frame=frame)
    size = SIZES["wide"]
    assert abs(blended(shown, size, 0) - blended(shown, size, 255)).max() < 1


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("which", ["intro", "outro"])
def test_a_card_reads_well_and_stays_inside_the_title_safe_area(which, pack, size):
    colour = "#ffffff"
    shown = card(size, pack, which=which)
    assert readable_share(shown, SIZES[size], colour) >= 0.98
    safe = format_of(*SIZES[size]).safe
    for sprite in shown[6:]:
        assert inside(ink_box(sprite), safe)


def test_the_background_moves_slowly_and_is_never_redrawn():
    frames = [card(frame=frame)[1:3] for frame in range(0, 70)]
    assert len({sprite.picture.key for shown in frames for sprite in shown}) == 2
    for before, after in pairwise(frames):
        for one, other in zip(before, after, strict=True):
            assert abs(one.x - other.x) <= 2
            assert abs(one.y - other.y) <= 2
    assert frames[0][0].x != frames[-1][0].x


def test_the_logo_of_the_theme_stands_on_the_card(tmp_path):
    Image.new("RGB", (100, 100), "#00ff00").save(tmp_path / "logo.png")
    with_logo = card(base=tmp_path, theme={"logoPath": "logo.png"}, title="Hi")
    without = card(title="Hi")
    assert len(with_logo) == len(without) + 1
    assert any(tuple(s.picture.pixels[5, 5]) == (0, 255, 0, 255) for s in with_logo if box_of(s).width < 60)
