"""The endpoints that can write, read from data, and one of them made ready to be called."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import ScriptError
from pipeline.scripts.writers import Cost

_FILE = Path(__file__).with_name("catalogue.toml")
_MILLION = 1_000_000


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Model(_Record):
    """A model and its prices in US cents for a million tokens; none where no price is known."""

    name: str = Field(min_length=1)
    input_cents: float | None = Field(default=None, ge=0)
    cached_input_cents: float | None = Field(default=None, ge=0)
    output_cents: float | None = Field(default=None, ge=0)

    def cost(self, *, input_tokens: int, cached_tokens: int, output_tokens: int, calls: int = 1) -> Cost:
        if self.input_cents is None or self.output_cents is None:
            return Cost(calls, input_tokens, output_tokens, None)
        cached = self.input_cents if self.cached_input_cents is None else self.cached_input_cents
        cents = (input_tokens - cached_tokens) * self.input_cents + cached_tokens * cached
        return Cost(calls, input_tokens, output_tokens, (cents + output_tokens * self.output_cents) / _MILLION)


class Entry(_Record):
    """Responses: OpenAI's newer protocol. Chat: chat/completions, which everybody speaks."""

    name: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    kind: Literal["endpoint"]
    title: str
    base_url: str = Field(pattern=r"^https?://")
    key: str = Field(description="the setting that holds its key; empty: it needs none")
    protocol: Literal["responses", "chat"]
    structured: Literal["schema", "object"] = Field(description="answers by a schema, or any JSON object")
    models: tuple[Model, ...] = Field(min_length=1)


class _Catalogue(_Record):
    endpoints: tuple[Entry, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Endpoint:
    """Where to send a request, with what key, and which model is to answer."""

    entry: Entry
    model: Model
    base_url: str
    api_key: str
    timeout_s: float = 180.0
    retries: int = 3

    @property
    def writer(self) -> str:
        return f"{self.entry.name}:{self.model.name}"


@cache
def endpoints() -> tuple[Entry, ...]:
    try:
        return _Catalogue.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8"))).endpoints
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ScriptError(f"The catalogue of text models is broken: {error}", where=_FILE.name) from error


def endpoint(
    name: str, *, api_key: str = "", model: str = "", base_url: str = "", timeout_s: float = 180.0
) -> Endpoint:
    """An endpoint of the catalogue. A model or an address of one's own may stand in for the catalogue's."""
    entry = next((entry for entry in endpoints() if entry.name == name), None)
    if entry is None:
        known = ", ".join(entry.name for entry in endpoints())
        raise ScriptError(f'There is no text model endpoint "{name}". Choose one of: {known}.')
    if entry.key and not api_key:
        raise ScriptError(f"{entry.title} needs a key: set {entry.key}.")
    chosen = next((one for one in entry.models if one.name == model), None)
    if chosen is None:
        chosen = Model(name=model) if model else entry.models[0]
    return Endpoint(entry, chosen, base_url or entry.base_url, api_key or "none", timeout_s)
