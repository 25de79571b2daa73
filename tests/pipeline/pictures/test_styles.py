"""The film's one style."""

from __future__ import annotations

import pytest

from pipeline.errors import PictureError
from pipeline.pictures.styles import style_for
from presets import niches


def test_an_empty_look_is_the_niches_own():
    niche = niches.load("history")

    assert style_for(niche).look == niche.look


def test_the_palette_is_the_niches_as_the_look_shows_it():
    niche = niches.load("history")

    assert style_for(niche, "night-neon").palette != style_for(niche).palette


def test_an_unknown_look_says_which_there_are():
    with pytest.raises(PictureError, match="paper-cut"):
        style_for(niches.load("history"), "crayon")
