"""A text model behind OpenAI's protocols: /v1/responses and /v1/chat/completions, streamed or not, and /v1/models.

It reads the JSON object that the writer sends and answers with a script of just the words asked for. It misbehaves on
demand, counts what a provider would bill, and gives the same answer again for an Idempotency-Key that it has seen.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.fakes.loopback import Loopback

Fault = Literal[
    "busy",
    "down",
    "slow",
    "cut",
    "malformed",
    "wrong_schema",
    "refused",
    "length",
    "unauthorized",
    "short",
    "invented",
    "avoided",
]
Payload = dict[str, Any]
Author = Callable[[Payload], Payload]

# A mix of short and long, so that a word takes as long to say as an average one.
BANK = (
    *("river", "stone", "cold", "light", "garden", "morning", "lamp", "silver", "harbour", "dark", "meadow", "marble"),
    *("wind", "winter", "leaf", "forest", "sea", "mirror", "cup", "candle", "feather", "island", "salt", "valley"),
    *("timber", "engine", "tale", "blanket", "corner", "step", "wall", "glass", "violet", "night", "rope", "bottle"),
    *("golden", "dragon", "fire", "ice", "town", "story", "thunder"),
)
CHUNK = 400


@dataclass
class Call:
    path: str
    body: Payload
    key: str


@dataclass
class ChatServer:
    """`faults` are taken one a request. `billed` counts answers that were generated, not those given again."""

    author: Author = field(default=lambda payload: compose(payload))
    delay_s: float = 0.0
    retry_after_s: float = 0.01
    token: str = "test-key"
    models: dict[str, str | None] = field(default_factory=dict)
    faults: deque[Fault] = field(default_factory=deque)
    calls: list[Call] = field(default_factory=list)
    answers: dict[str, tuple[str, str]] = field(default_factory=dict)
    billed: Counter[str] = field(default_factory=Counter)

    def misbehave(self, *faults: Fault) -> None:
        self.faults.extend(faults)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/v1/responses", self.respond, methods=["POST"]),
                Route("/v1/chat/completions", self.respond, methods=["POST"]),
                Route("/v1/models", self.list_models),
            ]
        )

    async def list_models(self, request: Request) -> Response:
        entries = [
            {"id": name, "object": "model", "created": 1, "owned_by": "stand-in", "shutdown_date": ends}
            for name, ends in self.models.items()
        ]
        return JSONResponse({"object": "list", "data": entries})

    async def respond(self, request: Request) -> Response:
        body = await request.json()
        call = Call(request.url.path, body, request.headers.get("idempotency-key", ""))
        self.calls.append(call)
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return _error(401, "invalid_api_key", "Incorrect API key provided")
        fault = self.faults.popleft() if self.faults else None
        if fault in {"busy", "down", "unauthorized"}:
            return self._refusal(fault)
        await asyncio.sleep(30 if fault == "slow" else self.delay_s)
        text, state = self._answer(call, fault)
        dialect = _responses if call.path == "/v1/responses" else _completions
        if not body.get("stream"):
            return JSONResponse(dialect.whole(body, text, state))
        return StreamingResponse(
            _sent(dialect.events(body, text, state), cut=fault == "cut"), media_type="text/event-stream"
        )

    def _refusal(self, fault: str | None) -> Response:
        if fault == "busy":
            return _error(
                429, "rate_limit_exceeded", "Slow down", {"retry-after-ms": str(round(self.retry_after_s * 1000))}
            )
        if fault == "unauthorized":
            return _error(401, "invalid_api_key", "Incorrect API key provided")
        return _error(500, "server_error", "The server had an error", {"retry-after-ms": "10"})

    def _answer(self, call: Call, fault: Fault | None) -> tuple[str, str]:
        if call.key and call.key in self.answers:
            return self.answers[call.key]
        self.billed[call.key or f"call {len(self.calls)}"] += 1
        answer = self._generated(_asked(call.body), fault)
        if call.key:
            self.answers[call.key] = answer
        return answer

    def _generated(self, payload: Payload, fault: Fault | None) -> tuple[str, str]:
        if fault == "refused":
            return "I can't help with that.", "refused"
        answer = self.author(payload)
        if fault in _SPOILED:
            answer = _SPOILED[fault](answer, payload)
        text = json.dumps(answer, ensure_ascii=False)
        if fault == "malformed":
            return text[: len(text) // 2], "stop"
        if fault == "length":
            return text[: len(text) // 2], "length"
        return text, "stop"


def serve(server: ChatServer) -> Loopback:
    return Loopback().serve(server.app())


def _error(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse(
        {"error": {"message": message, "type": code, "code": code, "param": None}}, status, headers=headers
    )


def _asked(body: Payload) -> Payload:
    """The film that the first message of the user describes."""
    messages = body.get("input") or body.get("messages") or []
    for message in messages:
        if message["role"] == "user":
            return json.loads(message["content"])  # type: ignore[no-any-return]
    raise ValueError("no message of a user")


async def _sent(events: list[Payload | str], *, cut: bool) -> AsyncIterator[bytes]:
    """Server-sent events; a cut stream ends in the middle as when a connection is lost."""
    for place, event in enumerate(events):
        if cut and place > len(events) // 2:
            raise HungUp
        data = event if isinstance(event, str) else json.dumps(event, ensure_ascii=False)
        name = "" if isinstance(event, str) or "type" not in event else f"event: {event['type']}\n"
        yield f"{name}data: {data}\n\n".encode()
        await asyncio.sleep(0)


def _pieces(text: str) -> list[str]:
    return [text[at : at + CHUNK] for at in range(0, len(text), CHUNK)]


def _tokens(body: Payload, text: str) -> tuple[int, int]:
    return len(json.dumps(body)) // 4, len(text) // 4


class HungUp(ConnectionResetError):
    """The stand-in ends a connection in the middle on purpose."""


def _is_unexpected(record: logging.LogRecord) -> bool:
    return not (record.exc_info and isinstance(record.exc_info[1], HungUp))


logging.getLogger("uvicorn.error").addFilter(_is_unexpected)


class _responses:
    @staticmethod
    def whole(body: Payload, text: str, state: str) -> Payload:
        kind = "refusal" if state == "refused" else "output_text"
        content: Payload = (
            {"type": kind, "refusal": text} if state == "refused" else {"type": kind, "text": text, "annotations": []}
        )
        asked, written = _tokens(body, text)
        return {
            "id": "resp_1",
            "object": "response",
            "created_at": 1,
            "status": "incomplete" if state == "length" else "completed",
            "incomplete_details": {"reason": "max_output_tokens"} if state == "length" else None,
            "error": None,
            "model": body["model"],
            "output": [
                {"id": "msg_1", "type": "message", "status": "completed", "role": "assistant", "content": [content]}
            ],
            "parallel_tool_calls": False,
            "tool_choice": "auto",
            "tools": [],
            "usage": {
                "input_tokens": asked,
                "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
                "output_tokens": written,
                "output_tokens_details": {"reasoning_tokens": 0},
                "total_tokens": asked + written,
            },
        }

    @classmethod
    def events(cls, body: Payload, text: str, state: str) -> list[Payload | str]:
        whole = cls.whole(body, text, state)
        place = {"item_id": "msg_1", "output_index": 0, "content_index": 0}
        delta = "response.refusal.delta" if state == "refused" else "response.output_text.delta"
        events: list[Payload] = [
            {"type": "response.created", "response": {**whole, "status": "in_progress", "output": []}}
        ]
        events += [{"type": delta, **place, "delta": piece, "logprobs": []} for piece in _pieces(text)]
        events.append({"type": f"response.{whole['status']}", "response": whole})
        return [{**event, "sequence_number": number} for number, event in enumerate(events)]


class _completions:
    @staticmethod
    def whole(body: Payload, text: str, state: str) -> Payload:
        asked, written = _tokens(body, text)
        message = {"role": "assistant", "content": None if state == "refused" else text}
        message["refusal"] = text if state == "refused" else None
        reason = "length" if state == "length" else "stop"
        return {
            "id": "chatcmpl_1",
            "object": "chat.completion",
            "created": 1,
            "model": body["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": reason, "logprobs": None}],
            "usage": {"prompt_tokens": asked, "completion_tokens": written, "total_tokens": asked + written},
        }

    @classmethod
    def events(cls, body: Payload, text: str, state: str) -> list[Payload | str]:
        whole = cls.whole(body, text, state)
        common = {"id": "chatcmpl_1", "object": "chat.completion.chunk", "created": 1, "model": body["model"]}

        def chunk(delta: Payload, reason: str | None = None) -> Payload:
            return {**common, "choices": [{"index": 0, "delta": delta, "finish_reason": reason}], "usage": None}

        name = "refusal" if state == "refused" else "content"
        events: list[Payload | str] = [chunk({"role": "assistant", "content": ""})]
        events += [chunk({name: piece}) for piece in _pieces(text)]
        events.append(chunk({}, whole["choices"][0]["finish_reason"]))
        if (body.get("stream_options") or {}).get("include_usage"):
            events.append({**common, "choices": [], "usage": whole["usage"]})
        return [*events, "[DONE]"]


def compose(payload: Payload) -> Payload:
    """A competent model: the words that were asked for, in whole sentences that never repeat, with citations."""
    pen = random.Random(json.dumps(payload, sort_keys=True))
    passages = [passage["id"] for passage in payload.get("passages", []) if passage.get("kind") != "heading"]
    if payload["task"] == "rewrite":
        return {
            "sections": [
                {"id": part["id"], "narration": prose(pen, part["words"]), "sources": passages[:1]}
                for part in payload["sections"]
            ]
        }
    patterns = ["number", "question", "contrast"]
    return {
        "title": payload["title"] or f"All about {payload['topic'] or 'the notes'}",
        "other_titles": ["Another way to say it", "A third way to say it"],
        "summary": "A short film about what the notes say.",
        "hooks": [
            {"pattern": pattern, **_part(pen, payload["hook_words"], passages, n)} for n, pattern in enumerate(patterns)
        ],
        "sections": [
            {"kind": part["kind"], "title": f"Part {n}", "sound": None, **_part(pen, part["words"], passages, n)}
            for n, part in enumerate(payload["sections"], 1)
        ],
    }


def _part(pen: random.Random, words: int, passages: list[str], number: int) -> Payload:
    cited = [passages[number % len(passages)]] if passages else []
    return {
        "narration": prose(pen, words),
        "visual": f"a {pen.choice(BANK)} beside a {pen.choice(BANK)}",
        "on_screen": pen.choice(BANK),
        "sources": cited,
    }


def prose(pen: random.Random, words: int) -> str:
    """Sentences of about eleven words, exactly that many words in all."""
    sentences = []
    while words > 0:
        size = words if words < 16 else 11
        chosen = ["the", *(pen.choice(BANK) for _ in range(size - 1))]
        sentences.append(" ".join(chosen).capitalize() + ".")
        words -= size
    return " ".join(sentences)


def _shortened(answer: Payload, payload: Payload) -> Payload:
    for part in answer["sections"]:
        part["narration"] = " ".join(part["narration"].split()[: max(3, len(part["narration"].split()) // 2)]) + "."
    return answer


def _invented(answer: Payload, payload: Payload) -> Payload:
    answer["sections"][1]["narration"] += " In 1347, about 987,654 people followed Baron Mirabel there."
    return answer


def _avoided(answer: Payload, payload: Payload) -> Payload:
    answer["sections"][1]["narration"] += f" It was {payload['avoid'][0]} for all of them."
    return answer


def _wrong_schema(answer: Payload, payload: Payload) -> Payload:
    return {"script": answer, "sections": "many"}


_SPOILED: dict[str, Callable[[Payload, Payload], Payload]] = {
    "short": _shortened,
    "invented": _invented,
    "avoided": _avoided,
    "wrong_schema": _wrong_schema,
}
