"""Every voice's sample line as a small file, spoken once by its own engine."""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any
from uuid import uuid4

from voices import Cast, Speech, Voice, VoicesError
from voices.errors import SpeechFailed

_BIT_RATE = 64_000
_PEAK = 0.7
_AT_ONCE = BoundedSemaphore(2)
_PATIENCE_S, _PAUSE_S = 20.0, 60.0
_log = logging.getLogger(__name__)


class SpokenSamples:
    """Each voice says its line once; from then on the file is there. A changed voice or line is said anew."""

    def __init__(self, folder: Path, cast: Cast | None = None) -> None:
        self._folder = folder
        self._cast = cast or Cast()
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)
        self._failed: dict[str, tuple[float, VoicesError]] = {}

    def of(self, voice_id: str) -> Path:
        voice = self._cast.catalogue.find(voice_id)
        path = self._folder / f"{voice.id}-{_fingerprint(voice)}.mp3"
        if path.exists():
            return path
        with self._locks[voice.id]:
            if not path.exists():
                self._speak(voice, path)
        return path

    def _speak(self, voice: Voice, path: Path) -> None:
        """Anybody may ask for it: so few at a time, and what failed is not tried again for each who asks."""
        until, failure = self._failed.get(voice.id, (0.0, None))
        if failure is not None and until > time.monotonic():
            raise failure
        if not _AT_ONCE.acquire(timeout=_PATIENCE_S):
            raise SpeechFailed("Many voices are being tried just now. Try this one again in a minute.")
        try:
            _log.info("%s says its sample line", voice.id)
            self._keep(self._cast.speak(voice.sample, voice), path)
        except VoicesError as error:
            self._failed[voice.id] = time.monotonic() + _PAUSE_S, error
            raise
        finally:
            _AT_ONCE.release()

    def _keep(self, speech: Speech, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{uuid4().hex}")
        try:
            write_mp3(speech, unfinished)
            os.replace(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)


def write_mp3(speech: Speech, path: Path) -> None:
    """The one format that every browser plays. All samples peak at the same height, so none startles."""
    import av
    import numpy as np
    from av.audio.frame import AudioFrame

    peak = float(np.abs(speech.samples).max(initial=0)) or 1.0
    samples = np.ascontiguousarray(speech.samples * (_PEAK / peak), np.float32).reshape(1, -1)
    frame = AudioFrame.from_ndarray(samples, format="fltp", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = speech.sample_rate, 0, Fraction(1, speech.sample_rate)
    with av.open(str(path), "w", format="mp3") as file:
        stream: Any = file.add_stream("libmp3lame", rate=speech.sample_rate)
        stream.layout, stream.bit_rate = "mono", _BIT_RATE
        file.mux([*stream.encode(frame), *stream.encode(None)])


def _fingerprint(voice: Voice) -> str:
    said = voice.model_dump_json(include={"sample", "delivery"})
    return hashlib.sha256(said.encode()).hexdigest()[:12]
