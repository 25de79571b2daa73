"""Speakers for tests: they say every word as a tone, and can be told to fail."""

from __future__ import annotations

import re

import numpy as np

from tests.fakes.speech import speak
from voices import Speech, SpeechFailed, SpokenWord, Voice


class Toner:
    """Speaks in tones with silence at both ends; `faults` are what the next takes suffer."""

    def __init__(self, *faults: str, words: bool = True, sample_rate: int = 24_000) -> None:
        self.faults = list(faults)
        self.words = words
        self.sample_rate = sample_rate
        self.said: list[tuple[str, float, int]] = []

    def speak(self, text: str, voice: Voice, rate: float = 1.0, *, take: int = 1) -> Speech:
        self.said.append((text, rate, take))
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "error":
            raise SpeechFailed("The provider is asleep.")
        spoken = speak(text, {"speed": rate})
        samples = np.pad(spoken.samples, 12_000).astype(np.float32)
        if self.sample_rate != 24_000:
            places = np.arange(0, len(samples), 24_000 / self.sample_rate)
            samples = np.interp(places, np.arange(len(samples)), samples).astype(np.float32)
        words = tuple(
            SpokenWord(*m.span(), 0.5 + spoken.starts[m.start()], 0.5 + spoken.ends[m.end() - 1])
            for m in re.finditer(r"\S+", text)
        )
        return Speech(spoilt(samples, fault), self.sample_rate, words if self.words else None)


def spoilt(samples: np.ndarray, fault: str) -> np.ndarray:
    match fault:
        case "silent":
            return np.zeros_like(samples)
        case "clipped":
            return np.clip(samples * 30, -1, 1)
        case "short":
            return samples[: 12_000 + len(samples) // 8]
        case "long":
            return np.tile(samples[12_000:-12_000], 6)
        case "loud":
            return samples * 3
        case "quiet":
            return samples * 0.02
    return samples
