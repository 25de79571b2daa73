"""Who can speak here and now: the catalogue, the engines of this machine, and the choice between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voices.catalogue import Catalogue, published
from voices.elevenlabs_speech import ElevenLabsEngine
from voices.errors import VoiceUnavailable
from voices.espeak import EspeakEngine
from voices.flite import FliteEngine
from voices.kokoro import KokoroEngine
from voices.kokoro.weights import Progress
from voices.models import Engine, Speech, Voice
from voices.openai_speech import OpenAIEngine
from voices.settings import VoiceSettings

DEFAULT = "default"
CHARACTERS_A_WORD = 6
PREFERRED_ENGINES = ("kokoro", "espeak")


def engines(settings: VoiceSettings) -> dict[str, Engine]:
    """Every engine by the name that the catalogue gives it. Nothing heavy is loaded yet."""
    return {
        "espeak": EspeakEngine(),
        "flite": FliteEngine(),
        "kokoro": KokoroEngine(settings),
        "openai": OpenAIEngine(settings),
        "elevenlabs": ElevenLabsEngine(settings),
    }


@dataclass(frozen=True)
class Choice:
    """The voice that will speak, and what the creator should know about it."""

    voice: Voice
    notes: tuple[str, ...] = ()


class Cast:
    """Speaks with any voice of the catalogue that this machine can speak with."""

    def __init__(
        self,
        settings: VoiceSettings | None = None,
        *,
        catalogue: Catalogue | None = None,
        engines_by_name: Mapping[str, Engine] | None = None,
        fetching: Progress | None = None,
    ) -> None:
        """`fetching` hears of every fetch that is not told to anybody else."""
        self.catalogue = catalogue or published()
        self._engines = dict(engines_by_name or engines(settings or VoiceSettings.from_environment()))
        self._fetching = fetching

    def missing(self, voice: Voice) -> str | None:
        """What keeps the voice from speaking here, as a sentence; None when it can."""
        engine = self._engines.get(voice.engine)
        return engine.missing(voice) if engine else f"{voice.name} needs the engine {voice.engine}."

    def ready(self, *, language: str = "", commercial: bool = False) -> tuple[Voice, ...]:
        """Every voice that could speak right now."""
        return tuple(v for v in self.catalogue.of(language=language, commercial=commercial) if not self.missing(v))

    def choose(
        self, voice_id: str, *, language: str = "en", commercial: bool = False, progress: Progress | None = None
    ) -> Choice:
        """The voice of that id, fetched if need be; `default` is the best one that is here already."""
        if voice_id == DEFAULT:
            return self._default(language, commercial)
        voice = self.catalogue.find(voice_id)
        if commercial and not voice.commercial:
            raise VoiceUnavailable(
                f"{voice.name} may not be used in a paid product ({voice.licence}): choose another voice."
            )
        if fallen_back := self._brought(voice, language, commercial, progress):
            return fallen_back
        if missing := self.missing(voice):
            raise VoiceUnavailable(missing)
        return Choice(voice, _foreign(voice, language))

    def expected_cents(self, voice_id: str, minutes: float) -> float:
        """What the voice's provider will charge, about; `default` costs nothing."""
        if voice_id == DEFAULT:
            return 0.0
        voice = self.catalogue.find(voice_id)
        return voice.cost_cents(round(minutes * voice.words_per_minute * CHARACTERS_A_WORD))

    def speak(self, text: str, voice: Voice, rate: float = 1.0, *, take: int = 1) -> Speech:
        """Say the text `rate` times as fast as the voice usually speaks."""
        if missing := self.missing(voice):
            raise VoiceUnavailable(missing)
        return self._engines[voice.engine].speak(text, voice, rate, take=take)

    def fetch(self, progress: Progress | None = None) -> None:
        """Bring the files of the voices that can be downloaded."""
        for engine in self._engines.values():
            if isinstance(engine, KokoroEngine):
                engine.fetch(progress)

    def _default(self, language: str, commercial: bool) -> Choice:
        """The notes are for whoever asked for the film; what the machine lacks is for who runs it."""
        notes: list[str] = []
        lacks: list[str] = []
        for engine in PREFERRED_ENGINES:
            for voice in self.catalogue.of(engine=engine, language=language, commercial=commercial)[:1]:
                missing = self.missing(voice)
                if missing is None:
                    spoken = (f"{voice.name} speaks instead.",) if notes else ()
                    return Choice(voice, (*notes, *spoken))
                notes.append(f"{voice.name} is not set up here.")
                lacks.append(missing)
        raise VoiceUnavailable(
            " ".join(lacks) or f"No voice speaks the language “{language}” without a key: choose a voice yourself."
        )

    def _brought(self, voice: Voice, language: str, commercial: bool, progress: Progress | None) -> Choice | None:
        """Fetches the files of a voice that has some; offline, the default speaks and says so."""
        engine = self._engines.get(voice.engine)
        if not isinstance(engine, KokoroEngine) or engine.weights.here or self.missing(voice) is None:
            return None
        try:
            engine.fetch(progress or self._fetching)
        except VoiceUnavailable as error:
            instead = self._default(language, commercial)
            return Choice(instead.voice, (f"{error} {instead.voice.name} speaks instead of {voice.name}.",))
        return None


def _foreign(voice: Voice, language: str) -> tuple[str, ...]:
    if voice.base_language in ("mul", language.split("-")[0].lower()):
        return ()
    return (f"{voice.name} speaks {voice.language}, but the script is in “{language}”.",)
