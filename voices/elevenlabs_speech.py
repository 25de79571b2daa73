"""Speech by ElevenLabs: natural, paid, with the time of every character."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import time
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from voices.errors import SpeechFailed, VoiceUnavailable
from voices.models import ElevenLabsVoice, Speech, SpokenWord, Voice
from voices.sentences import parts
from voices.settings import VoiceSettings
from voices.sounds import from_pcm16, joined

if TYPE_CHECKING:
    import httpx

SAMPLE_RATE = 24_000
LIMIT_CHARACTERS = 2400
SLOWEST, FASTEST = 0.7, 1.2
TRIES = 4
LONGEST_WAIT_S = 20.0
TIMEOUT_S = 120.0


class Alignment(BaseModel):
    """Every character of the text, and when it is heard."""

    characters: list[str]
    character_start_times_seconds: list[float]
    character_end_times_seconds: list[float]


class Answer(BaseModel):
    """What the endpoint gives."""

    audio_base64: str
    alignment: Alignment | None = None


class ElevenLabsEngine:
    """Spoken over plain HTTPS. The same take has the same idempotency key through all tries."""

    def __init__(self, settings: VoiceSettings) -> None:
        self._settings = settings

    def missing(self, voice: Voice) -> str | None:
        if not self._settings.elevenlabs_key:
            return f"{voice.name} needs an ElevenLabs key: set ELEVENLABS_API_KEY, or choose another voice."
        return None

    def speak(self, text: str, voice: Voice, rate: float = 1.0, *, take: int = 1) -> Speech:
        if not isinstance(voice.delivery, ElevenLabsVoice):
            raise SpeechFailed(f"{voice.id} is not a voice of ElevenLabs.")
        if missing := self.missing(voice):
            raise VoiceUnavailable(missing)
        delivery = voice.delivery
        return joined(
            [(part.start, self._part(part.text, delivery, rate, take)) for part in parts(text, LIMIT_CHARACTERS)]
        )

    def _part(self, text: str, delivery: ElevenLabsVoice, rate: float, take: int) -> Speech:
        body = _body(text, delivery, rate, take)
        answer = _read(self._ask(f"/v1/text-to-speech/{delivery.voice_id}/with-timestamps", body))
        try:
            samples = from_pcm16(base64.b64decode(answer.audio_base64, validate=True))
        except binascii.Error as error:
            raise SpeechFailed("ElevenLabs answered with sound that cannot be read. Try again.") from error
        if not samples.size:
            raise SpeechFailed("ElevenLabs answered without any sound. Try again.")
        return Speech(samples, SAMPLE_RATE, _words(text, answer.alignment))

    def _ask(self, path: str, body: dict[str, Any]) -> httpx.Response:
        """As patient as the SDKs of the other providers: what may pass is tried again, what will not is raised."""
        import httpx

        key = hashlib.sha256(json.dumps([path, body], sort_keys=True).encode()).hexdigest()
        for attempt in range(1, TRIES + 1):
            try:
                answer = self._client.post(
                    path, json=body, params={"output_format": "pcm_24000"}, headers={"Idempotency-Key": key}
                )
            except httpx.HTTPError as error:
                if attempt == TRIES:
                    raise SpeechFailed(
                        "ElevenLabs could not be reached. Check the connection and try again."
                    ) from error
                time.sleep(_wait_s(attempt, ""))
                continue
            if answer.status_code == 200:
                return answer
            if attempt == TRIES or not _may_pass(answer.status_code):
                raise _refusal(answer)
            time.sleep(_wait_s(attempt, answer.headers.get("retry-after", "")))
        raise AssertionError("the last try either returns or raises")

    @cached_property
    def _client(self) -> httpx.Client:
        import httpx

        headers = {"xi-api-key": self._settings.elevenlabs_key}
        return httpx.Client(base_url=self._settings.elevenlabs_address, headers=headers, timeout=TIMEOUT_S)


def _body(text: str, delivery: ElevenLabsVoice, rate: float, take: int) -> dict[str, Any]:
    return {
        "text": text,
        "model_id": delivery.model,
        "seed": take,
        "voice_settings": {
            "stability": delivery.stability,
            "similarity_boost": delivery.similarity,
            "speed": round(min(FASTEST, max(SLOWEST, rate)), 3),
        },
    }


def _may_pass(status: int) -> bool:
    return status in (408, 409, 429) or status >= 500


def _wait_s(attempt: int, retry_after: str) -> float:
    if re.fullmatch(r"\d+(\.\d+)?", retry_after):
        return min(float(retry_after), LONGEST_WAIT_S)
    return min(0.5 * 2 ** (attempt - 1), LONGEST_WAIT_S)


def _refusal(answer: httpx.Response) -> SpeechFailed | VoiceUnavailable:
    if answer.status_code in (401, 403):
        return VoiceUnavailable("ElevenLabs refused the key: check ELEVENLABS_API_KEY.")
    if answer.status_code == 404:
        return VoiceUnavailable("ElevenLabs does not know this voice any more: choose another one.")
    if answer.status_code == 429:
        return SpeechFailed("ElevenLabs is busy or the account has no characters left. Try again later.")
    return SpeechFailed(f"ElevenLabs would not speak this text (status {answer.status_code}).")


def _read(answer: httpx.Response) -> Answer:
    try:
        return Answer.model_validate_json(answer.content)
    except ValidationError as error:
        raise SpeechFailed("ElevenLabs answered with something that is not speech. Try again.") from error


def _words(text: str, alignment: Alignment | None) -> tuple[SpokenWord, ...] | None:
    """None when the alignment is not about this text, letter for letter."""
    if alignment is None or "".join(alignment.characters) != text or len(alignment.characters) != len(text):
        return None
    starts, ends = alignment.character_start_times_seconds, alignment.character_end_times_seconds
    if len(starts) != len(text) or len(ends) != len(text):
        return None
    return tuple(
        SpokenWord(*found.span(), starts[found.start()], ends[found.end() - 1])
        for found in re.finditer(r"\S+", text)
        if any(map(str.isalnum, found[0]))
    )
