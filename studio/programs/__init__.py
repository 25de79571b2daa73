"""For programs: everything that a page can do, as named endpoints for gradio_client and as MCP tools."""

from studio.programs.page import build
from studio.programs.tools import speak_json

__all__ = ["build", "speak_json"]
