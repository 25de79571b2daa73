"""One account at one address that writes, paints and speaks, and counts what it bills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from starlette.applications import Starlette
from starlette.routing import Route

from tests.fakes.chat import ChatServer, compose
from tests.fakes.images import ImageServer
from tests.fakes.loopback import Loopback
from tests.fakes.speech import SpeechServer

KEY = "secret"


@dataclass
class Provider:
    """`script_s`, `picture_s` and `speech_pace` are how long its answers take; a pace of 1 speaks in real time."""

    script_s: float = 0.0
    picture_s: float = 0.0
    speech_pace: float = 0.0
    author: Callable[[dict], dict] = compose
    chat: ChatServer = field(init=False)
    images: ImageServer = field(init=False)
    speech: SpeechServer = field(init=False)

    def __post_init__(self) -> None:
        self.chat = ChatServer(author=self.author, delay_s=self.script_s, token=KEY)
        self.images = ImageServer(key=KEY, answer_s=self.picture_s)
        self.speech = SpeechServer(key=KEY, pace=self.speech_pace)
        self._loopback = Loopback()
        self.url = self._loopback.url

    def __enter__(self) -> Self:
        routes = [
            *self.chat.app().routes,
            Route("/v1/images/generations", self.images._generate, methods=["POST"]),
            Route("/v1/images/edits", self.images._edit, methods=["POST"]),
            Route("/v1/audio/speech", self.speech._openai, methods=["POST"]),
            Route("/v1/text-to-speech/{voice}/with-timestamps", self.speech._elevenlabs, methods=["POST"]),
        ]
        self._loopback.serve(Starlette(routes=routes))
        return self

    def __exit__(self, *_: object) -> None:
        self._loopback.stop()

    @property
    def environment(self) -> dict[str, str]:
        """What a creator sets to use this account for everything."""
        openai = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": f"{self.url}/v1"}
        return {**openai, "ELEVENLABS_API_KEY": KEY, "ELEVENLABS_BASE_URL": self.url}

    @property
    def billed(self) -> dict[str, int]:
        """Orders, by their idempotency keys; a request that repeats a key is answered again and not billed again."""
        return {
            "scripts": sum(self.chat.billed.values()),
            "pictures": self.images.charged,
            "speech": self.speech.charged,
        }

    @property
    def requests(self) -> int:
        return len(self.chat.calls) + len(self.images.calls) + len(self.speech.calls)
