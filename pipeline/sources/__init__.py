"""Sources: a creator's notes, documents and links as clean, numbered passages that say where they came from."""

from __future__ import annotations

from pipeline.sources.limits import Limits
from pipeline.sources.models import Origin, Passage, Source
from pipeline.sources.reading import read
from pipeline.sources.web import Web

__all__ = ["Limits", "Origin", "Passage", "Source", "Web", "read"]
