"""The catalogue of motifs and settings: everything in it can be drawn, and words find it."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
import skia

from pipeline.pictures.canvas import lexicon
from pipeline.pictures.canvas.colour import parse
from pipeline.pictures.canvas.media import Frame, medium_class
from pipeline.pictures.canvas.motifs import drawing
from pipeline.pictures.canvas.palette import Palette
from pipeline.pictures.canvas.pen import Pen
from pipeline.pictures.canvas.scenery import View, setting
from presets import looks

PALETTE = Palette(
    parse("#10222e"), parse("#1a3442"), parse("#f3f7f5"), tuple(map(parse, ("#ffb547", "#4ecdc4", "#ff7a66")))
)


def board(width: int = 120, height: int = 120, look: str = "gradient-flat"):
    pixels = np.zeros((height, width, 4), np.uint8)
    chosen = looks.load(look)
    medium = medium_class(chosen)(chosen, PALETTE, Frame(width, height, height / 1080, (width * 0.7, height * 0.3)))
    return pixels, Pen(skia.Surface(pixels).getCanvas(), medium, PALETTE, Random(1))


@pytest.mark.parametrize("name", lexicon.motifs())
def test_every_motif_draws_something_about_as_high_as_it_should_be(name):
    pixels, pen = board(240, 160)

    drawing(lexicon.motifs()[name].draw)(pen.at(120, 130))

    rows = np.flatnonzero(pixels[..., 3].max(1) > 60)
    assert len(rows) > 25


@pytest.mark.parametrize("name", lexicon.settings())
def test_every_setting_fills_the_frame(name):
    pixels, pen = board(160, 90)
    view = View(pen, 160, 90, 90 * lexicon.settings()[name].horizon, tall=False)

    layers = setting(lexicon.settings()[name].draw)(view)
    next(layers)
    next(layers, None)

    assert pixels[..., 3].min() == 255


def test_every_motif_names_a_setting_that_exists():
    known = lexicon.settings()

    assert all(entry.setting in known for entry in lexicon.motifs().values() if entry.setting)


@pytest.mark.parametrize(
    ("text", "motif"),
    [
        ("Two volcanoes were erupting", "volcano"),
        ("the stock market crashed", "falling_chart"),
        ("a ghost in the haunted house", "haunted_house"),
        ("scientists in the laboratory", "scientist"),
        ("a black hole", "black_hole"),
        ("neural networks learn", "neural"),
        ("the Roman soldiers marched", "soldier"),
        ("a cup of tea", "tea"),
        ("at least 5,000 lives were saved", "heart"),
    ],
)
def test_words_and_their_forms_find_the_motif(text, motif):
    assert motif in lexicon.motifs_for([(text, 1.0)])[:2]


@pytest.mark.parametrize(
    ("text", "motif"),
    [
        ("prices rose", "flower"),
        ("as well as it can", "well"),
        ("how volcanoes work", "hammer"),
        ("in this case", "detective"),
        ("rain falls on the hills", "falling_chart"),
        ("to this present day", "gift"),
    ],
)
def test_everyday_words_do_not_call_for_things(text, motif):
    assert motif not in lexicon.motifs_for([(text, 1.0)])
