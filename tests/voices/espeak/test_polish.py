"""What the polish does to formant speech, measured."""

from __future__ import annotations

import numpy as np
import pytest

from voices import Cast, VoiceSettings
from voices.espeak.polish import BANDS_HZ, RECORDED_SPEECH_DB, SAMPLE_RATE, polish
from voices.measure import _levels_db, text_of


@pytest.fixture(scope="module")
def cast():
    return Cast(VoiceSettings())


def away_from_recorded_speech(speech):
    off = _levels_db(speech.samples, speech.sample_rate) - np.array(RECORDED_SPEECH_DB)
    off -= off[3:14].mean()
    return np.abs(off[3:]).mean()


@pytest.mark.parametrize("voice", ["espeak-walter", "espeak-june", "espeak-alistair", "espeak-beatrice"])
def test_the_spectrum_comes_close_to_recorded_speech(cast, voice):
    entry = cast.catalogue.find(voice)
    bare = entry.delivery.model_copy(update={"equaliser_db": (), "name": "en-us"})
    before = cast.speak(text_of(entry), entry.model_copy(update={"delivery": bare}))
    after = cast.speak(text_of(entry), entry)
    assert away_from_recorded_speech(after) < 2.2
    assert away_from_recorded_speech(after) < 0.6 * away_from_recorded_speech(before)


def test_nothing_moves_in_time():
    clicks = np.zeros(22_050, dtype=np.float32)
    places = [2205, 8820, 15_435]
    for place in places:
        clicks[place : place + 200] = np.sin(np.linspace(0, 20 * np.pi, 200))
    polished = polish(clicks, 22_050, tuple(3.0 for _ in BANDS_HZ))
    loud = np.flatnonzero(np.abs(polished) > 0.3 * np.abs(polished).max())
    for place in places:
        nearest = loud[np.abs(loud - place * SAMPLE_RATE / 22_050).argmin()]
        assert abs(nearest / SAMPLE_RATE - place / 22_050) < 0.004


def test_silence_stays_silent():
    assert np.abs(polish(np.zeros(4410, dtype=np.float32), 22_050)).max() < 1e-6


def test_harmonics_above_the_voice_are_partly_breath():
    time_s = np.arange(44_100) / 22_050
    buzz = sum(np.sin(2 * np.pi * 110 * n * time_s) / n for n in range(1, 90)).astype(np.float32) * 0.1
    polished = polish(buzz, 22_050)
    power = np.abs(np.fft.rfft(polished[4800:43_200] * np.hanning(38_400))) ** 2
    hertz = np.fft.rfftfreq(38_400, 1 / SAMPLE_RATE)
    upper = (hertz > 4500) & (hertz < 8500)
    near = np.minimum(hertz % 110, 110 - hertz % 110) < 6
    between = power[upper & ~near].sum() / power[upper].sum()
    assert 0.15 < between < 0.9
