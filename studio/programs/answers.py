"""What programs get: JSON with whole addresses, and failures with a code to decide by and a sentence to show."""

from __future__ import annotations

from typing import Any

from pipeline.errors import PipelineError
from presets.errors import PresetsError
from studio.errors import StudioError
from voices.errors import VoicesError

EXPECTED = (StudioError, PipelineError, PresetsError, VoicesError)
_A_FILE = {"path", "name"}
_ADDRESSES = frozenset({"url", "video", "captions", "thumbnail", "sound", "pictures", "moving", "picture", "sample"})


def absolute(value: Any, origin: str, key: str = "") -> Any:
    """The same with the site's address before every link to it, and files as programs name them."""
    if isinstance(value, dict):
        if value.keys() == _A_FILE:
            return {"file": value["path"], "name": value["name"]}
        return {name: absolute(part, origin, name) for name, part in value.items()}
    if isinstance(value, list):
        return [absolute(part, origin, key) for part in value]
    if isinstance(value, str) and key in _ADDRESSES and value.startswith("/"):
        return origin + value
    return value


def told(error: StudioError | PipelineError | PresetsError | VoicesError) -> str:
    """`code: sentence`"""
    return f"{error.code}: {error}"
