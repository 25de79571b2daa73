import numpy as np
import pytest

from pipeline.sound.ducking import Ducked, ducking_curve, measure_ramps
from pipeline.sound.pcm import RATE

UNDER, OPEN = -22.0, -14.0


def levels(*spans, seconds=20.0):
    curve = ducking_curve([Ducked(start, end, UNDER) for start, end in spans], OPEN)
    return curve.at(np.arange(0, seconds, 0.001))


def test_the_music_is_down_before_the_first_syllable_and_until_after_the_last():
    level = levels((5.0, 8.0))
    assert (level[4990:8100] == UNDER).all()
    assert level[4800] == OPEN
    assert level[9000] == OPEN


def test_it_goes_down_in_50_to_150_ms_and_up_in_400_to_800_ms():
    ramps = measure_ramps(levels((3, 5), (9, 12), (15, 16)), step_ms=1)
    assert len(ramps.attacks_ms) == len(ramps.releases_ms) == 3
    assert all(50 <= ms <= 150 for ms in ramps.attacks_ms)
    assert all(400 <= ms <= 800 for ms in ramps.releases_ms)


def test_it_stays_down_through_a_short_pause():
    level = levels((3, 5), (6, 8))
    assert (level[3000:8000] == UNDER).all()


def test_it_comes_up_all_the_way_in_a_long_pause():
    level = levels((3, 5), (8, 9))
    assert level[5000:8000].max() == OPEN


def test_speech_at_once_starts_with_the_music_down():
    assert levels((0.0, 3.0))[:3000].max() == UNDER


def test_it_never_leaves_its_two_levels():
    random = np.random.default_rng(4)
    for _ in range(50):
        edges = np.cumsum(random.uniform(0.05, 3.0, 20))
        level = levels(*edges.reshape(-1, 2), seconds=60)
        assert level.min() >= UNDER
        assert level.max() <= OPEN


def test_a_quieter_voice_gets_quieter_music():
    curve = ducking_curve([Ducked(2, 4, -22), Ducked(4.5, 7, -28)], OPEN)
    assert curve.at(np.array([3.0, 6.0])) == pytest.approx([-22, -28])


def test_the_gain_of_a_block_is_the_curve():
    curve = ducking_curve([Ducked(1, 2, UNDER)], OPEN)
    block = curve.gain(RATE // 2, RATE)
    at = np.arange(RATE // 2, RATE // 2 + RATE) / RATE
    np.testing.assert_allclose(block, 10 ** (curve.at(at) / 20), rtol=1e-4)
    assert curve.gain(10 * RATE, 1000) == pytest.approx(10 ** (OPEN / 20))


def test_a_steady_level_has_no_ramps():
    assert measure_ramps(np.full(1000, -3.0), 1).attacks_ms == ()
