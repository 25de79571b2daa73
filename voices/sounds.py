"""Raw samples from engines: read, joined, and the words in them moved along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from voices.models import Samples, Speech, SpokenWord


def from_pcm16(raw: bytes) -> Samples:
    return np.frombuffer(raw[: len(raw) // 2 * 2], dtype="<i2").astype(np.float32) / np.float32(32768)


def joined(parts: Sequence[tuple[int, Speech]]) -> Speech:
    """Parts of one text, each with the character that it begins at, one after the other."""
    words: list[SpokenWord] | None = []
    offset_s = 0.0
    for start, speech in parts:
        if speech.words is None or words is None:
            words = None
        else:
            words += [moved(word, start, offset_s) for word in speech.words]
        offset_s += speech.duration_s
    samples = np.concatenate([speech.samples for _, speech in parts])
    return Speech(samples, parts[0][1].sample_rate, None if words is None else tuple(words))


def moved(word: SpokenWord, characters: int, seconds: float) -> SpokenWord:
    return replace(
        word,
        start=word.start + characters,
        end=word.end + characters,
        start_s=word.start_s + seconds,
        end_s=word.end_s + seconds,
    )
