"""Folders that benches work in."""

from __future__ import annotations

import tempfile
from pathlib import Path


def entered_by_all(name: str) -> Path:
    """A new one that any account of this machine may enter: started by root, PostgreSQL runs as another."""
    folder = Path(tempfile.mkdtemp(prefix=f"bench-{name}-"))
    folder.chmod(0o755)
    return folder
