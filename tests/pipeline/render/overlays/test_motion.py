import pytest

from pipeline.render.overlays.motion import Animated, Part, Span, ease_in, ease_out, pose_of
from pipeline.render.text.drawing import panel

ANIMATIONS = ("none", "fade", "rise", "slide", "pop")
ART = panel(40, 20, "#ff0000")
ONE = (Part(ART, 100, 50),)


def layer(enter="rise", leave="fade", start=10, end=70, parts=ONE):
    return Animated(lambda: tuple(parts), Span(start, end), 30, 20, enter, leave)


@pytest.mark.parametrize("ease", [ease_in, ease_out])
def test_an_easing_goes_from_nothing_to_all_without_turning_back(ease):
    values = [ease(step / 20) for step in range(21)]
    assert values[0] == 0
    assert values[-1] == 1
    assert values == sorted(values)


@pytest.mark.parametrize("leave", ANIMATIONS)
@pytest.mark.parametrize("enter", ANIMATIONS)
def test_in_the_middle_everything_stands_in_its_place(enter, leave):
    (sprite,) = layer(enter, leave)(40)
    assert (sprite.x, sprite.y, sprite.opacity) == (100, 50, 1.0)
    assert sprite.picture.pixels.shape[:2] == (20, 40)


@pytest.mark.parametrize("animation", ANIMATIONS)
def test_nothing_is_shown_outside_of_its_time(animation):
    assert layer(animation, animation)(9) == ()
    assert layer(animation, animation)(70) == ()


@pytest.mark.parametrize("animation", ["fade", "rise", "slide", "pop"])
def test_what_enters_becomes_more_visible_and_what_leaves_less(animation):
    entering = [sum(s.opacity for s in layer(animation)(frame)) for frame in range(10, 30)]
    leaving = [sum(s.opacity for s in layer(leave=animation)(frame)) for frame in range(55, 70)]
    assert entering[0] < entering[-1] == 1
    assert entering == sorted(entering)
    assert leaving == sorted(leaving, reverse=True)
    assert leaving[-1] < 0.35


def test_none_is_there_at_once_and_gone_at_once():
    both = layer("none", "none")
    assert both(10)[0].opacity == both(69)[0].opacity == 1.0


def test_rising_comes_from_below_and_sliding_from_the_left():
    assert layer("rise")(10)[0].y > 50
    assert layer("slide")(10)[0].x < 100


def test_moving_and_fading_draw_nothing_anew():
    for animation in ("fade", "rise", "slide"):
        assert len({layer(animation, animation)(frame)[0].picture.key for frame in range(10, 70)}) == 1


def test_a_pop_uses_few_scales_and_keeps_the_centre():
    sprites = [layer("pop")(frame)[0] for frame in range(10, 40)]
    assert 2 < len({sprite.picture.key for sprite in sprites}) <= 7
    for sprite in sprites:
        assert sprite.x + sprite.picture.pixels.shape[1] / 2 == pytest.approx(120, abs=1)


def test_parts_enter_one_after_the_other():
    parts = (Part(ART, 0, 0), Part(ART, 0, 30, delay_ms=500))
    assert [len(layer(parts=parts)(frame)) for frame in (10, 24, 25)] == [1, 1, 2]


def test_a_wipe_grows_from_its_left_edge():
    part = Part(ART, 100, 50, enter="wipe")
    widths = [layer(parts=(part,))(frame)[0].picture.pixels.shape[1] for frame in range(10, 30)]
    assert widths[0] < 40 == widths[-1]
    assert widths == sorted(widths)


def test_a_very_short_time_still_shows_it_fully_once():
    assert max(sprite.opacity for frame in range(10, 16) for sprite in layer(end=16)(frame)) == 1.0


def test_full_presence_is_the_plain_pose():
    assert all(pose_of(animation, 1.0, 20).opacity == 1.0 for animation in ANIMATIONS)
