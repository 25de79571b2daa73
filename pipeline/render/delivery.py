"""A finished file at the place that was asked for: all of it, or nothing and a sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from pipeline.errors import RenderError


@contextmanager
def delivered(out: Path, what: str) -> Iterator[Path]:
    """A name beside `out` to write to, with its suffix. What was written there appears at `out` at once."""
    partial = out.with_name(f".{uuid4().hex[:8]}.{out.name}")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield partial
            os.replace(partial, out)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise RenderError(f"The {what} cannot be written here: {error.strerror or error}.", where=str(out)) from error
