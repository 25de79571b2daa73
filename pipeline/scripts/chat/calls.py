"""One request to an endpoint, streamed, with its cost. The SDK retries; nothing here does. A stream that breaks off is
asked for once more as a whole, under the same idempotency key: paid once where the provider honours it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from pydantic import BaseModel

from pipeline.errors import ScriptError
from pipeline.scripts.chat.catalogue import Endpoint
from pipeline.scripts.chat.titles import TitleListener
from pipeline.scripts.writers import Cost, Progress

if TYPE_CHECKING:
    from openai import OpenAI

Messages = list[dict[str, str]]


@dataclass(frozen=True)
class Answer:
    text: str
    cost: Cost
    whole: bool = True


@dataclass
class _Heard:
    """What came so far, and how it ended: an empty reason is a stream that broke off."""

    text: str = ""
    reason: str = ""
    refusal: str = ""
    usage: dict[str, int] = field(default_factory=dict)


class _Broken(Exception):
    """The stream broke off before its end."""


class _Dialect(Protocol):
    def stream(self, client: OpenAI, request: dict[str, Any], heard: _Heard) -> Iterator[str]: ...

    def whole(self, client: OpenAI, request: dict[str, Any]) -> _Heard: ...

    def request(self, endpoint: Endpoint, messages: Messages, answer: type[BaseModel]) -> dict[str, Any]: ...


def ask(
    endpoint: Endpoint, messages: Messages, answer: type[BaseModel], progress: Progress, *, take: int = 0
) -> Answer:
    dialect: _Dialect = _Responses() if endpoint.entry.protocol == "responses" else _Chat()
    request = dialect.request(endpoint, messages, answer)
    request["extra_headers"] = {"Idempotency-Key": _key(endpoint, request, take)}
    with failures(endpoint):
        heard = _listen(dialect, client_of(endpoint), request, progress)
    if heard.refusal:
        raise ScriptError(f"{endpoint.entry.title} refused to write this script: {heard.refusal}")
    cost = endpoint.model.cost(
        input_tokens=heard.usage.get("input", 0),
        cached_tokens=heard.usage.get("cached", 0),
        output_tokens=heard.usage.get("output", 0),
    )
    return Answer(heard.text, cost, whole=heard.reason != "length")


def client_of(endpoint: Endpoint) -> OpenAI:
    from openai import OpenAI

    return OpenAI(
        api_key=endpoint.api_key, base_url=endpoint.base_url, timeout=endpoint.timeout_s, max_retries=endpoint.retries
    )


def _key(endpoint: Endpoint, request: dict[str, Any], take: int) -> str:
    """The same request of the same take is the same work."""
    content = json.dumps([endpoint.base_url, request, take], sort_keys=True, ensure_ascii=False)
    return "script-" + hashlib.sha256(content.encode()).hexdigest()[:40]


def _listen(dialect: _Dialect, client: OpenAI, request: dict[str, Any], progress: Progress) -> _Heard:
    from openai import APIConnectionError, APIStatusError

    listener, heard = TitleListener(progress), _Heard()
    begun = False
    try:
        for piece in dialect.stream(client, request, heard):
            begun = True
            listener.hear(piece)
        heard.text = listener.text
        if heard.reason or heard.refusal:
            return heard
        raise _Broken
    except (APIConnectionError, _Broken) as error:
        if isinstance(error, APIStatusError) or not (begun or isinstance(error, _Broken)):
            raise
        return dialect.whole(client, request)


class failures:
    """Every failure of the SDK as a sentence that the creator can act on."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        import openai

        if isinstance(error, openai.OpenAIError):
            raise ScriptError(_sentence(self._endpoint, error)) from error


def _sentence(endpoint: Endpoint, error: Exception) -> str:
    import openai

    title, model = endpoint.entry.title, endpoint.model.name
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return f"{title} did not accept the key. Check {endpoint.entry.key or 'the key'} and try again."
    if isinstance(error, openai.NotFoundError):
        return f'{title} has no model "{model}" for this key. Choose another text model.'
    if isinstance(error, openai.RateLimitError):
        return f"{title} is over its limit for this key (requests, or credit). Wait a little, or check the account."
    if isinstance(error, openai.APITimeoutError):
        return f"{title} did not answer within {endpoint.timeout_s:g} seconds. Try again, or choose a faster model."
    if isinstance(error, openai.APIConnectionError):
        return f"{title} cannot be reached at {endpoint.base_url}. Check the network or the address and try again."
    if isinstance(error, openai.APIStatusError):
        return f"{title} failed with status {error.status_code}: {error.message[:300]}"
    return f"{title} failed: {str(error)[:300]}"


class _Responses:
    def request(self, endpoint: Endpoint, messages: Messages, answer: type[BaseModel]) -> dict[str, Any]:
        kind = {"type": "json_schema", "name": answer.__name__, "schema": answer.model_json_schema(), "strict": True}
        text = {"format": kind if endpoint.entry.structured == "schema" else {"type": "json_object"}}
        return {"model": endpoint.model.name, "input": messages, "text": text, "store": False}

    def stream(self, client: OpenAI, request: dict[str, Any], heard: _Heard) -> Iterator[str]:
        with client.responses.create(stream=True, **request) as events:
            for event in events:
                if event.type == "response.output_text.delta":
                    yield event.delta
                elif event.type in {"response.completed", "response.incomplete", "response.failed"}:
                    self._end(event.response, heard)

    def whole(self, client: OpenAI, request: dict[str, Any]) -> _Heard:
        response = client.responses.create(**request)
        heard = _Heard(text=response.output_text)
        self._end(response, heard)
        return heard

    def _end(self, response: Any, heard: _Heard) -> None:
        if response.status == "failed":
            raise ScriptError(f"The model failed: {response.error.message if response.error else 'no reason given'}")
        heard.reason = "length" if response.status == "incomplete" else "stop"
        contents = [content for item in response.output if item.type == "message" for content in item.content]
        heard.refusal = next((content.refusal for content in contents if content.type == "refusal"), "")
        if response.usage:
            details = response.usage.input_tokens_details
            cached = details.cached_tokens if details else 0
            heard.usage = {
                "input": response.usage.input_tokens,
                "cached": cached,
                "output": response.usage.output_tokens,
            }


class _Chat:
    def request(self, endpoint: Endpoint, messages: Messages, answer: type[BaseModel]) -> dict[str, Any]:
        schema = {"name": answer.__name__, "schema": answer.model_json_schema(), "strict": True}
        shape: dict[str, Any] = {"type": "json_schema", "json_schema": schema}
        if endpoint.entry.structured == "object":
            shape = {"type": "json_object"}
        return {"model": endpoint.model.name, "messages": messages, "response_format": shape}

    def stream(self, client: OpenAI, request: dict[str, Any], heard: _Heard) -> Iterator[str]:
        with client.chat.completions.create(stream=True, stream_options={"include_usage": True}, **request) as chunks:
            for chunk in chunks:
                self._usage(chunk.usage, heard)
                for choice in chunk.choices[:1]:
                    heard.reason = choice.finish_reason or heard.reason
                    heard.refusal += getattr(choice.delta, "refusal", None) or ""
                    yield choice.delta.content or ""
        self._filtered(heard)

    def whole(self, client: OpenAI, request: dict[str, Any]) -> _Heard:
        completion = client.chat.completions.create(**request)
        choice = completion.choices[0]
        heard = _Heard(choice.message.content or "", choice.finish_reason, choice.message.refusal or "")
        self._usage(completion.usage, heard)
        self._filtered(heard)
        return heard

    def _filtered(self, heard: _Heard) -> None:
        if heard.reason == "content_filter" and not heard.refusal:
            heard.refusal = "its content filter stopped the answer."

    def _usage(self, usage: Any, heard: _Heard) -> None:
        if usage:
            details = getattr(usage, "prompt_tokens_details", None)
            cached = (details.cached_tokens or 0) if details else 0
            heard.usage = {"input": usage.prompt_tokens, "cached": cached, "output": usage.completion_tokens}
