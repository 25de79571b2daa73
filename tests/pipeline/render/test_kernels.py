"""The pixel loops against plain arithmetic in floating point."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.render import kernels
from pipeline.render.motion import Window
from pipeline.render.planes import Planes, SpritePlanes, lay
from pipeline.render.sources import sample
from pipeline.render.sprites import Picture, Sprite

NOISE = np.random.default_rng(0).integers(0, 256, (150, 210), np.uint8)


def bilinear(source, x, y, step_x, step_y, width, height):
    xs = kernels.positions(width, x, step_x, source.shape[1])
    ys = kernels.positions(height, y, step_y, source.shape[0])
    xi, yi = xs.astype(int), ys.astype(int)
    fx, fy = xs - xi, (ys - yi)[:, None]
    rows = source[yi] * (1 - fy) + source[yi + 1] * fy
    return rows[:, xi] * (1 - fx) + rows[:, xi + 1] * fx


@settings(max_examples=60, deadline=None)
@given(
    step=st.floats(1 - kernels.MAX_STEP_OFFSET, 1 + kernels.MAX_STEP_OFFSET),
    x=st.floats(0, 20),
    y=st.floats(0, 10),
    width=st.integers(16, 170),
)
def test_resampling_is_bilinear_to_two_levels(step, x, y, width):
    columns = kernels.columns(width, x, step, NOISE.shape[1])
    rows = kernels.rows(90, y, step, NOISE.shape[0])
    target = np.zeros((90, width), np.uint8)
    tables = (columns.low, columns.span, columns.starts, columns.bases, columns.weights)
    kernels.resample(NOISE, *tables, rows.index, rows.weight, target)
    assert np.abs(target - bilinear(NOISE, x, y, step, step, width, 90)).max() <= 3


@settings(max_examples=30, deadline=None)
@given(step=st.floats(0.3, 1.6), width=st.integers(4, 120))
def test_resampling_by_any_step_is_bilinear_too(step, width):
    places = kernels.positions(width, 2.0, step, NOISE.shape[1])
    index = places.astype(np.int64)
    weight = np.rint((places - index) * 128).astype(np.int32)
    rows = kernels.rows(60, 1.0, step, NOISE.shape[0])
    target = np.zeros((60, width), np.uint8)
    kernels.resample_freely(NOISE, index, weight, rows.index, rows.weight, target)
    assert np.abs(target - bilinear(NOISE, 2.0, 1.0, step, step, width, 60)).max() <= 3


def test_a_window_of_the_picture_s_own_size_is_a_copy():
    picture = Planes.from_rgb(np.random.default_rng(1).integers(0, 256, (64, 96, 3), np.uint8))
    target = Planes.empty(96, 64)
    sample(picture, Window(0, 0, 96, 64), target)
    assert np.array_equal(target.y[:, :-1], picture.y[:, :-1])


def test_windows_at_every_edge_stay_inside():
    picture = Planes.of_colour(140, 90, "#ffffff")
    target = Planes.empty(128, 80)
    for x, y in ((0, 0), (12, 0), (0, 10), (12, 10)):
        sample(picture, Window(x, y, 128, 80), target)
        assert target.y.min() == 235


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ("#000000", (16, 128, 128)),
        ("#ffffff", (235, 128, 128)),
        ("#ff0000", (63, 102, 240)),
        ("#0000ff", (32, 240, 118)),
    ],
)
def test_colours_are_bt_709_in_limited_range(colour, expected):
    planes = Planes.of_colour(16, 16, colour)
    assert (planes.y[0, 0], planes.u[0, 0], planes.v[0, 0]) == expected


def test_colours_survive_the_way_there_and_back():
    ramp = np.zeros((32, 64, 3), np.uint8)
    ramp[:, :, 0] = np.repeat(np.arange(32) * 8, 2)[None, :]
    ramp[:, :, 2] = 200
    assert np.abs(Planes.from_rgb(ramp).to_rgb().astype(int) - ramp).max() <= 4


@given(st.integers(0, 256))
def test_mixing_goes_from_one_picture_to_the_other(share):
    first, second = np.full((4, 40), 20, np.uint8), np.full((4, 40), 220, np.uint8)
    target = np.zeros((4, 40), np.uint8)
    kernels.mix(first, second, share, target)
    assert abs(int(target[0, 0]) - (20 + 200 * share / 256)) <= 1


def white_square(size=10, alpha=255):
    pixels = np.full((size, size, 4), 255, np.uint8)
    pixels[:, :, 3] = alpha
    return Picture("square", lambda: pixels)


def put(sprite: Sprite, width=40, height=30) -> Planes:
    frame = Planes.of_colour(width, height, "#000000")
    lay(sprite, SpritePlanes.convert(sprite.picture, sprite.x & 1, sprite.y & 1), frame)
    return frame


@pytest.mark.parametrize(("x", "y"), [(4, 6), (5, 6), (4, 7), (5, 7)])
def test_a_sprite_lands_on_the_pixel_that_it_names(x, y):
    frame = put(Sprite(white_square(), x, y))
    lit = frame.y == 235
    assert lit[y : y + 10, x : x + 10].all()
    assert lit.sum() == 100


@pytest.mark.parametrize(
    ("x", "y", "seen"), [(-5, 0, 50), (0, -5, 50), (35, 25, 25), (-20, 0, 0), (100, 100, 0), (39, 29, 1)]
)
def test_a_sprite_is_cut_at_the_edges(x, y, seen):
    assert (put(Sprite(white_square(), x, y)).y > 16).sum() == seen


def test_half_opacity_is_half_way():
    assert abs(int(put(Sprite(white_square(), 4, 4, 0.5)).y[8, 8]) - 126) <= 1


def test_full_alpha_covers_wholly_and_none_not_at_all():
    assert put(Sprite(white_square(), 4, 4)).y[8, 8] == 235
    assert put(Sprite(white_square(alpha=0), 4, 4)).y[8, 8] == 16


def test_an_edge_takes_no_colour_from_what_is_not_there():
    pixels = np.zeros((8, 9, 4), np.uint8)
    pixels[:, :, 1] = 255  # transparent green beside an opaque red column
    pixels[:, 4] = (255, 0, 0, 255)
    planes = SpritePlanes.convert(Picture("edge", lambda: pixels), 0, 0)
    covered = planes.alpha_half > 0
    assert set(planes.v[covered]) == {240}
