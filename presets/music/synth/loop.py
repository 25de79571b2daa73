"""The circle that a bed is made on: (2, samples) whose end is followed by its start."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft, rfftfreq

RATE = 48_000

Wave = NDArray[np.floating[Any]]
Response = Callable[["Wave"], "Wave"]
"""A filter: its gain over frequency in hertz."""


def loop_length(seconds: float) -> int:
    """The next length that transforms quickly; the tempo gives way by less than a thousandth."""
    return int(next_fast_len(round(seconds * RATE)))


def place(circle: Wave, sound: Wave, at: int, left: float = 1.0, right: float = 1.0) -> None:
    """Adds mono or stereo sound at a sample, around the end if it comes to that."""
    length = circle.shape[1]
    stereo = np.atleast_2d(sound)
    first = 0
    while first < stereo.shape[1]:
        begin = (at + first) % length
        count = min(stereo.shape[1] - first, length - begin)
        part = stereo[:, first : first + count]
        circle[0, begin : begin + count] += part[0] * left
        circle[1, begin : begin + count] += part[-1] * right
        first += count


def empty(length: int) -> Wave:
    """Silence in single precision, which is plenty for a bed."""
    return np.zeros((2, length), np.float32)


def filtered(circle: Wave, response: Response) -> Wave:
    """Through a filter given as its gain over frequency in hertz; it shifts nothing in time."""
    length = circle.shape[-1]
    gains = response(_hertz(length)).astype(circle.dtype)
    return np.asarray(irfft(rfft(circle, axis=-1) * gains, length, axis=-1))


def filtered_and_measured(circle: Wave, response: Response) -> tuple[Wave, float]:
    """The same, with the loudness of what comes out."""
    length = circle.shape[-1]
    spectrum = rfft(circle, axis=-1) * response(_hertz(length)).astype(circle.dtype)
    return np.asarray(irfft(spectrum, length, axis=-1)), _lufs(spectrum, length)


def convolved(circle: Wave, impulse: Wave) -> Wave:
    """Each side with its own impulse response."""
    length = circle.shape[1]
    return np.asarray(
        irfft(rfft(circle, axis=1) * rfft(impulse[:, :length].astype(circle.dtype), length, axis=1), length, axis=1)
    )


def smoothed(track: Wave, seconds: float) -> Wave:
    """A running mean around the circle, bell-shaped."""
    return filtered(track, lambda hertz: np.exp(-((hertz * seconds) ** 2)))


def low_pass(hertz: float, order: int = 2) -> Response:
    return lambda f: 1 / np.sqrt(1 + (f / hertz) ** (2 * order))


def high_pass(hertz: float, order: int = 2) -> Response:
    return lambda f: 1 / np.sqrt(1 + (hertz / f) ** (2 * order))


def bell(hertz: float, gain_db: float, octaves: float) -> Response:
    return lambda f: 10 ** (gain_db / 20 * np.exp(-((np.log2(f / hertz) / octaves) ** 2)))


def band(hertz: float, octaves: float) -> Response:
    """Only what lies about a frequency."""
    return lambda f: np.exp(-((np.log2(f / hertz) / octaves) ** 2))


def shelf(hertz: float, gain_db: float) -> Response:
    """Everything above."""
    return lambda f: 10 ** (gain_db / 20 / (1 + (hertz / f) ** 2))


def chain(*responses: Response) -> Response:
    def product(f: Wave) -> Wave:
        gains = np.ones_like(f)
        for response in responses:
            gains = gains * response(f)
        return gains

    return product


def loudness_lufs(circle: Wave) -> float:
    """K-weighted loudness without a gate."""
    return _lufs(rfft(circle, axis=1), circle.shape[1])


def _lufs(spectrum: NDArray[np.complexfloating[Any]], length: int) -> float:
    powers = (spectrum.real**2 + spectrum.imag**2).sum(axis=0, dtype=np.float64)
    total = 2 * float(powers @ _k_weighting(length)) / length**2
    return float(-0.691 + 10 * np.log10(max(total, 1e-20)))


@lru_cache(maxsize=2)
def _hertz(length: int) -> Wave:
    return np.maximum(rfftfreq(length, 1 / RATE), 1e-3)


@lru_cache(maxsize=2)
def _k_weighting(length: int) -> Wave:
    z = np.exp(-2j * np.pi * _hertz(length) / RATE)
    shelf_ = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    pass_ = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    return np.asarray(np.abs(shelf_ * pass_) ** 2)
