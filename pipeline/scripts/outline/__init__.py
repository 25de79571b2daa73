"""The writer without a model: it ranks, orders and joins the creator's own sentences."""

from __future__ import annotations

from pipeline.scripts.outline.writer import OutlineWriter

__all__ = ["OutlineWriter"]
