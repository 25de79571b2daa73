from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ScriptError
from pipeline.scripts.fitting import FASTEST, GOAL, SLOWEST, film_ms, fit
from pipeline.scripts.language.words import spoken_words
from pipeline.scripts.models import Script
from tests.pipeline.scripts.assignments import budget, outlined

SCRIPTS = {minutes: outlined("volcanoes", minutes) for minutes in (1, 2, 5)}


def spoken(script: Script, minutes: float, factor: float, *, uneven: float = 0.0) -> dict[str, int]:
    """As a voice would speak it that is that much slower than it was measured to be."""
    rate = budget(minutes).words_a_minute / 60_000
    wave = [1 + uneven * (-1) ** place for place in range(len(script.sections))]
    return {
        section.id: round(spoken_words(section.narration) / rate * factor * bend)
        for section, bend in zip(script.sections, wave, strict=True)
    }


MINUTES = st.sampled_from(sorted(SCRIPTS))


@given(MINUTES, st.floats(0.9, 1.1))
def test_a_voice_that_is_up_to_a_tenth_off_still_fills_the_minutes_asked(minutes: int, factor: float) -> None:
    script = SCRIPTS[minutes]
    found = fit(script, spoken(script, minutes, factor), budget(minutes))
    assert abs(found.error) <= GOAL
    assert found.changes == ()


@given(MINUTES, st.floats(0.3, 3))
def test_silences_and_rate_stay_within_what_sounds_natural(minutes: int, factor: float) -> None:
    script = SCRIPTS[minutes]
    found = fit(script, spoken(script, minutes, factor), budget(minutes))
    assert SLOWEST - 1e-9 <= found.rate <= FASTEST + 1e-9
    for before, after in zip(script.sections, found.script.sections, strict=True):
        low, high = 0.6 * before.pause_after_ms - 1, 1.7 * before.pause_after_ms + 1
        assert low <= after.pause_after_ms <= high
        assert after.narration == before.narration


@given(MINUTES, st.floats(0.3, 3))
def test_the_length_that_is_expected_is_the_sum_of_what_is_in_the_film(minutes: int, factor: float) -> None:
    script, asked = SCRIPTS[minutes], budget(minutes)
    speech = spoken(script, minutes, factor)
    found = fit(script, speech, asked)
    at_rate = {name: length / found.rate for name, length in speech.items()}
    assert found.expected_ms == pytest.approx(
        sum(at_rate.values()) + film_ms(found.script, dict.fromkeys(speech, 0), asked), abs=2
    )


@given(MINUTES, st.floats(0.93, 1.07))
def test_what_fits_is_left_alone_the_second_time(minutes: int, factor: float) -> None:
    script, asked = SCRIPTS[minutes], budget(minutes)
    first = fit(script, spoken(script, minutes, factor), asked)
    again = {name: round(length / first.rate) for name, length in spoken(script, minutes, factor).items()}
    second = fit(first.script, again, asked, rate_so_far=first.rate)
    assert second.rate == 1.0
    assert abs(second.error) <= GOAL


def test_silences_alone_make_up_for_a_small_miss() -> None:
    found = fit(SCRIPTS[2], spoken(SCRIPTS[2], 2, 1.01), budget(2))
    assert found.rate == 1.0
    assert found.error == pytest.approx(0, abs=0.002)


def test_the_rate_is_never_turned_twice_past_its_bounds() -> None:
    found = fit(SCRIPTS[2], spoken(SCRIPTS[2], 2, 1.3), budget(2), rate_so_far=FASTEST)
    assert found.rate == 1.0


@pytest.mark.parametrize("factor", [0.7, 1.4])
def test_sections_that_miss_most_are_to_be_changed_until_the_sum_is_right(factor: float) -> None:
    script, asked = SCRIPTS[2], budget(2)
    speech = spoken(script, 2, factor, uneven=0.1)
    found = fit(script, speech, asked)
    assert found.changes
    words = {section.id: spoken_words(section.narration) for section in script.sections}
    gained = sum(speech[change.section_id] * (change.words / words[change.section_id] - 1) for change in found.changes)
    missing = asked.target_ms - found.expected_ms
    assert gained * missing > 0
    after = film_ms(script, speech, asked) + gained
    assert after == pytest.approx(asked.target_ms, rel=0.05)


@given(MINUTES, st.floats(0.3, 3), st.floats(0, 0.3))
def test_every_change_goes_the_same_way(minutes: int, factor: float, uneven: float) -> None:
    script = SCRIPTS[minutes]
    found = fit(script, spoken(script, minutes, factor, uneven=uneven), budget(minutes))
    words = {section.id: spoken_words(section.narration) for section in script.sections}
    assert len({change.words > words[change.section_id] for change in found.changes}) <= 1


def test_a_film_that_would_miss_the_hard_line_is_refused_with_a_way_out() -> None:
    found = fit(SCRIPTS[2], spoken(SCRIPTS[2], 2, 1.6), budget(2))
    with pytest.raises(ScriptError, match=r"makes a film of 2\.\d minutes where 2 were asked.*shorter"):
        found.require()


def test_a_film_that_fits_is_let_through() -> None:
    found = fit(SCRIPTS[2], spoken(SCRIPTS[2], 2, 1.02), budget(2))
    assert found.require() is found
