"""timeline.json: the contract between planning a film and drawing it."""

from pipeline.timeline.edit import resized, scene_alone
from pipeline.timeline.load import dump, load, parse, schema
from pipeline.timeline.models import (
    Caption,
    Card,
    Overlay,
    Point,
    Segment,
    SoundCue,
    Theme,
    Timeline,
    Transition,
    Visual,
    Word,
)
from pipeline.timeline.schedule import Exit, Section, Slot, sections, visual_slots

__all__ = [
    "Caption",
    "Card",
    "Exit",
    "Overlay",
    "Point",
    "Section",
    "Segment",
    "Slot",
    "SoundCue",
    "Theme",
    "Timeline",
    "Transition",
    "Visual",
    "Word",
    "dump",
    "load",
    "parse",
    "resized",
    "scene_alone",
    "schema",
    "sections",
    "visual_slots",
]
