"""Spoken sections: text made speakable, said by a voice, evened out, and timed word by word."""

from pipeline.narration.align import Aligner, WhisperXAligner
from pipeline.narration.aligners import FirstThatCan, best_aligner
from pipeline.narration.files import from_bytes, read, to_bytes, write
from pipeline.narration.models import Narration, Timing
from pipeline.narration.narrate import Speaker, narrate
from pipeline.narration.reading import ReadingAligner
from pipeline.narration.speakable import Speakable, make_speakable

__all__ = [
    "Aligner",
    "FirstThatCan",
    "Narration",
    "ReadingAligner",
    "Speakable",
    "Speaker",
    "Timing",
    "WhisperXAligner",
    "best_aligner",
    "from_bytes",
    "make_speakable",
    "narrate",
    "read",
    "to_bytes",
    "write",
]
