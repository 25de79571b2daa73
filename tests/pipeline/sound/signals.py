"""Test sounds: made here, so that what must come out is known to the sample."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame

RATE = 48_000


def tone(hertz: float, seconds: float, level: float = 0.5, rate: int = RATE) -> np.ndarray:
    times = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


def noise(seconds: float, level: float = 0.1, *, channels: int = 2, seed: int = 1, tilt: float = 0.9) -> np.ndarray:
    """Coloured noise: each sample follows the one before by `tilt`."""
    from scipy.signal import lfilter

    white = np.random.default_rng(seed).standard_normal((channels, round(seconds * RATE)))
    return (level * np.sqrt(1 - tilt**2) * lfilter([1.0], [1.0, -tilt], white, axis=-1)).astype(np.float32)


def pulse(seconds: float, at_s: float, rate: int = RATE, level: float = 0.8) -> np.ndarray:
    """A burst of 2 ms whose middle is the loudest sample."""
    times = np.arange(round(seconds * rate)) / rate - at_s
    return (level * np.exp(-((times / 0.002) ** 2)) * np.cos(2 * np.pi * 1000 * times)).astype(np.float32)


def voice(seconds: float, *, seed: int = 0, rate: int = 24_000, level: float = 0.3) -> np.ndarray:
    """Something with the rhythm and the peaks of speech: syllables of a buzzing source, with gaps between them."""
    from scipy.signal import lfilter

    random = np.random.default_rng(seed)
    count = round(seconds * rate)
    buzz = 2 * (np.arange(count) * 120 / rate % 1) - 1 + 0.1 * random.standard_normal(count)
    source = lfilter([1.0], [1.0, -0.9], buzz)
    envelope = np.zeros(count)
    at = 0
    while at < count:
        syllable = min(round(rate * random.uniform(0.1, 0.25)), count - at)
        envelope[at : at + syllable] = np.hanning(syllable) * random.uniform(0.5, 1.0)
        at += syllable + round(rate * random.uniform(0.0, 0.05))
    sound = source * envelope
    return (sound / np.abs(sound).max() * level * 2).astype(np.float32)


def write(path: Path, codec: str, sound: np.ndarray, rate: int = RATE) -> Path:
    """Encodes (channels, samples) or mono samples into whatever the path's suffix says."""
    channels = np.atleast_2d(sound).astype(np.float32)
    layout = {1: "mono", 2: "stereo", 6: "5.1"}[len(channels)]
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        for first in range(0, channels.shape[1], 1024):
            part = np.ascontiguousarray(channels[:, first : first + 1024])
            frame = AudioFrame.from_ndarray(part, format="fltp", layout=layout)
            frame.sample_rate, frame.pts = rate, first
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def wav(path: Path, sound: np.ndarray, rate: int = RATE) -> Path:
    import soundfile

    soundfile.write(path, np.atleast_2d(sound).T, rate, subtype="FLOAT", format="WAV")
    return path


def decoded(path: Path) -> np.ndarray:
    """What the mix holds: (2, samples)."""
    import soundfile

    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    assert rate == RATE
    return samples.T
