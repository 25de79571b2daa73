"""Speech by Kokoro: as natural as paid voices, on the processor, without a network once its files are here."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from voices.errors import SpeechFailed, VoiceUnavailable
from voices.kokoro.weights import Progress, Weights, published_files
from voices.kokoro.words import word_times
from voices.models import KokoroVoice, Speech, Voice
from voices.sentences import parts
from voices.settings import VoiceSettings
from voices.sounds import joined

if TYPE_CHECKING:
    from kokoro_onnx import Kokoro

# About 300 phonemes: where the model sounds best, and far from the 510 at which it would have to be cut.
LIMIT_CHARACTERS = 300
SLOWEST, FASTEST = 0.5, 2.0


class KokoroEngine:
    """The model is loaded when it first speaks, once."""

    def __init__(self, settings: VoiceSettings, weights: Weights | None = None) -> None:
        self.weights = weights or Weights(settings.models / "kokoro", settings.kokoro_files, published_files())
        self._model: Kokoro | None = None
        self._loading = threading.Lock()

    def missing(self, voice: Voice) -> str | None:
        from importlib.util import find_spec

        if find_spec("kokoro_onnx") is None:
            return f"{voice.name} needs kokoro-onnx: `pip install kokoro-onnx`."
        if not self.weights.here:
            size_mb = self.weights.bytes // 1_000_000
            return f"{voice.name} needs Kokoro's files ({size_mb} MB, once): `python -m voices fetch`."
        return None

    def fetch(self, progress: Progress | None = None) -> None:
        self.weights.fetch(progress)

    def speak(self, text: str, voice: Voice, rate: float = 1.0, *, take: int = 1) -> Speech:
        del take
        if not isinstance(voice.delivery, KokoroVoice):
            raise SpeechFailed(f"{voice.id} is not a voice of Kokoro.")
        if missing := self.missing(voice):
            raise VoiceUnavailable(missing)
        if not any(map(str.isalnum, text)):
            raise SpeechFailed(f"{voice.name} found nothing to say in this text.")
        model = self._loaded()
        speed = min(FASTEST, max(SLOWEST, rate))
        spoken = [
            (part.start, _speak_part(model, part.text, voice.delivery, speed)) for part in parts(text, LIMIT_CHARACTERS)
        ]
        return joined(spoken)

    def _loaded(self) -> Kokoro:
        from kokoro_onnx import Kokoro

        with self._loading:
            if self._model is None:
                self._model = Kokoro(str(self.weights.path("model")), str(self.weights.path("styles")))
            return self._model


def _speak_part(model: Kokoro, text: str, delivery: KokoroVoice, speed: float) -> Speech:
    phonemes = model.tokenizer.phonemize(text, delivery.phonemes)
    try:
        samples, sample_rate, timings = model.create_timed(
            phonemes, delivery.style, speed, delivery.phonemes, is_phonemes=True
        )
    except ValueError as error:
        raise SpeechFailed(f"Kokoro could not say “{text[:60]}”: {error}") from error
    words = word_times(text, timings, lambda word: model.tokenizer.phonemize(word, delivery.phonemes))
    return Speech(samples.astype("float32", copy=False), sample_rate, words)
