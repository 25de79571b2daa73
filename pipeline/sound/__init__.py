"""The film's sound: narration, music, effects and the clips' own sound, mixed to a fixed loudness, and its meters."""

from pipeline.sound.loudness import Loudness, measure
from pipeline.sound.mixing import CEILING_DBTP, TARGET_LUFS, MixReport, mix
from pipeline.sound.plan import Bed, Effect, MixPlan, OwnSound, Speech, plan_of
from pipeline.sound.reading import Excerpt

__all__ = [
    "CEILING_DBTP",
    "TARGET_LUFS",
    "Bed",
    "Effect",
    "Excerpt",
    "Loudness",
    "MixPlan",
    "MixReport",
    "OwnSound",
    "Speech",
    "measure",
    "mix",
    "plan_of",
]
