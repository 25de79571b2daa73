"""How the music gives way to the voice: a curve of straight lines in decibels over the film."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.sound.pcm import RATE, Samples

ATTACK_S = 0.1
RELEASE_S = 0.6
_LEAD_S = 0.03
"""The music is down this long before the first syllable."""
_HOLD_S = 0.2
"""It stays down this long after the last one: breath and reverberation."""
_WORTH_RISING_S = 0.5
"""A pause in which the music could not stay up this long is no pause."""
_LEAST_DUCKING_DB = 3.0
_RAMP_REACH_MS = 900


@dataclass(frozen=True)
class Ducked:
    """Somebody speaks from start_s to end_s, and the music is held at level_db."""

    start_s: float
    end_s: float
    level_db: float


@dataclass(frozen=True, eq=False)
class Curve:
    """Gain over time, linear in decibels between its points."""

    times_s: NDArray[np.float64]
    levels_db: NDArray[np.float64]

    def at(self, times_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """Decibels."""
        return np.interp(times_s, self.times_s, self.levels_db)

    def gain(self, first: int, count: int) -> Samples | np.float32:
        """Linear gain of so many samples of the film; one number where it does not change."""
        from_s, to_s = first / RATE, (first + count) / RATE
        inside = (self.times_s > from_s) & (self.times_s < to_s)
        ends = self.at(np.array([from_s, to_s]))
        if not inside.any() and ends[0] == ends[1]:
            return np.float32(10 ** (ends[0] / 20))
        level_db = self.at(np.arange(first, first + count) / RATE).astype(np.float32)
        return np.exp(level_db * np.float32(np.log(10) / 20))


@dataclass(frozen=True)
class Ramps:
    """How long the music took to go down and to come up, in milliseconds: from 10 % to 90 % of each way in decibels."""

    attacks_ms: tuple[float, ...]
    releases_ms: tuple[float, ...]


def measure_ramps(levels_db: NDArray[np.float64], step_ms: float) -> Ramps:
    """The ramps of a level that was read every step_ms, from a curve or from a sound. Unfinished ones do not count."""
    middle = (levels_db.max() + levels_db.min()) / 2
    if levels_db.max() - levels_db.min() < _LEAST_DUCKING_DB:
        return Ramps((), ())
    down = np.concatenate(((levels_db < middle).astype(np.int8), [0]))
    falls = np.flatnonzero(np.diff(down) > 0)
    rises = len(levels_db) - 2 - np.flatnonzero(np.diff(down[:-1]) < 0)
    reach = round(_RAMP_REACH_MS / step_ms)
    attacks = (_fall_ms(levels_db, int(at), reach, step_ms) for at in falls)
    releases = (_fall_ms(levels_db[::-1], int(at), reach, step_ms) for at in rises)
    return Ramps(tuple(ms for ms in attacks if ms), tuple(ms for ms in releases if ms))


def _fall_ms(levels_db: NDArray[np.float64], at: int, reach: int, step_ms: float) -> float | None:
    """From 10 % to 90 % of the fall that passes its middle at `at`."""
    before, after = levels_db[max(0, at - reach) : at + 1], levels_db[at : at + reach]
    high, low = float(before.max()), float(after.min())
    if high - low < _LEAST_DUCKING_DB:
        return None
    above = np.flatnonzero(before >= high - 0.1 * (high - low))
    below = np.flatnonzero(after <= low + 0.1 * (high - low))
    return float(len(before) - 1 - above[-1] + below[0]) * step_ms


def ducking_curve(spans: Sequence[Ducked], open_db: float) -> Curve:
    """Down before each span, up after it; where the pause is short it stays down. Spans come in order of time."""
    times: list[float] = []
    levels: list[float] = []
    for span in spans:
        down_s = span.start_s - _LEAD_S
        if times and down_s - ATTACK_S < times[-1] + _HOLD_S + RELEASE_S + _WORTH_RISING_S:
            down_s = max(down_s, times[-1])
        else:
            if times:
                times += [times[-1] + _HOLD_S, times[-1] + _HOLD_S + RELEASE_S]
                levels += [levels[-1], open_db]
            times.append(down_s - ATTACK_S)
            levels.append(open_db)
        times += [down_s, max(down_s, span.end_s)]
        levels += [span.level_db, span.level_db]
    if times:
        times += [times[-1] + _HOLD_S, times[-1] + _HOLD_S + RELEASE_S]
        levels += [levels[-1], open_db]
    return Curve(np.array(times or [0.0]), np.array(levels or [open_db]))
