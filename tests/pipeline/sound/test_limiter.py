import numpy as np
import pytest

from pipeline.sound.limiter import Limiter
from pipeline.sound.loudness import Meter
from tests.pipeline.sound.signals import RATE, noise, tone, voice


def limited(sound, ceiling_dbtp=-2.0, block=10_000):
    limiter = Limiter(ceiling_dbtp)
    blocks = (sound[:, first : first + block] for first in range(0, sound.shape[1], block))
    return np.concatenate(list(limiter.limited(blocks)), axis=1)


def true_peak(sound):
    meter = Meter(2)
    meter.add(sound)
    return meter.result().true_peak_dbtp


@pytest.mark.parametrize(
    "sound",
    [noise(2, 0.8), noise(2, 0.5, tilt=0.0), np.tile(voice(2, rate=RATE, level=1.4), (2, 1))],
    ids=["noise", "white noise", "voice"],
)
@pytest.mark.parametrize("ceiling", [-1.0, -2.0, -6.0])
def test_no_true_peak_passes_the_ceiling(sound, ceiling):
    assert true_peak(limited(sound, ceiling)) <= ceiling + 0.05


def test_what_lies_below_the_ceiling_passes_untouched():
    sound = noise(1, 0.1)
    np.testing.assert_array_equal(limited(sound), sound)


def test_the_blocks_may_have_any_size():
    sound = noise(1, 0.6)
    np.testing.assert_allclose(limited(sound, block=997), limited(sound, block=48_000), atol=1e-6)


def test_the_length_stays_the_same_even_for_a_few_samples():
    for samples in (1, 63, 64, 65, 1000):
        assert limited(noise(1, 0.8)[:, :samples]).shape == (2, samples)


def test_the_gain_is_down_before_the_peak_and_back_within_half_a_second():
    carrier = np.tile(tone(1000, 2, level=0.2), (2, 1))
    sound = carrier.copy()
    sound[:, RATE] += 2.0
    out = limited(sound)
    gain = np.abs(out).max(axis=0)[100:] / np.maximum(np.abs(carrier).max(axis=0)[100:], 1e-6)
    loud = np.abs(carrier[0, 100:]) > 0.15
    before = gain[: RATE - 100 - 480][loud[: RATE - 100 - 480]]
    after = gain[RATE + RATE // 2 :][loud[RATE + RATE // 2 :]]
    assert before.min() > 0.999
    assert after.min() > 0.999
    assert np.abs(out[:, RATE]).max() < 0.8
