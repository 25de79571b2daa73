"""Settings: the places in which subjects stand. Which words call for which is in settings.json."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from pipeline.pictures.canvas.scenery.view import Layers, View

Setting = Callable[[View], Layers]

__all__ = ["Layers", "Setting", "View", "setting"]


def setting(reference: str) -> Setting:
    """The generator function behind "module:function"."""
    module, function = reference.split(":")
    found: Setting = getattr(import_module(f"pipeline.pictures.canvas.scenery.{module}"), function)
    return found
