from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.render.text.contrast import blend, opacity_for, outline_for, text_on, worst_contrast
from presets.colours import contrast

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@settings(max_examples=60, deadline=None)
@given(COLOURS, COLOURS)
def test_text_on_an_opaque_ground_always_reads(ground, wish):
    assert contrast(text_on(ground, wish), ground) >= 4.5


@settings(max_examples=60, deadline=None)
@given(COLOURS, COLOURS)
def test_a_ground_is_dense_enough_for_its_text_over_any_picture(ground, wish):
    text = text_on(ground, wish)
    assert worst_contrast(text, ground, opacity_for(text, ground)) >= 4.5


@settings(max_examples=60, deadline=None)
@given(COLOURS)
def test_an_outline_stands_out_from_its_letters(text):
    assert contrast(text, outline_for(text)) >= 4.5


def test_a_colour_that_reads_already_stays_as_it_is():
    assert text_on("#000000", "#ffc857") == "#ffc857"


def test_a_half_dense_ground_shows_half_of_the_picture():
    assert blend("#000000", "#ffffff", 0.5) == "#808080"
