"""What a film will take, said before anything is spent."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pipeline.brief import Brief
from pipeline.errors import VoiceError
from pipeline.machine import cores
from pipeline.making.services import Services
from pipeline.making.setup import presets_of
from pipeline.progress import Stage
from pipeline.timeline.sizes import frame_size
from voices import VoicesError

FRAME_S = 0.021
"""Processor time of one 1080p frame, drawn and encoded, measured on one core of 2.5 GHz."""
SHOTS_A_MINUTE = 9
CANVAS_S, SPOKEN_S_A_MINUTE, CHECK_S_A_MINUTE = 0.7, 2.5, 4.0
WRITER_S, PAINTED_S = 25.0, 15.0


@dataclass(frozen=True)
class Estimate:
    """Seconds of each stage, credits, and what providers will charge; cents are None where a price is unknown."""

    seconds: dict[Stage, float]
    credits: int
    cents: float | None

    @property
    def total_s(self) -> float:
        """Stages overlap: pictures are painted while scenes are drawn."""
        return sum(self.seconds.values())

    def text(self) -> str:
        minutes, seconds = divmod(round(self.total_s), 60)
        cost = "a price that its provider does not publish" if self.cents is None else f"{self.cents / 100:.2f} $"
        return f"time: about {minutes}:{seconds:02d}\ncredits: {self.credits}\nproviders charge: {cost}"


def estimate(brief: Brief, services: Services) -> Estimate:
    """From the length, the size and who works. Nothing is fetched for it, and what does not exist is refused."""
    presets_of(brief)
    width, height = frame_size(brief.aspect, brief.resolution)
    frames = brief.minutes * 60 * brief.fps
    shots = SHOTS_A_MINUTE * brief.minutes
    seconds: dict[Stage, float] = {
        "SCRIPTING": WRITER_S if services.writer.paid else 0.5,
        "VOICE_GEN": SPOKEN_S_A_MINUTE * brief.minutes,
        "IMAGE_GEN": shots * (PAINTED_S / services.network_lanes if services.painter.paid else CANVAS_S / cores()),
        "RENDERING": frames * FRAME_S * (width * height / (1920 * 1080)) / cores(),
        "PACKAGING": CHECK_S_A_MINUTE * brief.minutes,
    }
    return Estimate(seconds, math.ceil(brief.minutes), _cents(brief, services, shots))


def _cents(brief: Brief, services: Services, shots: float) -> float | None:
    try:
        spoken = services.cast.expected_cents(brief.voice, brief.minutes)
    except VoicesError as error:
        raise VoiceError(str(error)) from error
    written = services.writer.expected_cents(brief.minutes)
    if written is None:
        return None
    return written + spoken + services.painter.expected_cents(shots)
