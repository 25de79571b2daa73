"""Create: niche, notes, voice, length, Generate."""

from __future__ import annotations

from studio.desk import Desk
from studio.pages.shell import heading


def build(desk: Desk) -> None:
    heading("Turn your notes into a film", "Pick a niche, drop in notes, pick a voice and a length, press Generate.")
