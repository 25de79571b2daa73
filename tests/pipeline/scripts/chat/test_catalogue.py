from __future__ import annotations

import pytest

from pipeline.errors import ScriptError
from pipeline.scripts.chat import endpoint, endpoints


def test_every_endpoint_can_be_made_ready() -> None:
    for entry in endpoints():
        ready = endpoint(entry.name, api_key="key")
        assert ready.model in entry.models
        assert ready.writer == f"{entry.name}:{ready.model.name}"


def test_a_missing_key_names_its_setting() -> None:
    with pytest.raises(ScriptError, match="OpenAI needs a key: set OPENAI_API_KEY"):
        endpoint("openai")


def test_an_unknown_endpoint_lists_the_known_ones() -> None:
    with pytest.raises(ScriptError, match="Choose one of: openai, hub, local"):
        endpoint("clippy")


def test_a_model_and_an_address_of_ones_own_stand_in() -> None:
    own = endpoint("local", model="my-model", base_url="http://127.0.0.1:8000/v1")
    assert (own.model.name, own.base_url) == ("my-model", "http://127.0.0.1:8000/v1")
    assert own.model.cost(input_tokens=10, cached_tokens=0, output_tokens=10).cents is None


def test_cached_tokens_cost_their_own_price() -> None:
    model = endpoint("openai", api_key="key").model
    full = model.cost(input_tokens=1_000_000, cached_tokens=0, output_tokens=0).cents
    cached = model.cost(input_tokens=1_000_000, cached_tokens=1_000_000, output_tokens=0).cents
    assert (full, cached) == (model.input_cents, model.cached_input_cents)
