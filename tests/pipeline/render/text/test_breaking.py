import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.render.text.breaking import break_lines, join, pieces_of


def lines(text, width):
    return [join(line) for line in break_lines(pieces_of(text), width, len)]


def test_what_fits_stays_on_one_line():
    assert lines("one two", 7) == ["one two"]


def test_two_lines_are_about_equally_long():
    assert lines("alpha beta gamma delta", 18) == ["alpha beta", "gamma delta"]


def test_a_line_does_not_end_on_an_article_if_it_need_not():
    assert lines("we all went to see the river", 22) == ["we all went", "to see the river"]


def test_a_line_rather_ends_after_punctuation():
    assert lines("when you feel ready, you have lost it", 26) == ["when you feel ready,", "you have lost it"]


def test_a_word_wider_than_a_line_is_broken_inside():
    broken = lines("x" * 200, 30)
    assert "".join(broken) == "x" * 200
    assert all(len(line) <= 30 for line in broken)


def test_chinese_breaks_between_characters_but_punctuation_never_begins_a_line():
    broken = lines("你好世界,这是字幕。", 5)
    assert all(not line.startswith((",", "。")) for line in broken)
    assert "".join(broken) == "你好世界,这是字幕。"


def test_an_opening_bracket_never_ends_a_line():
    assert all(not line.endswith("「") for line in lines("彼は「はい」と言った", 3))


def test_a_cluster_is_never_torn():
    family = "👩\u200d👩\u200d👧"
    assert lines(family * 4, 6) == [family] * 4


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_gives_no_line(text):
    assert lines(text, 10) == []


@settings(max_examples=120, deadline=None)
@given(st.text(alphabet="ab, .\u0301你。「」ก ", max_size=80), st.integers(4, 30))
def test_no_letter_is_lost_and_no_line_is_wider_than_asked(text, width):
    broken = lines(text, width)
    assert "".join(broken).replace(" ", "") == "".join(text.split())
    for line in broken:
        assert len(line) <= width or len(regex.findall(r"\X", line)) == 1
