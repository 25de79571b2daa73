"""Motifs: things drawn by code, grouped by what they are. Which words call for which is in motifs.json."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from pipeline.pictures.canvas.pen import Pen

Motif = Callable[[Pen], None]


def drawing(reference: str) -> Motif:
    """The function behind "module:function"."""
    module, function = reference.split(":")
    motif: Motif = getattr(import_module(f"pipeline.pictures.canvas.motifs.{module}"), function)
    return motif
