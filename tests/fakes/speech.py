"""The speech endpoints of OpenAI and ElevenLabs: they speak in tones, count, remember what was paid, and misbehave.

Every word is a tone of its own length, so that whoever listens can tell words and pauses apart.
"""

from __future__ import annotations

import asyncio
import base64
import re
from collections import deque
from dataclasses import dataclass, field
from typing import Literal, Self

import numpy as np
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.fakes.loopback import Loopback

SAMPLE_RATE = 24_000
SECONDS_A_LETTER, GAP_S, SENTENCE_GAP_S = 0.06, 0.04, 0.3

Trouble = Literal["429", "500", "401", "404", "refused", "slow", "cut_off", "malformed", "silent", "clipped", "empty"]


@dataclass(frozen=True)
class Call:
    """One request that reached the server."""

    path: str
    text: str
    key: str
    body: dict


@dataclass(frozen=True)
class Spoken:
    """Samples, and when each character of the text is heard."""

    samples: np.ndarray
    starts: list[float]
    ends: list[float]


@dataclass
class SpeechServer:
    """`trouble` is what the next requests meet, one each; then all is well again."""

    key: str = "secret"
    slow_s: float = 0.0
    pace: float = 0.0
    """Seconds that it takes for a second of sound: 1 is real time."""
    trouble: deque[Trouble] = field(default_factory=deque)
    calls: list[Call] = field(default_factory=list)
    paid: dict[str, Response] = field(default_factory=dict)
    charged: int = 0
    timestamps: bool = True

    def __post_init__(self) -> None:
        self._loopback = Loopback()
        self.url = self._loopback.url

    def __enter__(self) -> Self:
        routes = [
            Route("/v1/audio/speech", self._openai, methods=["POST"]),
            Route("/v1/text-to-speech/{voice}/with-timestamps", self._elevenlabs, methods=["POST"]),
        ]
        self._loopback.serve(Starlette(routes=routes))
        return self

    def __exit__(self, *_: object) -> None:
        self._loopback.stop()

    async def _openai(self, request: Request) -> Response:
        authorised = request.headers.get("authorization") == f"Bearer {self.key}"
        body = await request.json()
        return await self._answer(request, body, body.get("input", ""), authorised, _as_pcm)

    async def _elevenlabs(self, request: Request) -> Response:
        authorised = request.headers.get("xi-api-key") == self.key
        body = await request.json()
        shape = _as_timestamps if self.timestamps else _as_sound_only
        return await self._answer(request, body, body.get("text", ""), authorised, shape)

    async def _answer(self, request: Request, body: dict, text: str, authorised: bool, shape) -> Response:
        key = request.headers.get("idempotency-key", "")
        self.calls.append(Call(request.url.path, text, key, body))
        trouble = self.trouble.popleft() if self.trouble else None
        if trouble == "slow":
            await asyncio.sleep(self.slow_s)
        if not authorised or trouble == "401":
            return _error(401, "invalid_api_key", "Incorrect API key provided.")
        if trouble in ("429", "500", "404", "refused"):
            return _TROUBLES[trouble]()
        if key in self.paid:
            return self.paid[key]
        spoken = speak(text, body)
        await asyncio.sleep(self.pace * len(spoken.samples) / SAMPLE_RATE)
        answer = shape(text, spoken, trouble)
        self.charged += 1
        if key and trouble is None:
            self.paid[key] = answer
        return answer


def speak(text: str, body: dict) -> Spoken:
    """Tones, faster as the request asks."""
    speed = body.get("speed") or body.get("voice_settings", {}).get("speed") or 1.0
    starts, ends, parts = [], [], []
    at = 0.0
    for match in re.finditer(r"\S+|\s+", text):
        word = match[0]
        if word.isspace():
            length = (SENTENCE_GAP_S if text[match.start() - 1] in ".!?" else GAP_S) / speed
            tone = np.zeros(round(length * SAMPLE_RATE))
        else:
            length = SECONDS_A_LETTER * len(word) / speed
            time_s = np.arange(round(length * SAMPLE_RATE)) / SAMPLE_RATE
            tone = 0.3 * np.sin(2 * np.pi * 180 * time_s) * np.minimum(1, np.minimum(time_s, length - time_s) / 0.005)
        length = len(tone) / SAMPLE_RATE
        for letter in range(len(word)):
            starts.append(at + length * letter / len(word))
            ends.append(at + length * (letter + 1) / len(word))
        parts.append(tone)
        at += length
    return Spoken(np.concatenate(parts) if parts else np.zeros(0), starts, ends)


def _pcm(samples: np.ndarray, trouble: str | None) -> bytes:
    if trouble == "silent":
        samples = np.zeros_like(samples)
    if trouble == "clipped":
        samples = np.clip(samples * 40, -1, 1)
    if trouble == "empty":
        samples = samples[:0]
    return (samples * 32767).astype("<i2").tobytes()


def _as_pcm(text: str, spoken: Spoken, trouble: str | None) -> Response:
    pcm = _pcm(spoken.samples, trouble)
    if trouble == "malformed":
        return JSONResponse({"unexpected": "not sound"})
    return _cut(pcm, "audio/pcm") if trouble == "cut_off" else Response(pcm, media_type="audio/pcm")


def _as_timestamps(text: str, spoken: Spoken, trouble: str | None) -> Response:
    if trouble == "malformed":
        return JSONResponse({"audio_base64": "***", "alignment": None})
    body = {
        "audio_base64": base64.b64encode(_pcm(spoken.samples, trouble)).decode(),
        "alignment": {
            "characters": list(text),
            "character_start_times_seconds": spoken.starts,
            "character_end_times_seconds": spoken.ends,
        },
    }
    answer = JSONResponse(body)
    return _cut(bytes(answer.body), "application/json") if trouble == "cut_off" else answer


def _as_sound_only(text: str, spoken: Spoken, trouble: str | None) -> Response:
    return JSONResponse({"audio_base64": base64.b64encode(_pcm(spoken.samples, trouble)).decode(), "alignment": None})


def _cut(content: bytes, media_type: str) -> Response:
    """Promises everything and breaks the connection in the middle."""

    async def half():
        yield content[: len(content) // 2]

    return StreamingResponse(half(), media_type=media_type, headers={"content-length": str(len(content))})


def _error(status: int, code: str, message: str, headers: dict | None = None) -> Response:
    body = {"error": {"message": message, "type": code, "code": code, "param": None}, "detail": {"status": code}}
    return JSONResponse(body, status_code=status, headers=headers)


_TROUBLES = {
    "429": lambda: _error(
        429, "rate_limit_exceeded", "Too many requests.", {"retry-after": "0.01", "retry-after-ms": "10"}
    ),
    "500": lambda: _error(
        500, "server_error", "The server had an error.", {"retry-after": "0.01", "retry-after-ms": "10"}
    ),
    "404": lambda: _error(404, "model_not_found", "The model does not exist."),
    "refused": lambda: _error(400, "content_policy_violation", "This text is not allowed."),
}
