"""The thumbnail."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from pipeline.pictures.thumbnail import few_words, thumbnail
from tests.pipeline.pictures.conftest import shot


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def test_it_is_1280_by_720_and_small_enough_for_every_platform(style):
    made = thumbnail("The mountain that froze the world", shot(), style)

    assert opened(made.data).size == (1280, 720)
    assert len(made.data) < 2_000_000


def test_its_words_stand_out_even_at_120_pixels(style):
    small = opened(thumbnail("Fire under ice", shot(), style).data).resize((120, 68), Image.Resampling.LANCZOS)
    left = np.asarray(small.convert("L"), float)[:, :74]

    assert np.percentile(left, 97) - np.percentile(left, 20) > 120


def test_it_can_lie_over_a_painted_picture(style):
    file = io.BytesIO()
    Image.new("RGB", (640, 360), (250, 40, 200)).save(file, "PNG")

    made = opened(thumbnail("Fire under ice", shot(), style, over=file.getvalue()).data)

    assert made.getpixel((1250, 360))[0] > 200


def test_at_most_five_words_are_kept_and_the_small_ones_go_first():
    assert few_words("The day that the sun went out over Europe in 1815").split().__len__() <= 5
    assert few_words("Fire under the ice") == "Fire under the ice"
