"""Pictures drawn by code, as pixels."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from pipeline.pictures.canvas.painter import CanvasPainter, paint_pixels
from pipeline.pictures.styles import style_for
from presets import looks, niches
from tests.pipeline.pictures.conftest import shot

CARDS = {
    "big_number": ("1,500", "active volcanoes"),
    "quote": ("If you are cold, tea will warm you", "William Gladstone"),
    "timeline": ("1773 | Boston Tea Party", "1848 | Tea reaches India", "1904 | Iced tea"),
    "comparison": ("Saving | Is safe", "Investing | Grows over time"),
    "list": ("Small earthquakes", "Rising ground", "Changing gases", "Warmer springs"),
    "idea_map": ("Memory", "Emotion", "Movement", "Language"),
    "process": ("Rock melts", "Magma rises", "Lava breaks out"),
    "title": ("And how we see it coming",),
}
SHAPES = {"16:9": (384, 216), "9:16": (216, 384), "1:1": (256, 256)}


def test_the_same_shot_gives_the_same_bytes(style):
    assert CanvasPainter().paint(shot(), style).data == CanvasPainter().paint(shot(), style).data


def test_another_seed_gives_another_picture_of_the_same_thing(style):
    assert CanvasPainter().paint(shot(), style).data != CanvasPainter().paint(shot(seed=8), style).data


def test_it_is_larger_than_the_frame_so_that_the_camera_may_move(style):
    image = Image.open(io.BytesIO(CanvasPainter().paint(shot(), style).data))

    assert image.size == (552, 310)


@pytest.mark.parametrize("look", looks.names())
def test_every_look_fills_the_picture_without_flat_or_empty_areas(look):
    pixels = paint_pixels(shot(), style_for(niches.load("explainer"), look))

    assert pixels[..., 3].min() == 255
    assert pixels[..., :3].std() > 12


def test_looks_really_differ():
    small = {}
    for look in looks.names():
        pixels = paint_pixels(shot(width=192, height=108), style_for(niches.load("science"), look))
        small[look] = pixels[..., :3].astype(float)

    pairs = [(a, b) for a in small for b in small if a < b]
    assert all(np.abs(small[a] - small[b]).mean() > 8 for a, b in pairs)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", CARDS)
def test_every_card_is_drawn_in_every_shape(style, kind, shape):
    width, height = SHAPES[shape]

    pixels = paint_pixels(
        shot(kind=kind, lines=CARDS[kind], heading="Why volcanoes erupt", width=width, height=height), style
    )

    assert pixels[..., :3].std() > 10


@pytest.mark.parametrize("niche", niches.names())
def test_words_that_suggest_nothing_fall_back_to_the_niche(niche):
    found = niches.load(niche)
    plain = shot(instruction="xyzzy", narration="Qwerty plugh.", width=192, height=108)

    pixels = paint_pixels(plain, style_for(found), motifs=found.motifs)

    assert pixels[..., :3].std() > 8
