"""From what was asked to what will be done: niche, look, pack, voice, size and the room for words."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.brief import Brief
from pipeline.errors import BriefError, VoiceError
from pipeline.pictures.models import Style
from pipeline.pictures.styles import style_for
from pipeline.scripts.budget import WordBudget, word_budget
from pipeline.timeline.sizes import frame_size
from presets import looks, niches, packs
from presets.errors import PresetsError
from presets.looks import Look
from presets.niches import Niche
from voices import Cast, Choice, VoicesError

OPENING_MS = 300
"""A breath before the first word."""


@dataclass(frozen=True)
class Setup:
    """Every choice of a film, made."""

    brief: Brief
    niche: Niche
    look: Look
    pack: str
    style: Style
    voice: Choice
    width: int
    height: int
    budget: WordBudget
    language: str


def choose(brief: Brief, cast: Cast, *, language: str, commercial: bool = False) -> Setup:
    """Fill what the brief leaves open with the niche's own; refuse what does not exist, with what does."""
    try:
        niche = niches.load(brief.niche)
        look = looks.load(brief.look or niche.look)
        pack = brief.pack or niche.pack
        if not pack.endswith(".json"):
            packs.load(pack)
    except PresetsError as error:
        raise BriefError(str(error)) from error
    try:
        voice = cast.choose(brief.voice, language=language, commercial=commercial)
    except VoicesError as error:
        raise VoiceError(str(error)) from error
    width, height = frame_size(brief.aspect, brief.resolution)
    budget = word_budget(
        minutes=brief.minutes,
        words_a_minute=voice.voice.words_per_minute,
        pacing=niche.pacing,
        pace=brief.pace,
        fixed_ms=OPENING_MS,
    )
    return Setup(brief, niche, look, pack, style_for(niche, look.name), voice, width, height, budget, language)
