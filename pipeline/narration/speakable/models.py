"""A text made ready to be spoken, and the way back from what is heard to what is written."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.narration.writing import joined


@dataclass(frozen=True)
class Phrase:
    """What the voice says for one or more written words: “three point five million dollars” for “$3.5 million”."""

    spoken: str
    written: tuple[str, ...]


@dataclass(frozen=True)
class Breath:
    """A stretch of text that is spoken in one go, and the silence after it."""

    phrases: tuple[Phrase, ...]
    pause_after_ms: int = 0

    @property
    def spoken(self) -> str:
        return joined(phrase.spoken for phrase in self.phrases)


@dataclass(frozen=True)
class Speakable:
    """A whole section."""

    breaths: tuple[Breath, ...]

    @property
    def spoken(self) -> str:
        return " ".join(breath.spoken for breath in self.breaths)

    @property
    def written(self) -> tuple[str, ...]:
        """Every word that a caption shows, in order."""
        return tuple(word for breath in self.breaths for phrase in breath.phrases for word in phrase.written)
