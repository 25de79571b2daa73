"""What goes wrong in the making of a film: what is tried again here, what elsewhere, and what its creator reads."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pipeline.errors import (
    AssetError,
    BriefError,
    BuildError,
    CheckError,
    PictureError,
    PipelineError,
    RenderError,
    ScriptError,
    SourceError,
    TimelineError,
    VoiceError,
)
from pipeline.pictures.errors import PainterUnavailable
from pipeline.progress import Cancel
from studio.errors import FilesUnavailable, InvalidValue, JobFailed, StoreUnavailable, StudioError
from studio.jobs import Stage
from voices.errors import SpeechFailed

Made = TypeVar("Made")
_log = logging.getLogger(__name__)
_STAGES: tuple[tuple[type[PipelineError], Stage], ...] = (
    (BriefError, "SCRIPTING"),
    (SourceError, "SCRIPTING"),
    (ScriptError, "SCRIPTING"),
    (VoiceError, "VOICE_GEN"),
    (PictureError, "IMAGE_GEN"),
    (TimelineError, "TIMELINE"),
    (AssetError, "RENDERING"),
    (RenderError, "RENDERING"),
    (CheckError, "PACKAGING"),
)
_ELSEWHERE_PAUSE_S = 30
_PAUSE_S = 1.0


def patiently(once: Callable[[], Made], cancel: Cancel, *, pause_s: float = _PAUSE_S) -> Made:
    """Pictures three times more, a voice and a rendering once more; what was made before is found, not made again."""
    tried: Counter[str] = Counter()
    while True:
        try:
            return once()
        except PipelineError as error:
            kind, most = _retries(error)
            tried[kind] += 1
            if tried[kind] > most:
                raise
            _log.warning("%s, try %d of %d: %s", kind, tried[kind] + 1, most + 1, error)
            _wait(pause_s * 2 ** (tried[kind] - 1), cancel)


def failure_of(error: PipelineError | StudioError, folder: Path) -> JobFailed:
    """The sentence for its creator, without the paths of this machine; and whether another machine may manage."""
    if isinstance(error, InvalidValue):
        return JobFailed(error.message, reason=BriefError.code, step="SCRIPTING")
    if isinstance(error, StudioError):
        passing = isinstance(error, StoreUnavailable | FilesUnavailable)
        return JobFailed(error.message, reason=error.code, again=passing, pause_s=_ELSEWHERE_PAUSE_S)
    step = next((stage for kind, stage in _STAGES if isinstance(error, kind)), None)
    text = error.message if (error.where or "").startswith("/") else str(error)
    sentence = text.replace(f"{folder}/", "")
    passing = isinstance(error, BuildError)
    return JobFailed(sentence, reason=error.code, step=step, again=passing, pause_s=_ELSEWHERE_PAUSE_S)


def _retries(error: PipelineError) -> tuple[str, int]:
    """How often its kind is tried again. What only a change by the creator can mend is not."""
    if isinstance(error, PainterUnavailable):
        return "pictures", 3
    if isinstance(error, VoiceError) and isinstance(error.__cause__, SpeechFailed):
        return "voice", 1
    if isinstance(error, RenderError):
        return "rendering", 1
    return error.code, 0


def _wait(seconds: float, cancel: Cancel) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        cancel.check()
        time.sleep(0.1)
