import numpy as np
import pytest

from presets.music.synth.drums import DRUMS
from presets.music.synth.instruments import INSTRUMENTS
from presets.music.synth.loop import RATE, empty, filtered, high_pass, loudness_lufs, low_pass, place
from presets.music.synth.master import CEILING, LOUDNESS_LUFS, mastered
from presets.music.synth.space import echoed, reverberated, room
from presets.music.synth.tones import hertz, phase, wave


def random():
    return np.random.default_rng(3)


@pytest.mark.parametrize("name", INSTRUMENTS)
@pytest.mark.parametrize("midi", [40, 60, 76])
def test_an_instrument_is_in_tune_and_ends_in_silence(name, midi):
    sound = np.atleast_2d(INSTRUMENTS[name](hertz(midi), 0.8, 0.6, random()))
    assert np.isfinite(sound).all()
    assert np.abs(sound[:, -48:]).max() < 0.02 * np.abs(sound).max()
    spectrum = np.abs(np.fft.rfft(sound[0], 8 * RATE))
    at = np.fft.rfftfreq(8 * RATE, 1 / RATE)
    found = []
    for harmonic in (1, 2):
        near = (at > hertz(midi - 0.7) * harmonic) & (at < hertz(midi + 0.7) * harmonic)
        peak = np.flatnonzero(near)[spectrum[near].argmax()]
        if spectrum[peak] > 0.03 * spectrum.max():
            found.append(1200 * np.log2(at[peak] / harmonic / hertz(midi)))
    assert found
    assert min(abs(cents) for cents in found) < 15


@pytest.mark.parametrize("name", DRUMS)
def test_a_drum_is_loud_and_ends_in_silence(name):
    sound = np.atleast_2d(DRUMS[name](0.8, random()))
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() > 0.05
    if name != "crackle":
        assert np.abs(sound[:, -20:]).max() < 0.05 * np.abs(sound).max()


def test_a_high_saw_holds_nothing_that_folds_back():
    tone = wave("saw", 3000.0, phase(3000.0, RATE))
    power = np.abs(np.fft.rfft(tone * np.hanning(RATE))) ** 2
    bins = np.arange(len(power))
    between = (np.minimum(bins % 3000, 3000 - bins % 3000) > 40) & (bins > 40)
    assert power[between].sum() / power.sum() < 1e-5


def test_what_rings_past_the_end_is_heard_at_the_beginning():
    circle = empty(1000)
    place(circle, np.arange(1.0, 301.0), 900)
    assert circle[0, 899] == 0
    np.testing.assert_array_equal(circle[0, 900:], np.arange(1, 101))
    np.testing.assert_array_equal(circle[0, :200], np.arange(101, 301))


def test_a_room_echoes_round_the_circle():
    circle = empty(2 * RATE)
    circle[:, -200] = 1
    wet = reverberated(circle, room(1.5, random()))
    assert np.abs(wet[:, : RATE // 2]).max() > 10 * np.abs(wet[:, -RATE // 4 : -300]).max()
    assert abs(np.corrcoef(wet)[0, 1]) < 0.7


def test_echoes_change_sides():
    circle = empty(4 * RATE)
    circle[0, 100:200] = 1
    out = echoed(circle, 0.5)
    first, second = (np.square(out[:, at : at + RATE // 4]).sum(axis=1) for at in (RATE // 2, RATE))
    assert first[1] > 10 * first[0]
    assert second[0] > 10 * second[1]


def test_filters_take_what_they_should():
    sound = np.random.default_rng(1).standard_normal((2, RATE)).astype(np.float32)
    power = np.square(np.abs(np.fft.rfft(filtered(sound, low_pass(1000)), axis=1))).sum(axis=0)
    assert power[4000:].mean() < power[:500].mean() / 100
    power = np.square(np.abs(np.fft.rfft(filtered(sound, high_pass(1000)), axis=1))).sum(axis=0)
    assert power[:250].mean() < power[4000:].mean() / 100


def test_mastering_levels_and_holds_the_peaks():
    sound = (np.random.default_rng(2).standard_normal((2, 3 * RATE)) * 0.01).astype(np.float32)
    sound[:, ::RATE] += 1
    out = mastered(sound)
    assert loudness_lufs(out) == pytest.approx(LOUDNESS_LUFS, abs=1)
    assert np.abs(out).max() <= CEILING + 1e-6
