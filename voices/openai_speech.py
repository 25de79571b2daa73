"""Speech by the OpenAI endpoint: natural, paid, without word times."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import TYPE_CHECKING

from voices.errors import SpeechFailed, VoiceUnavailable
from voices.models import OpenAIVoice, Speech, Voice
from voices.sentences import parts
from voices.settings import VoiceSettings
from voices.sounds import from_pcm16, joined

if TYPE_CHECKING:
    from openai import OpenAI

SAMPLE_RATE = 24_000
LIMIT_CHARACTERS = 3800
TIMEOUT_S = 120.0


class OpenAIEngine:
    """Retries are the client's own. The same take has the same idempotency key, so it is paid for once."""

    def __init__(self, settings: VoiceSettings) -> None:
        self._settings = settings

    def missing(self, voice: Voice) -> str | None:
        if not self._settings.openai_key:
            return f"{voice.name} needs an OpenAI key: set OPENAI_API_KEY, or choose another voice."
        return None

    def speak(self, text: str, voice: Voice, rate: float = 1.0, *, take: int = 1) -> Speech:
        if not isinstance(voice.delivery, OpenAIVoice):
            raise SpeechFailed(f"{voice.id} is not a voice of OpenAI.")
        if missing := self.missing(voice):
            raise VoiceUnavailable(missing)
        delivery = voice.delivery
        return joined(
            [(part.start, self._part(part.text, delivery, rate, take)) for part in parts(text, LIMIT_CHARACTERS)]
        )

    def _part(self, text: str, delivery: OpenAIVoice, rate: float, take: int) -> Speech:
        import openai

        try:
            raw = self._request(text, delivery, rate, take)
        except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
            raise VoiceUnavailable("OpenAI refused the key: check OPENAI_API_KEY.") from error
        except openai.NotFoundError as error:
            raise VoiceUnavailable(f"OpenAI no longer offers {delivery.model}: choose another voice.") from error
        except openai.RateLimitError as error:
            raise SpeechFailed("OpenAI is busy or the account has no credit left. Try again later.") from error
        except openai.APIStatusError as error:
            raise SpeechFailed(f"OpenAI would not speak this text: {error.message}") from error
        except openai.APIConnectionError as error:
            raise SpeechFailed("OpenAI could not be reached. Check the connection and try again.") from error
        samples = from_pcm16(raw)
        if not samples.size:
            raise SpeechFailed("OpenAI answered without any sound. Try again.")
        return Speech(samples, SAMPLE_RATE)

    def _request(self, text: str, delivery: OpenAIVoice, rate: float, take: int) -> bytes:
        from openai import omit

        answer = self._client.audio.speech.with_raw_response.create(
            model=delivery.model,
            voice=delivery.voice,
            input=text,
            response_format="pcm",
            speed=round(rate, 3),
            instructions=delivery.instructions or omit,
            extra_headers={"Idempotency-Key": _key(delivery.model_dump_json(), text, rate, take)},
        )
        if not answer.headers.get("content-type", "").startswith(("audio/", "application/octet-stream")):
            raise SpeechFailed("OpenAI answered with something that is not sound. Try again.")
        return answer.content

    @cached_property
    def _client(self) -> OpenAI:
        from openai import OpenAI

        address = self._settings.openai_address or None
        return OpenAI(api_key=self._settings.openai_key, base_url=address, timeout=TIMEOUT_S, max_retries=3)


def _key(*about: object) -> str:
    return hashlib.sha256(json.dumps(about).encode()).hexdigest()
