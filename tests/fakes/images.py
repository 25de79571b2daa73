"""OpenAI's image endpoints and a Hugging Face endpoint for pictures: they count, remember what was paid, and misbehave.

A picture's colour comes from its prompt, so that whoever asks can tell pictures apart.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import json
from collections import deque
from dataclasses import dataclass, field
from typing import Literal, Self

from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.fakes.loopback import Loopback

Trouble = Literal["429", "500", "401", "404", "quota", "refused", "slow", "cut_off", "malformed", "no_picture"]
FORBIDDEN = "forbidden"
"""A prompt with this word is refused, however often it is asked."""


@dataclass(frozen=True)
class Call:
    """One request that reached the server."""

    path: str
    prompt: str
    key: str
    size: str
    references: int


@dataclass
class ImageServer:
    """`trouble` is what the next requests meet, one each; then all is well again."""

    key: str = "secret"
    slow_s: float = 0.0
    answer_s: float = 0.0
    trouble: deque[Trouble] = field(default_factory=deque)
    harsh_words: tuple[str, ...] = (FORBIDDEN,)
    calls: list[Call] = field(default_factory=list)
    paid: dict[str, bytes] = field(default_factory=dict)
    charged: int = 0
    at_once: int = 0
    most_at_once: int = 0

    def __post_init__(self) -> None:
        self._loopback = Loopback()
        self.url = self._loopback.url

    def __enter__(self) -> Self:
        routes = [
            Route("/v1/images/generations", self._generate, methods=["POST"]),
            Route("/v1/images/edits", self._edit, methods=["POST"]),
            Route("/hub/endpoint", self._hub, methods=["POST"]),
        ]
        self._loopback.serve(Starlette(routes=routes))
        return self

    def __exit__(self, *_: object) -> None:
        self._loopback.stop()

    async def _generate(self, request: Request) -> Response:
        body = await request.json()
        return await self._openai(request, body["prompt"], body["size"], 0)

    async def _edit(self, request: Request) -> Response:
        form = await request.form()
        references = [part for name, part in form.multi_items() if name.startswith("image")]
        for part in references:
            Image.open(io.BytesIO(await part.read())).load()
        return await self._openai(request, str(form["prompt"]), str(form["size"]), len(references))

    async def _openai(self, request: Request, prompt: str, size: str, references: int) -> Response:
        trouble = await self._met(request, prompt, size, references)
        problem = _openai_problem(trouble) or self._refusal(trouble, prompt)
        if problem is not None:
            return problem
        if trouble == "malformed":
            return Response(b'{"created": 1, "data": [{"b64_js', media_type="application/json")
        if trouble == "no_picture":
            return JSONResponse({"created": 1, "data": [{"b64_json": base64.b64encode(b"not a picture").decode()}]})
        picture = self._sold(request, prompt, size)
        body = json.dumps({"created": 1, "data": [{"b64_json": base64.b64encode(picture).decode()}]}).encode()
        return _cut(body, "application/json") if trouble == "cut_off" else Response(body, media_type="application/json")

    async def _hub(self, request: Request) -> Response:
        body = await request.json()
        size = f"{body['parameters']['width']}x{body['parameters']['height']}"
        trouble = await self._met(request, body["inputs"], size, 0)
        if trouble in ("429", "500", "401", "404"):
            return JSONResponse({"error": "trouble"}, int(trouble))
        if trouble == "refused" or self._is_harsh(body["inputs"]):
            return JSONResponse({"error": "The prompt was flagged as NSFW by moderation."}, 400)
        if trouble in ("malformed", "no_picture"):
            return Response(b"not a picture", media_type="image/png")
        picture = self._sold(request, body["inputs"], size)
        return _cut(picture, "image/png") if trouble == "cut_off" else Response(picture, media_type="image/png")

    async def _met(self, request: Request, prompt: str, size: str, references: int) -> Trouble | None:
        key = request.headers.get("idempotency-key", "")
        self.calls.append(Call(request.url.path, prompt, key, size, references))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            trouble = self.trouble.popleft() if self.trouble else None
            await asyncio.sleep(self.slow_s if trouble == "slow" else self.answer_s)
        finally:
            self.at_once -= 1
        authorised = request.headers.get("authorization") == f"Bearer {self.key}"
        return trouble if authorised else "401"

    def _is_harsh(self, prompt: str) -> bool:
        return any(word in prompt.lower() for word in self.harsh_words)

    def _refusal(self, trouble: Trouble | None, prompt: str) -> Response | None:
        if trouble == "refused" or self._is_harsh(prompt):
            return _error(400, "moderation_blocked", "Your request was rejected by the safety system.")
        return None

    def _sold(self, request: Request, prompt: str, size: str) -> bytes:
        key = request.headers.get("idempotency-key", "")
        if key not in self.paid:
            self.charged += 1
            self.paid[key or f"unnamed {len(self.calls)}"] = paint(prompt, size)
        return self.paid.get(key) or paint(prompt, size)


def paint(prompt: str, size: str) -> bytes:
    """A plain picture, an eighth of the size asked for."""
    width, height = (int(side) // 8 for side in size.split("x"))
    red, green, blue = hashlib.sha256(prompt.encode()).digest()[:3]
    file = io.BytesIO()
    Image.new("RGB", (width, height), (red, green, blue)).save(file, "PNG")
    return file.getvalue()


def _openai_problem(trouble: Trouble | None) -> Response | None:
    problems = {
        "429": lambda: _error(429, "rate_limit_exceeded", "Slow down.", {"retry-after-ms": "10"}),
        "500": lambda: _error(500, "server_error", "The server had an error."),
        "401": lambda: _error(401, "invalid_api_key", "Incorrect API key provided."),
        "404": lambda: _error(404, "model_not_found", "The model does not exist."),
        "quota": lambda: _error(429, "insufficient_quota", "You exceeded your quota.", {"x-should-retry": "false"}),
    }
    return problems[trouble]() if trouble in problems else None


def _error(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> Response:
    body = {"error": {"message": message, "type": "error", "param": None, "code": code}}
    return JSONResponse(body, status, headers={"retry-after-ms": "10", **(headers or {})})


def _cut(body: bytes, media_type: str) -> Response:
    async def half():
        yield body[: len(body) // 2]
        raise ConnectionError("cut off")

    return StreamingResponse(half(), media_type=media_type, headers={"content-length": str(len(body))})
