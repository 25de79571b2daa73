"""Every shape at every number of lines is a frame that a timeline may have."""

from typing import get_args

import pytest

from pipeline.timeline import Segment, Timeline, Visual
from pipeline.timeline.sizes import Aspect, Resolution, frame_size


@pytest.mark.parametrize(
    ("aspect", "resolution", "size"),
    [
        ("16:9", "360p", (640, 360)),
        ("16:9", "4k", (3840, 2160)),
        ("9:16", "1080p", (1080, 1920)),
        ("1:1", "1440p", (1440, 1440)),
    ],
)
def test_a_resolution_names_the_short_side(aspect, resolution, size):
    assert frame_size(aspect, resolution) == size


@pytest.mark.parametrize("aspect", get_args(Aspect))
@pytest.mark.parametrize("resolution", get_args(Resolution))
def test_a_timeline_takes_every_size(aspect, resolution):
    width, height = frame_size(aspect, resolution)
    segment = Segment(id="a", start_frame=0, end_frame=9, visuals=(Visual(path="p"),))
    Timeline(version=1, title="t", width=width, height=height, segments=(segment,))
