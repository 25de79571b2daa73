from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.render.captions.pages import pages_of, phrases_of, text_of, tokens_of
from pipeline.render.text.paragraphs import Type, measure
from pipeline.timeline.models import Caption, Word

TYPE = Type("Hanken Grotesk", 40)


def caption(text, words=(), start_ms=1000, end_ms=3000):
    timed = tuple(Word(text=w, start_ms=a, end_ms=b) for w, a, b in words)
    return Caption(start_ms=start_ms, end_ms=end_ms, text=text, words=timed)


def texts(pages):
    return [[text_of(line) for line in page.lines] for page in pages]


def test_words_bring_their_own_times():
    ((one, two),) = tokens_of(caption("Hi you", [("Hi", 1100, 1300), ("you", 1500, 1900)]), TYPE)
    assert (one.start_ms, one.end_ms, two.start_ms, two.end_ms) == (1100, 1300, 1500, 1900)


def test_without_words_the_time_is_shared_by_length():
    ((one, two),) = tokens_of(caption("abc a"), TYPE)
    assert (one.start_ms, one.end_ms) == (1000, 2500)
    assert (two.start_ms, two.end_ms) == (2500, 3000)


def test_words_cut_differently_from_the_text_are_matched_by_their_letters():
    spoken = [("twenty", 1000, 1200), ("one", 1200, 1400), ("pilots", 2000, 2600)]
    ((one, two),) = tokens_of(caption("twenty-one pilots.", spoken), TYPE)
    assert (one.start_ms, two.start_ms) == pytest.approx((1000, 2000), abs=30)


def test_chinese_characters_share_the_times_of_the_words_that_they_are_part_of():
    (line,) = tokens_of(caption("你好世界", [("你好", 1000, 2000), ("世界", 2400, 3000)]), TYPE)
    assert [token.start_ms for token in line] == pytest.approx([1000, 1500, 2400, 2700], abs=10)


def test_word_times_beyond_the_caption_are_held_within_it():
    ((one,),) = tokens_of(caption("Hi", [("Hi", 0, 9000)]), TYPE)
    assert (one.start_ms, one.end_ms) == (1000, 3000)


def test_its_own_line_break_is_kept():
    assert texts(pages_of(caption("One two\nthree"), TYPE, 1000)) == [["One two", "three"]]


def test_its_own_line_break_gives_way_if_a_line_is_too_wide():
    found = texts(pages_of(caption("One two three four five\nsix"), TYPE, 300))
    assert found[0] != ["One two three four five", "six"]
    assert all(measure(line, TYPE) <= 300 for page in found for line in page)


def test_a_long_caption_becomes_pages_that_follow_each_other_to_its_end():
    pages = pages_of(caption("word " * 60), TYPE, 400)
    assert len(pages) > 3
    assert pages[0].start_ms == 1000
    assert pages[-1].end_ms == 3000
    assert all(one.end_ms == two.start_ms for one, two in pairwise(pages))


def test_a_page_of_a_long_caption_begins_when_its_first_word_is_spoken():
    words = [("word", 1000 + 100 * i, 1090 + 100 * i) for i in range(20)]
    pages = pages_of(caption("word " * 20, words), TYPE, 300)
    assert all(page.start_ms == page.tokens[0].start_ms for page in pages)


def test_nothing_drawable_gives_no_page():
    assert pages_of(caption("\ue000 \u200d"), TYPE, 400) == ()


def test_words_that_a_line_break_parted_keep_their_space_when_they_are_joined():
    assert texts(phrases_of(caption("as hot\nas fire"), TYPE, 900, characters=20)) == [["as hot as fire"]]
    assert texts(phrases_of(caption("你好\n世界"), TYPE, 900, characters=20)) == [["你好世界"]]


def test_phrases_are_short_end_at_punctuation_and_drop_the_comma():
    found = texts(phrases_of(caption("Start now, before you ever feel ready!"), TYPE, 900, characters=16))
    assert found == [["Start now"], ["before you ever"], ["feel ready!"]]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="abcdef,.你好م", min_size=1, max_size=40), min_size=1, max_size=40))
def test_every_page_has_at_most_two_lines_inside_the_width_and_no_word_is_lost(words):
    pages = pages_of(caption(" ".join(words)), TYPE, 420)
    assert all(1 <= len(page.lines) <= 2 for page in pages)
    assert all(measure(text_of(line), page.type) <= 421 for page in pages for line in page.lines)
    assert "".join(token.text for page in pages for token in page.tokens) == "".join(words)
