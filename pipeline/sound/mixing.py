"""Mixes the sound of a film into one lossless file. Memory stays the same however long the film is.

Every source is decoded once into a scratch file and measured there. The loudness of the whole follows from those
measurements, so the final gain is known before the first sample is written; what was written is measured again, and
written once more should the limiter have taken more than was foreseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.errors import BuildError
from pipeline.sound import balance
from pipeline.sound.ducking import measure_ramps
from pipeline.sound.foresight import Foreseen, foresee
from pipeline.sound.limiter import Limiter
from pipeline.sound.loudness import Loudness, Meter
from pipeline.sound.pcm import BLOCK, RATE, Samples, WavWriter, linear
from pipeline.sound.plan import MixPlan
from pipeline.sound.scratch import Scratch
from pipeline.sound.stems import Builder, Stems
from pipeline.sound.tracks import Track

TARGET_LUFS = -14.0
CEILING_DBTP = -2.0
"""A decibel below the promised -1 dBTP: lossy codecs overshoot."""

_CLOSE_ENOUGH_LU = 0.25
_CORRECTABLE_LU = 1.5
_TOLERANCE_LU = 0.5
_RAMP_STEP_S = 0.005
_EFFECTS_ONLY_GAIN_DB = TARGET_LUFS - balance.VOICE_LUFS


@dataclass(frozen=True)
class MixReport:
    """What was made. Loudness is None where there is nothing to hear."""

    samples: int
    integrated_lufs: float | None
    true_peak_dbtp: float | None
    loudness_range_lu: float
    gain_db: float
    limited_db: float
    """The most that the limiter took."""
    music_volume: float | None
    music_under_voice_lu: float | None
    """How far the music lies below the voice while somebody speaks."""
    duck_attack_ms: float | None
    duck_release_ms: float | None
    speech_s: float
    passes: int
    warnings: tuple[str, ...]

    @property
    def duration_s(self) -> float:
        return self.samples / RATE


def mix(plan: MixPlan, into: Path, *, on_progress: Callable[[float], None] | None = None) -> MixReport:
    """Writes 16-bit stereo WAV at 48 kHz, exactly plan.samples long, at -14 LUFS and below -1 dBTP.

    `on_progress` is told the fraction of the work that is done, and may raise to stop it. Whatever is raised,
    no file is left behind.
    """
    try:
        with Scratch(into.parent) as scratch:
            stems = Builder(plan, scratch).stems()
            return _written(plan.samples, stems, into, on_progress or (lambda _: None))
    except OSError as error:
        into.unlink(missing_ok=True)
        raise BuildError(f"The sound cannot be written: {error.strerror}.", where=str(into)) from error
    except BaseException:
        into.unlink(missing_ok=True)
        raise


def _written(samples: int, stems: Stems, into: Path, on_progress: Callable[[float], None]) -> MixReport:
    foreseen = foresee(stems, samples)
    steady = not stems.voices and not stems.music and not any(track.curve for track in stems.others)
    gain_db = _EFFECTS_ONLY_GAIN_DB if steady else foreseen.gain_db(TARGET_LUFS, CEILING_DBTP)
    limiter = Limiter(CEILING_DBTP)
    heard = _write_once(samples, stems, linear(gain_db), limiter, into, on_progress)
    miss = TARGET_LUFS - heard.integrated_lufs
    passes = 1
    if not steady and _CLOSE_ENOUGH_LU < abs(miss) < _CORRECTABLE_LU:
        passes, gain_db, limiter = 2, gain_db + miss, Limiter(CEILING_DBTP)
        heard = _write_once(samples, stems, linear(gain_db), limiter, into, lambda _: on_progress(1.0))
    return _report(samples, stems, foreseen, heard, gain_db, limiter, passes)


def _write_once(
    samples: int, stems: Stems, gain: float, limiter: Limiter, into: Path, on_progress: Callable[[float], None]
) -> Loudness:
    meter = Meter(2)
    done = 0
    with WavWriter(into, samples) as file:
        for block in limiter.limited(_mixed(stems.tracks, samples, gain)):
            for first in range(0, block.shape[1], BLOCK):
                file.write(block[:, first : first + BLOCK])
            meter.add(block)
            done += block.shape[1]
            on_progress(done / max(1, samples))
    return meter.result()


def _mixed(tracks: Sequence[Track], samples: int, gain: float) -> Iterator[Samples]:
    waiting = sorted(tracks, key=lambda track: track.start, reverse=True)
    playing: list[Track] = []
    for first in range(0, samples, BLOCK):
        block = np.zeros((2, min(BLOCK, samples - first)), np.float32)
        while waiting and waiting[-1].start < first + block.shape[1]:
            playing.append(waiting.pop())
        playing = [track for track in playing if track.end > first]
        for track in playing:
            track.add(block, first)
        block *= np.float32(gain)
        yield block


def _report(
    samples: int, stems: Stems, foreseen: Foreseen, heard: Loudness, gain_db: float, limiter: Limiter, passes: int
) -> MixReport:
    levels_db = stems.music.curve.at(np.arange(0, samples / RATE, _RAMP_STEP_S)) if stems.music else np.zeros(1)
    ramps = measure_ramps(levels_db, _RAMP_STEP_S * 1000)
    return MixReport(
        samples=samples,
        integrated_lufs=_finite(heard.integrated_lufs),
        true_peak_dbtp=_finite(heard.true_peak_dbtp),
        loudness_range_lu=heard.range_lu,
        gain_db=gain_db,
        limited_db=limiter.deepest_db,
        music_volume=stems.music_volume,
        music_under_voice_lu=foreseen.music_under_voice_lu,
        duck_attack_ms=_median(ramps.attacks_ms),
        duck_release_ms=_median(ramps.releases_ms),
        speech_s=sum(span.end_s - span.start_s for span in stems.spans),
        passes=passes,
        warnings=(*stems.warnings, *_too_uneven(heard)),
    )


def _too_uneven(heard: Loudness) -> tuple[str, ...]:
    if not _TOLERANCE_LU < TARGET_LUFS - heard.integrated_lufs < np.inf:
        return ()
    return (
        f"The film's sound reaches {heard.integrated_lufs:.1f} LUFS instead of {TARGET_LUFS:.0f}: "
        "it is very quiet but for a few loud moments.",
    )


def _median(times_ms: Sequence[float]) -> float | None:
    return float(np.median(times_ms)) if times_ms else None


def _finite(level: float) -> float | None:
    return level if np.isfinite(level) else None
