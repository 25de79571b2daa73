"""Windows over a plate: inside it, smooth, and where the focus says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render import kernels, motion
from pipeline.timeline import Point

SIZES = [(1920, 1080), (1080, 1920), (1080, 1080), (640, 360), (3840, 2160)]


@given(
    kind=st.sampled_from(["none", "kenburns_in", "kenburns_out", "pan_left", "pan_right"]),
    size=st.sampled_from(SIZES),
    frames=st.integers(1, 2000),
    focus=st.builds(Point, x=st.floats(0, 1), y=st.floats(0, 1)),
    strength=st.floats(0, 0.4),
)
def test_every_window_lies_on_its_plate(kind, size, frames, focus, strength):
    path = motion.plan(kind, *size, frames, focus, strength)
    for frame in {0, frames // 2, frames - 1}:
        window = path.window(frame)
        assert -1e-6 <= window.x <= path.plate_width - window.width + 1e-6
        assert -1e-6 <= window.y <= path.plate_height - window.height + 1e-6
        assert abs(window.width / size[0] - 1) <= kernels.MAX_STEP_OFFSET + 0.002


@pytest.mark.parametrize("kind", ["kenburns_in", "kenburns_out", "pan_left", "pan_right"])
def test_motion_is_smooth_far_below_a_pixel(kind):
    path = motion.plan(kind, 1920, 1080, 150, Point(x=0.3, y=0.7))
    corners = np.array([_corner_on_screen(path, frame) for frame in range(150)])
    acceleration = np.diff(corners, n=2, axis=0)
    assert np.abs(acceleration).max() < 0.01


def _corner_on_screen(path, frame):
    """Where the plate's top left corner would be on the screen."""
    window = path.window(frame)
    return -window.x * path.width / window.width, -window.y * path.height / window.height


def test_kenburns_in_ends_closer_and_out_ends_wider():
    inward = motion.plan("kenburns_in", 1920, 1080, 100, Point())
    outward = motion.plan("kenburns_out", 1920, 1080, 100, Point())
    assert inward.window(99).width < inward.window(0).width
    assert inward.window(99) == outward.window(0)


def test_the_focus_stays_where_it_is_on_the_screen():
    path = motion.plan("kenburns_in", 1920, 1080, 100, Point(x=0.25, y=0.8))
    for frame in (0, 40, 99):
        window = path.window(frame)
        assert (path.plate_width * 0.25 - window.x) / window.width == pytest.approx(0.25)


def test_pans_go_the_way_they_are_called():
    right = motion.plan("pan_right", 1920, 1080, 100, Point())
    left = motion.plan("pan_left", 1920, 1080, 100, Point())
    assert right.window(99).x > right.window(0).x
    assert left.window(99).x < left.window(0).x


def test_a_pan_near_whole_pixels_takes_whole_pixels():
    path = motion.plan("pan_right", 1920, 1080, 200, Point())
    assert path.pan_px == 1
