"""OpenAI's /v1/moderations: scores by words it was taught, counts what it is asked, and misbehaves on demand."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Literal

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.fakes.loopback import Loopback

Fault = Literal["busy", "down", "slow", "garbled", "fewer", "unauthorized"]
CATEGORIES = (
    *("harassment", "harassment/threatening", "hate", "hate/threatening", "illicit", "illicit/violent", "self-harm"),
    *("self-harm/instructions", "self-harm/intent", "sexual", "sexual/minors", "violence", "violence/graphic"),
)


@dataclass
class ModerationServer:
    """`scores` maps a word to what a text with that word scores; `faults` are taken one a request."""

    token: str = "test-key"
    scores: dict[str, dict[str, float]] = field(default_factory=dict)
    faults: deque[Fault] = field(default_factory=deque)
    inputs: list[list[str]] = field(default_factory=list)
    requests: int = 0
    slow_s: float = 5.0

    def misbehave(self, *faults: Fault) -> None:
        self.faults.extend(faults)

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/v1/moderations", self.moderate, methods=["POST"])])

    async def moderate(self, request: Request) -> Response:
        body = await request.json()
        self.requests += 1
        fault = self.faults.popleft() if self.faults else None
        if fault == "unauthorized" or request.headers.get("authorization") != f"Bearer {self.token}":
            return _error(401, "invalid_api_key")
        if fault == "busy":
            return _error(429, "rate_limit_exceeded")
        if fault == "down":
            return _error(500, "server_error")
        if fault == "slow":
            await asyncio.sleep(self.slow_s)
        if fault == "garbled":
            return PlainTextResponse("<html>busy</html>", media_type="text/html")
        texts = [body["input"]] if isinstance(body["input"], str) else list(body["input"])
        self.inputs.append(texts)
        answers = [self._judged(text) for text in texts]
        return JSONResponse(
            {"id": "modr_1", "model": body["model"], "results": answers[1:] if fault == "fewer" else answers}
        )

    def _judged(self, text: str) -> dict[str, Any]:
        scores = dict.fromkeys(CATEGORIES, 0.001)
        for word, known in self.scores.items():
            if word in text:
                scores.update(known)
        categories = {name: score >= 0.5 for name, score in scores.items()}
        return {
            "flagged": any(categories.values()),
            "categories": categories,
            "category_scores": scores,
            "category_applied_input_types": {name: ["text"] for name in CATEGORIES},
        }


def serve(server: ModerationServer) -> Loopback:
    return Loopback().serve(server.app())


def _error(status: int, code: str) -> Response:
    body = {"error": {"message": code, "type": code, "code": code, "param": None}}
    return JSONResponse(body, status, headers={"retry-after-ms": "10"})
