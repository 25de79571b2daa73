"""Folders that benches work in."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def entered_by_all(name: str) -> Iterator[Path]:
    """A new one that any account of this machine may enter: started by root, PostgreSQL runs as another. After a
    failure it stays, for its logs."""
    folder = Path(tempfile.mkdtemp(prefix=f"bench-{name}-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
