"""The same endpoints as MCP tools, through the real client of the protocol."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client
from mcp.types import CallToolResult, Tool

from studio.callers.callers import GUEST_COOKIE
from studio.programs import ENDPOINTS
from tests.studio.films.town import TEA


def assistant(url: str, headers: dict[str, str], act: Callable[[ClientSession], Awaitable[Any]]) -> Any:
    async def meet() -> Any:
        async with (
            streamablehttp_client(f"{url}/gradio_api/mcp/", headers=headers) as (reading, writing, _),
            ClientSession(reading, writing) as session,
        ):
            await session.initialize()
            return await act(session)

    return asyncio.run(meet())


def call(url: str, headers: dict[str, str], name: str, **given: object) -> CallToolResult:
    return assistant(url, headers, lambda session: session.call_tool(name, given))


def tools(url: str) -> dict[str, Tool]:
    listed = assistant(url, {}, lambda session: session.list_tools())
    return {tool.name: tool for tool in listed.tools}


def test_the_tools_are_the_endpoints_with_their_descriptions(studio_app):
    found = tools(studio_app.url)
    assert {name: tool.description for name, tool in found.items()} == {one.name: one.about for one in ENDPOINTS}


def test_every_parameter_of_a_tool_is_typed_and_described(studio_app):
    schema = tools(studio_app.url)["create_project"].inputSchema
    assert set(schema["properties"]) >= {"notes", "links", "minutes", "niche", "voice", "project"}
    assert all(field["description"] for field in schema["properties"].values())
    assert schema["properties"]["pace"]["enum"] == ["slow", "normal", "fast"]
    assert tools(studio_app.url)["generate"].inputSchema["required"] == ["project"]


def test_an_assistant_makes_a_project_with_the_key_of_whoever_sent_it(studio_app, person):
    headers = {"X-CanvasCast-Key": studio_app.key(person.id)}
    result = call(studio_app.url, headers, "create_project", notes=TEA, minutes=1, title="Leaves")
    made = json.loads(result.content[0].text)
    assert (result.isError, made["title"], made["state"]) == (False, "Leaves", "draft")
    assert studio_app.installation.projects.get(person.id, made["id"]).title == "Leaves"


def test_a_failure_is_a_code_and_a_sentence(studio_app, person):
    result = call(studio_app.url, {"Authorization": f"Bearer {studio_app.key(person.id)}"}, "job", job=str(uuid4()))
    assert (result.isError, result.content[0].text) == (True, "not_found: There is no such job.")


def test_without_a_key_an_assistant_is_a_stranger(studio_app):
    result = call(studio_app.url, {"Cookie": f"{GUEST_COOKIE}=1"}, "credits")
    assert result.isError
    assert result.content[0].text.startswith("sign_in_needed: ")


def test_a_call_never_comes_from_this_machine_because_the_tools_run_here(studio_app):
    """A tool that called the app back would come from its own address, where the owner needs no key."""
    blocks = studio_app.site.blocks
    assert not any(fn.queue for fn in blocks.fns.values() if fn.api_visibility == "public")
    headers = {"X-Forwarded-For": "203.0.113.9"}
    result = call(studio_app.url, headers, "credits")
    assert result.content[0].text.startswith("sign_in_needed: ")
