import numpy as np
import pytest

from pipeline.render.text.drawing import Effects, text_art
from pipeline.render.text.paragraphs import Block, Type, break_text, fit, measure

TYPE = Type("Hanken Grotesk", 40)


def drawn(*lines, type_=TYPE, **effects):
    art, _ = text_art(Block(lines, type_), Effects(**effects))
    return art.draw()


def test_text_that_fits_keeps_its_size():
    assert fit("Hello", TYPE, 1000, lines=1).type.size == 40


def test_text_too_long_for_its_lines_shrinks():
    block = fit("A title that is rather long", TYPE, 380, lines=1)
    assert len(block.lines) == 1
    assert 24 <= block.type.size < 40
    assert block.width <= 380


def test_what_no_shrinking_fits_ends_in_an_ellipsis_inside_the_width():
    block = fit("word " * 80, TYPE, 300, lines=2)
    assert len(block.lines) == 2
    assert block.lines[-1].endswith("…")
    assert block.width <= 300


def test_line_breaks_of_the_text_are_kept_if_they_fit():
    assert [len(line) for line in break_text("one two\nthree", TYPE, 1000)] == [2, 1]


def test_undrawable_characters_are_left_out():
    assert fit("a\ue000b", TYPE, 500, lines=1).lines == ("ab",)


def test_the_same_text_gives_the_same_bytes():
    one, two = (drawn("Same 你好 😀", outline=3, shadow_blur=6, shadow_opacity=0.8) for _ in range(2))
    assert one.tobytes() == two.tobytes()


def test_emoji_are_in_colour():
    pixels = drawn("😀").astype(int)
    seen = pixels[pixels[..., 3] > 200]
    assert (np.ptp(seen[:, :3], axis=1) > 80).mean() > 0.5


def test_arabic_letters_join():
    apart = sum(measure(letter, TYPE) for letter in "مرحبا")
    assert measure("مرحبا", TYPE) < 0.9 * apart


def test_hindi_vowel_signs_are_shaped_onto_their_letters():
    assert measure("कि", TYPE) < measure("क", TYPE) + measure("ि", TYPE)


def test_a_line_of_a_right_to_left_text_that_begins_with_latin_still_reads_from_the_right():
    as_part = drawn("Kids عربي", type_=TYPE.for_text("عربي"))
    alone = drawn("Kids عربي", type_=TYPE.for_text("Kids"))
    assert as_part.tobytes() != alone.tobytes()


def test_right_to_left_lines_end_at_the_right_edge_of_a_block():
    block = fit("مرحبا بالعالم هذا اختبار", TYPE, 260, lines=3)
    short = min(range(len(block.lines)), key=lambda i: measure(block.lines[i], block.type))
    assert block.line_left(short) > 0


def test_capitals_are_set_as_capitals():
    assert Type("Manrope", 40, capitals=True).set("Straße") == "STRASSE"


@pytest.mark.parametrize("weight", [400, 800])
def test_weights_are_the_fonts_own(weight):
    assert measure("minimum", Type("Manrope", 40, weight)) == pytest.approx({400: 164, 800: 172}[weight], rel=0.1)
