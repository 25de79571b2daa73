"""MCP: the same endpoints as tools. Gradio serves them; here their answers become JSON."""

from __future__ import annotations

import json
from typing import Any

import gradio as gr
from mcp import types

from studio.errors import SettingsError


def speak_json(blocks: gr.Blocks) -> None:
    """Gradio would write a value as Python does, which no other language reads."""
    if blocks.mcp_server_obj is None:
        raise SettingsError(f"The tools for assistants did not start: {blocks.mcp_error}")
    vars(blocks.mcp_server_obj)["postprocess_output_data"] = _as_json


def _as_json(data: Any, _root_url: str) -> list[types.TextContent]:
    return [types.TextContent(type="text", text=json.dumps(one, ensure_ascii=False)) for one in data]
