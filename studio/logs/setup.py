"""How a process of the studio logs: set up once, before anything else is opened."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from typing import TextIO

from studio.logs.formats import Lines, Objects
from studio.logs.secrets import Secrets
from studio.settings import Settings

_CHATTY = (
    "httpx",
    "httpx2",
    "httpcore",
    "urllib3",
    "openai",
    "huggingface_hub",
    "uvicorn.access",
    "asyncio",
    "PIL",
    "mcp",
)
"""Libraries that tell of every request or step: only their warnings are worth a line."""


class _Ours(logging.StreamHandler[TextIO]):
    """Told apart from handlers that others put there."""


def set_up(
    settings: Settings,
    *,
    stream: TextIO | None = None,
    environment: Mapping[str, str] = os.environ,
    level: int = logging.INFO,
) -> None:
    """Called again, it replaces what it set up before."""
    out = stream or sys.stderr
    secrets = Secrets.of(settings, environment)
    handler = _Ours(out)
    is_terminal = out.isatty()
    handler.setFormatter(
        Lines(secrets, colours="NO_COLOR" not in environment) if is_terminal else Objects(secrets),
    )
    root = logging.getLogger()
    for old in list(root.handlers):
        if isinstance(old, _Ours):
            root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
