"""Speech by libflite: recorded voices at 16 kHz, with the times of their sounds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np

from voices.children import Children
from voices.errors import SpeechFailed
from voices.models import FliteVoice, Samples, Speech, SpokenWord, Voice
from voices.sounds import from_pcm16

SCRIPT = Path(__file__).with_name("child.py")
SAMPLE_RATE = 24_000
TIMEOUT_S = 120.0


class FliteEngine:
    """One group of child processes for each voice."""

    def missing(self, voice: Voice) -> str | None:
        import ctypes

        try:
            ctypes.CDLL(f"libflite_{_delivery(voice).name}.so.1")
        except OSError:
            return "libflite is not installed on this machine (on Debian and Ubuntu: apt install libflite1)."
        return None

    def speak(self, text: str, voice: Voice, rate: float = 1.0, *, take: int = 1) -> Speech:
        del take
        head, sound = _children_of(_delivery(voice).name).ask({"text": text, "stretch": 1 / rate}, timeout_s=TIMEOUT_S)
        samples = from_pcm16(sound)
        if not samples.size:
            raise SpeechFailed("The voice found nothing to say in this text.")
        return Speech(_at_24_khz(samples, head["rate"]), SAMPLE_RATE, _word_times(text, head["tokens"]))


@cache
def _children_of(name: str) -> Children:
    return Children(SCRIPT, name)


def _delivery(voice: Voice) -> FliteVoice:
    if not isinstance(voice.delivery, FliteVoice):
        raise SpeechFailed(f"{voice.id} is not a voice of libflite.")
    return voice.delivery


def _at_24_khz(samples: Samples, sample_rate: int) -> Samples:
    from scipy.signal import resample_poly

    common = int(np.gcd(sample_rate, SAMPLE_RATE))
    return resample_poly(samples, SAMPLE_RATE // common, sample_rate // common).astype(np.float32)


def _word_times(text: str, tokens: Iterable[tuple[str, float, float]]) -> tuple[SpokenWord, ...]:
    """The library's tokens are the text's words without their punctuation, in the text's order."""
    words = []
    position, latest_s = 0, 0.0
    for name, begin_s, end_s in tokens:
        found = text.find(name, position)
        if found < 0:
            continue
        word = re.compile(r"\S*").match(text, found)
        position = word.end() if word else found + len(name)
        begin_s = max(begin_s, latest_s)
        latest_s = max(end_s, begin_s)
        words.append(SpokenWord(found, position, begin_s, latest_s))
    return tuple(words)
