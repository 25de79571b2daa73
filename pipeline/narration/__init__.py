"""Spoken sections: text made speakable, said by a voice, evened out, and timed word by word."""

from pipeline.narration.align import Aligner, WhisperXAligner
from pipeline.narration.files import from_bytes, read, to_bytes, write
from pipeline.narration.models import Narration, Timing
from pipeline.narration.narrate import Speaker, narrate
from pipeline.narration.speakable import Speakable, make_speakable

__all__ = [
    "Aligner",
    "Narration",
    "Speakable",
    "Speaker",
    "Timing",
    "WhisperXAligner",
    "from_bytes",
    "make_speakable",
    "narrate",
    "read",
    "to_bytes",
    "write",
]
