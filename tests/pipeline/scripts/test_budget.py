from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.scripts.budget import WordBudget
from presets import niches
from tests.pipeline.scripts.assignments import budget

MINUTES = st.floats(1, 12)
NICHES = st.sampled_from([niche.name for niche in niches.all_niches()])


@given(MINUTES, NICHES)
def test_the_sections_share_all_words_of_the_film(minutes: float, niche: str) -> None:
    asked = budget(minutes, niche)
    parts = [asked.words_for(kind) for kind in ("hook", "setup", "recap", "call_to_action")]
    assert sum(parts) + asked.beats * asked.words_for("beat") == pytest.approx(asked.words)
    assert asked.words_for("beat") > 15


@given(MINUTES, NICHES)
def test_words_and_silences_together_last_as_long_as_asked(minutes: float, niche: str) -> None:
    asked = budget(minutes, niche)
    assert asked.minutes_of(asked.words) == pytest.approx(minutes, abs=0.0001)


@pytest.mark.parametrize(("minutes", "beats"), [(1, 3), (2, 4), (6, 6), (8, 7), (12, 10)])
def test_longer_films_have_more_beats(minutes: float, beats: int) -> None:
    assert budget(minutes).beats == beats


def test_a_slow_pace_leaves_room_for_fewer_words() -> None:
    words = [budget(3, pace=pace).words for pace in ("slow", "normal", "fast")]
    assert words == sorted(words)
    assert words[2] > 1.15 * words[0]


def test_cards_at_the_ends_cost_words() -> None:
    with_cards: WordBudget = budget(2, fixed_ms=6000)
    assert with_cards.words == pytest.approx(budget(2).words - 0.1 * with_cards.words_a_minute)
