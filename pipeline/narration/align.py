"""Forced alignment by WhisperX, breath by breath: its error grows with the length of what it is given.

Loaded only where it is installed. It never hears what was said: the text is known, only its times are not.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import re
import sys
import tempfile
import threading
import types
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from pipeline.narration.sound import Samples
from voices import SpokenWord

MODEL_RATE = 16_000
# Models whose licence allows paid use; of the other languages WhisperX knows its own.
MODELS = {"en": "facebook/wav2vec2-base-960h"}
UNSPACED_LANGUAGES = ("ja", "zh")


class Aligner(Protocol):
    """Finds when the words of a known text are heard; None when it cannot."""

    def align(self, text: str, samples: Samples, sample_rate: int, language: str) -> tuple[SpokenWord, ...] | None: ...


def is_installed() -> bool:
    return all(importlib.util.find_spec(name) is not None for name in ("whisperx", "torch", "transformers"))


class WhisperXAligner:
    """A model for each language is loaded once. `models` names folders or hub models that are used instead."""

    def __init__(self, *, models: dict[str, str] | None = None, device: str = "cpu", offline: bool = False) -> None:
        self._names = {**MODELS, **(models or {})}
        self._device, self._offline = device, offline
        self._models: dict[str, tuple[Any, dict[str, Any]] | None] = {}
        self._lock = threading.Lock()

    def load(self, language: str) -> bool:
        """Have its model ready before it is asked for; whether there is one."""
        return self._model(language) is not None

    def align(self, text: str, samples: Samples, sample_rate: int, language: str) -> tuple[SpokenWord, ...] | None:
        language = language.split("-")[0].lower()
        model = self._model(language)
        words = list(re.finditer(r"\S+", text))
        if model is None or not words or language in UNSPACED_LANGUAGES:
            return None
        found = self._found(" ".join(word[0] for word in words), samples, sample_rate, model)
        return _times(words, found)

    def _found(
        self, text: str, samples: Samples, sample_rate: int, model: tuple[Any, dict[str, Any]]
    ) -> list[dict[str, Any]]:
        from scipy.signal import resample_poly
        from whisperx.alignment import align

        common = int(np.gcd(sample_rate, MODEL_RATE))
        sound = resample_poly(samples, MODEL_RATE // common, sample_rate // common).astype(np.float32)
        segment = {"text": text, "start": 0.0, "end": len(sound) / MODEL_RATE}
        with self._lock:
            result = align([segment], model[0], model[1], sound, self._device)
        words: list[dict[str, Any]] = result["word_segments"]
        return words

    def _model(self, language: str) -> tuple[Any, dict[str, Any]] | None:
        """None, from then on, for a language that has no model here."""
        with self._lock:
            if language not in self._models:
                self._models[language] = self._loaded(language)
            return self._models[language]

    def _loaded(self, language: str) -> tuple[Any, dict[str, Any]] | None:
        if not is_installed():
            return None
        _without_torchaudio()
        _without_downloads_by_nltk()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from whisperx.alignment import load_align_model

            try:
                return load_align_model(
                    language, self._device, model_name=self._names.get(language), model_cache_only=self._offline
                )
            except (ValueError, OSError):
                # No model of the language, or none that can be reached: the estimate stands in and says so.
                return None


def _times(words: Sequence[re.Match[str]], found: Sequence[dict[str, Any]]) -> tuple[SpokenWord, ...] | None:
    """The aligner gives back the words that it was given; if one is lost, none can be trusted."""
    if [word["word"] for word in found] != [word[0] for word in words]:
        return None
    return tuple(
        SpokenWord(*word.span(), float(entry["start"]), float(entry["end"]))
        for word, entry in zip(words, found, strict=True)
        if "start" in entry and "end" in entry
    )


def _without_torchaudio() -> None:
    """Where it is not installed, WhisperX still reads one list from it: which models it would bring."""
    if "torchaudio" in sys.modules or importlib.util.find_spec("torchaudio"):
        return
    # Asked now, while there is no such module: transformers keeps the answer.
    import transformers.utils.import_utils as _  # noqa: F401

    module, pipelines = types.ModuleType("torchaudio"), types.ModuleType("torchaudio.pipelines")
    module.__spec__ = importlib.machinery.ModuleSpec("torchaudio", None)
    vars(pipelines)["__all__"] = []
    vars(module)["pipelines"] = pipelines
    sys.modules["torchaudio"], sys.modules["torchaudio.pipelines"] = module, pipelines


def _without_downloads_by_nltk() -> None:
    """WhisperX parts its text into sentences and fetches data for it; one breath needs none, so the data is empty."""
    import nltk

    folder = Path(tempfile.gettempdir()) / "canvascast-nltk"
    punkt = folder / "tokenizers" / "punkt_tab" / "english"
    punkt.mkdir(parents=True, exist_ok=True)
    for name in ("abbrev_types.txt", "collocations.tab", "sent_starters.txt", "ortho_context.tab"):
        (punkt / name).touch()
    if str(folder) not in nltk.data.path:
        nltk.data.path.append(str(folder))
