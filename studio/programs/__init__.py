"""For programs: everything that a page can do, as named endpoints for gradio_client and as MCP tools."""

from studio.programs.endpoint import Endpoint
from studio.programs.endpoints import ENDPOINTS
from studio.programs.offering import offer
from studio.programs.tools import speak_json

__all__ = ["ENDPOINTS", "Endpoint", "offer", "speak_json"]
