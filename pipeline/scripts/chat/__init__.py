"""The writer with a model, behind any endpoint that speaks OpenAI's protocols."""

from __future__ import annotations

from pipeline.scripts.chat.catalogue import Endpoint, endpoint, endpoints
from pipeline.scripts.chat.writer import ChatWriter

__all__ = ["ChatWriter", "Endpoint", "endpoint", "endpoints"]
