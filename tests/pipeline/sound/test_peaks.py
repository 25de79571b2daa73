import numpy as np
import pytest
from scipy.signal import resample

from pipeline.sound.peaks import CONTEXT, HOP, PeakMeter, hop_peaks
from tests.pipeline.sound.signals import RATE, noise, voice


@pytest.mark.parametrize("sound", [noise(2, 0.3), noise(2, 0.2, tilt=0.0), voice(2, rate=RATE)[None]], ids=len)
def test_skipping_quiet_hops_never_misses_a_peak(sound):
    everything = hop_peaks(sound, 0.0)
    threshold = float(np.quantile(everything, 0.9))
    quick = hop_peaks(sound, threshold)
    above = everything > threshold
    np.testing.assert_array_equal(quick[above], everything[above])
    assert (quick[~above] <= threshold).all()


def test_a_hop_reads_as_ideal_interpolation_reads_it():
    sound = noise(0.5, 0.3)[:, : 256 * HOP]
    sound *= np.hanning(sound.shape[1])
    ideal = np.abs(resample(sound, sound.shape[1] * 16, axis=1)).max()
    assert hop_peaks(np.pad(sound, ((0, 0), (CONTEXT, CONTEXT))), 0.0).max() == pytest.approx(ideal, rel=0.01)


def test_the_last_samples_of_a_stream_count():
    meter = PeakMeter(1)
    meter.add(np.array([[0.0] * 100 + [0.75]], np.float32))
    assert meter.finish() >= 0.75
