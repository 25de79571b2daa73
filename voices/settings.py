"""What the engines are told about this machine: keys, addresses and where model files lie."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

KOKORO_FILES = "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.1"


def _default_models() -> Path:
    return Path.home() / ".cache" / "canvascast" / "models"


@dataclass(frozen=True)
class VoiceSettings:
    """An empty key switches the provider off."""

    models: Path = field(default_factory=_default_models)
    kokoro_files: str = KOKORO_FILES
    openai_key: str = field(default="", repr=False)
    openai_address: str = ""
    elevenlabs_key: str = field(default="", repr=False)
    elevenlabs_address: str = "https://api.elevenlabs.io"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        models = environment.get("CANVASCAST_MODELS", "")
        return cls(
            models=Path(models) if models else _default_models(),
            kokoro_files=environment.get("KOKORO_FILES", "") or KOKORO_FILES,
            openai_key=environment.get("OPENAI_API_KEY", ""),
            openai_address=environment.get("OPENAI_BASE_URL", ""),
            elevenlabs_key=environment.get("ELEVENLABS_API_KEY", ""),
            elevenlabs_address=environment.get("ELEVENLABS_BASE_URL", "") or "https://api.elevenlabs.io",
        )
