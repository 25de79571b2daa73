"""Alignment on a card that is lent for the length of a call.

It runs in a child process: nothing in it may touch the store, and what goes in and comes out is plain data.
"""

from __future__ import annotations

import logging
import math
from typing import Protocol

from pipeline.narration import Aligner
from pipeline.narration.sound import Samples
from voices import SpokenWord

_log = logging.getLogger(__name__)
_START_S, _SECONDS_A_SECOND, _LONGEST_S = 8.0, 0.15, 60
"""How long a call may take: the card has to be fetched, then it hears far quicker than anybody speaks."""


def seconds_for(text: str, samples: Samples, sample_rate: int, language: str) -> int:
    """What is asked of the Space: the less, the sooner it gives."""
    return min(_LONGEST_S, math.ceil(_START_S + _SECONDS_A_SECOND * len(samples) / sample_rate))


class Loaded(Aligner, Protocol):
    """An aligner whose model can be made ready before it is asked."""

    def load(self, language: str) -> bool: ...


def on_lent_card(aligner: Loaded) -> Aligner:
    """The same aligner, whose calls run with a card. Its English model is loaded here, as such Spaces want it."""
    import spaces

    aligner.load("en")

    def align(text: str, samples: Samples, sample_rate: int, language: str) -> tuple[SpokenWord, ...] | None:
        return aligner.align(text, samples, sample_rate, language)

    return _Lent(spaces.GPU(duration=seconds_for)(align))


class _Lent:
    def __init__(self, align: object) -> None:
        self._align = align

    def align(self, text: str, samples: Samples, sample_rate: int, language: str) -> tuple[SpokenWord, ...] | None:
        try:
            found: tuple[SpokenWord, ...] | None = self._align(text, samples, sample_rate, language)  # type: ignore[operator]
        except Exception as error:  # noqa: BLE001 - no card is free, the quota is used up: the next aligner is asked
            _log.warning("no card was lent for an alignment: %s", error)
            return None
        return found
