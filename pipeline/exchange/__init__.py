"""Doors to other programs: editing suites through OpenTimelineIO, Python through MoviePy."""

from pipeline.exchange.moviepy import as_clip, clip_layer
from pipeline.exchange.otio import as_otio, export

__all__ = ["as_clip", "as_otio", "clip_layer", "export"]
