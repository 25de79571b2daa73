"""Text as a voice says it, with the way back to what is written."""

from pipeline.narration.speakable.models import Breath, Phrase, Speakable
from pipeline.narration.speakable.text import make_speakable

__all__ = ["Breath", "Phrase", "Speakable", "make_speakable"]
