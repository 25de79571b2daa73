"""What a voice really does: its words a minute, and the gains that bring its spectrum to that of recorded speech."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voices.cast import Cast
from voices.espeak.polish import BANDS_HZ, RECORDED_SPEECH_DB, Spectrum
from voices.models import EspeakVoice, Samples, Voice

MOST_DB = 9.0
SHARE = 0.85  # of the difference: all of it would even out the voice's character too


@dataclass(frozen=True)
class Measure:
    """For the catalogue."""

    words_per_minute: float
    equaliser_db: Spectrum


def text_of(voice: Voice) -> str:
    """A longer text where there is one in the voice's language, else its sample line."""
    texts = tomllib.loads(Path(__file__).with_name("measure.toml").read_text("utf-8"))
    return str(texts.get(voice.base_language, voice.sample))


def measure(cast: Cast, voice: Voice) -> Measure:
    text = text_of(voice)
    speech = cast.speak(text, voice)
    heard = np.flatnonzero(np.abs(speech.samples) > 10 ** (-45 / 20) * np.abs(speech.samples).max())
    minutes = (heard[-1] - heard[0]) / speech.sample_rate / 60
    return Measure(round(len(text.split()) / minutes, 1), _gains(cast, voice, text))


def _gains(cast: Cast, voice: Voice, text: str) -> Spectrum:
    """From the voice without an equaliser; only the offline voice has one."""
    if not isinstance(voice.delivery, EspeakVoice):
        return ()
    plain = voice.model_copy(update={"delivery": voice.delivery.model_copy(update={"equaliser_db": ()})})
    speech = cast.speak(text, plain)
    lacking = np.array(RECORDED_SPEECH_DB) - _levels_db(speech.samples, speech.sample_rate)
    lacking -= lacking[3:14].mean()
    smooth = np.convolve(np.pad(lacking, 1, mode="edge"), (0.25, 0.5, 0.25), mode="valid")
    gains = np.clip(SHARE * smooth, -MOST_DB, MOST_DB)
    if voice.gender == "female":
        # Below her pitch there is nothing to raise but rumble.
        gains[:3] = np.minimum(gains[:3], 0)
    return tuple(round(float(gain), 1) for gain in gains)


def _levels_db(samples: Samples, sample_rate: int) -> np.ndarray:
    from scipy.signal import welch

    hertz, power = welch(samples, sample_rate, nperseg=4096)
    edge = 2 ** (1 / 6)
    bands = [power[(hertz >= band / edge) & (hertz < band * edge)].sum() for band in BANDS_HZ]
    return 10 * np.log10(np.array(bands) + 1e-20)
