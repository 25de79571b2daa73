"""Colours: contrast as WCAG counts it, and moves that keep their promise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presets.colours import Palette, contrast, distance, from_lch, mix, readable, to_lch

colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ff0000", "#ff0000") == 1


@given(colour=colours)
def test_a_colour_survives_the_way_through_lch(colour):
    assert distance(colour, from_lch(to_lch(colour))) < 0.01


@given(one=colours, other=colours)
def test_a_mix_runs_from_one_colour_to_the_other(one, other):
    assert distance(mix(one, other, 0), one) < 0.01
    assert distance(mix(one, other, 1), other) < 0.01


@given(colour=colours, ground=colours)
def test_readable_colours_stand_out(colour, ground):
    assert contrast(readable(colour, (ground,), 4.5), ground) >= 4.5


def test_a_colour_that_stands_out_already_is_left_alone():
    assert readable("#ffb547", ("#10222e",), 4.5) == "#ffb547"


def test_a_palette_that_cannot_be_read_says_which_pair():
    with pytest.raises(ValueError, match=r"text #888888 on background #777777 has a contrast of 1\.2"):
        Palette(background="#777777", surface="#000000", text="#888888", accents=("#000000",) * 3)
