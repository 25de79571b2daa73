"""The cards' pictures: all there, small, and drawn by the recipe that is committed beside them."""

from __future__ import annotations

import pytest
from PIL import Image

from presets import looks, niches
from studio.pages.create.pictures import FOLDER, LOOKS, NICHES, SAMPLES, paint
from studio.samples import samples


def test_every_niche_look_and_sample_has_a_recipe():
    assert set(NICHES) == set(niches.names())
    assert set(LOOKS) == set(looks.names())
    assert {one.name for one in samples()} <= set(SAMPLES)


@pytest.mark.parametrize(
    "place",
    [
        f"{shelf}/{name}"
        for shelf, all_ in (("niches", NICHES), ("looks", LOOKS), ("samples", SAMPLES))
        for name in all_
    ],
)
def test_every_picture_is_there_and_small(place):
    path = FOLDER / f"{place}.webp"
    with Image.open(path) as picture:
        assert picture.size == (480, 270)
    assert path.stat().st_size < 70_000


def test_a_recipe_draws_its_picture(tmp_path):
    paint(NICHES["motivation"], tmp_path / "drawn.webp")
    with Image.open(tmp_path / "drawn.webp") as drawn, Image.open(FOLDER / "niches/motivation.webp") as kept:
        assert drawn.size == kept.size
        pairs = zip(
            drawn.resize((8, 8)).convert("RGB").getdata(), kept.resize((8, 8)).convert("RGB").getdata(), strict=True
        )
        assert max(abs(a - b) for one, other in pairs for a, b in zip(one, other, strict=True)) < 40
