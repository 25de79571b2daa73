from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.scripts.language.words import content, spoken_words, stem


def test_forms_of_one_word_meet_in_one_stem() -> None:
    assert stem("erupts") == stem("erupted") == stem("erupting") == stem("eruption")


def test_words_without_meaning_are_no_content() -> None:
    assert content("It was one of the many things that they had") == frozenset()


@pytest.mark.parametrize(
    ("short", "long"),
    [("9 people", "987,654 people"), ("in May", "in 1815"), ("sea", "NASA"), ("cat", "extraordinarily")],
)
def test_figures_and_long_words_take_longer_to_say(short: str, long: str) -> None:
    assert spoken_words(long) > spoken_words(short)


def test_plain_prose_is_spoken_in_about_as_many_words_as_it_has() -> None:
    text = (
        "Beneath the crust, rock melts into magma, which is lighter than the solid rock around it, so it rises. "
        "When the pressure becomes too great, the magma breaks through the surface, and an eruption begins."
    )
    assert spoken_words(text) == pytest.approx(len(text.split()), rel=0.08)


def test_chinese_is_counted_by_its_letters() -> None:
    assert spoken_words("水是生命之源没有水就没有生命") == pytest.approx(14 * 0.62)


@given(st.text(max_size=100), st.text(max_size=100))
def test_more_text_never_takes_fewer_words(first: str, second: str) -> None:
    assert spoken_words(f"{first} {second}") >= spoken_words(first) - 1e-6
