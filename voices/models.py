"""What a voice is, what it says, and what an engine must be able to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

Samples = NDArray[np.float32]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Delivery(_Part):
    paid: ClassVar[bool] = False


class EspeakVoice(_Delivery):
    """How libespeak-ng is to sound: `name` is its language and variant, `en-us+m7`."""

    engine: Literal["espeak"]
    name: str
    words_a_minute: int = Field(default=160, ge=80, le=300, description="the library's own rate setting")
    pitch: int = Field(default=50, ge=0, le=99)
    pitch_range: int = Field(default=50, ge=0, le=99)
    word_gap: int = Field(default=0, ge=0, le=20, description="in steps of 10 ms")
    echo_ms: int = Field(default=0, ge=0, le=500, description="of the library's variant: taken out again")
    echo_amount: int = Field(default=0, ge=0, le=100, description="as the variant's file says it")
    equaliser_db: tuple[Annotated[float, Field(ge=-12, le=12)], ...] = Field(
        default=(), description="gain of each band of the polish, so that it comes close to recorded speech"
    )


class FliteVoice(_Delivery):
    """A voice of libflite, by the name that its library carries."""

    engine: Literal["flite"]
    name: str = Field(pattern=r"^[a-z0-9_]+$")


class KokoroVoice(_Delivery):
    """A style of the Kokoro model, and the language its text is read in."""

    engine: Literal["kokoro"]
    style: str
    phonemes: str = Field(default="en-us", description="the language's name in espeak")


class OpenAIVoice(_Delivery):
    """A voice of the speech endpoint."""

    paid: ClassVar[bool] = True
    engine: Literal["openai"]
    model: str
    voice: str
    instructions: str = ""


class ElevenLabsVoice(_Delivery):
    """A premade voice by its id."""

    paid: ClassVar[bool] = True
    engine: Literal["elevenlabs"]
    model: str
    voice_id: str
    stability: float = Field(default=0.5, ge=0, le=1)
    similarity: float = Field(default=0.75, ge=0, le=1)


Delivery = Annotated[
    EspeakVoice | FliteVoice | KokoroVoice | OpenAIVoice | ElevenLabsVoice, Field(discriminator="engine")
]


class Voice(_Part):
    """One entry of the catalogue."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str
    language: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", description="en-US, de, ...")
    gender: Literal["female", "male", "neutral"]
    description: str
    licence: str
    commercial: bool = Field(description="may be used in a paid product")
    words_per_minute: float = Field(ge=60, le=300, description="at rate 1, sentence pauses included")
    measured: bool = Field(description="whether the rate was measured here or is the provider's")
    sample: str = Field(min_length=10, max_length=300, description="the line that a creator listens to")
    cents_per_1000_characters: float = Field(default=0, ge=0, description="the provider's list price, in US cents")
    needs: str = Field(description="what must be there before it can speak, in words")
    delivery: Delivery

    @property
    def engine(self) -> str:
        return self.delivery.engine

    @property
    def paid(self) -> bool:
        """What it says is charged by a provider."""
        return self.delivery.paid

    def cost_cents(self, characters: int) -> float:
        """What the provider will ask for so many characters."""
        return self.cents_per_1000_characters * characters / 1000

    @property
    def base_language(self) -> str:
        return self.language.split("-")[0]


@dataclass(frozen=True)
class SpokenWord:
    """When a stretch of the spoken text is heard: characters [start, end) from start_s to end_s."""

    start: int
    end: int
    start_s: float
    end_s: float


@dataclass(frozen=True, eq=False)
class Speech:
    """What an engine gives: mono float32 samples in [-1, 1], with the time of every word where it knows them."""

    samples: Samples
    sample_rate: int
    words: tuple[SpokenWord, ...] | None = None

    @property
    def duration_s(self) -> float:
        return len(self.samples) / self.sample_rate


class Engine(Protocol):
    """Turns text into speech. Safe to call from several threads at once."""

    def missing(self, voice: Voice) -> str | None:
        """What keeps this voice from speaking here, as a sentence; None when it can speak."""
        ...

    def speak(self, text: str, voice: Voice, rate: float = 1.0, *, take: int = 1) -> Speech:
        """Say the text `rate` times as fast as usual. A paid engine gives the same take for the same arguments."""
        ...
