"""Captions: the narration's words on the screen, parted, set in lines, timed, checked and written."""

from pipeline.captions.captions import caption_narration, caption_words
from pipeline.captions.check import Violation, coverage, violations
from pipeline.captions.files import film_captions, to_srt, to_vtt
from pipeline.captions.rules import Limits, limits_for

__all__ = [
    "Limits",
    "Violation",
    "caption_narration",
    "caption_words",
    "coverage",
    "film_captions",
    "limits_for",
    "to_srt",
    "to_vtt",
    "violations",
]
