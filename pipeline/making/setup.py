"""From what was asked to what will be done: niche, look, pack, voice, size and the room for words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.brief import Brief
from pipeline.errors import BriefError, VoiceError
from pipeline.pictures.models import Style
from pipeline.pictures.styles import style_for
from pipeline.scripts.budget import WordBudget, word_budget
from pipeline.timeline.sizes import frame_size
from presets import looks, music, niches, packs
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
    pack: str | Path
    music: str | Path | None
    style: Style
    voice: Choice
    width: int
    height: int
    budget: WordBudget
    language: str


def choose(brief: Brief, cast: Cast, *, language: str, commercial: bool = False) -> Setup:
    """Fill what the brief leaves open with the niche's own; refuse what does not exist, with what does."""
    chosen = presets_of(brief)
    try:
        voice = cast.choose(brief.voice, language=language, commercial=commercial)
    except VoicesError as error:
        raise VoiceError(str(error)) from error
    width, height = frame_size(brief.aspect, brief.resolution)
    budget = word_budget(
        minutes=brief.minutes,
        words_a_minute=voice.voice.words_per_minute,
        pacing=chosen.niche.pacing,
        pace=brief.pace,
        fixed_ms=OPENING_MS,
    )
    return Setup(
        brief=brief,
        niche=chosen.niche,
        look=chosen.look,
        pack=chosen.pack,
        music=chosen.music,
        style=style_for(chosen.niche, chosen.look.name),
        voice=voice,
        width=width,
        height=height,
        budget=budget,
        language=language,
    )


@dataclass(frozen=True)
class Presets:
    """A pack or music as a path is the creator's own file."""

    niche: Niche
    look: Look
    pack: str | Path
    music: str | Path | None


def presets_of(brief: Brief) -> Presets:
    """What the brief names, or else the niche's own. Raises a BriefError that lists what there is."""
    try:
        niche = niches.load(brief.niche)
        look = looks.load(brief.look or niche.look)
        return Presets(niche, look, _pack(brief.pack or niche.pack), _music(brief.music or niche.music))
    except PresetsError as error:
        raise BriefError(str(error)) from error


def _pack(name: str) -> str | Path:
    if not name.endswith(".json"):
        packs.load(name)
        return name
    own = _own_file(name)
    packs.read(own)
    return own


def _music(name: str) -> str | Path | None:
    if name == "off":
        return None
    if "/" in name or "." in name:
        return _own_file(name)
    music.find(name)
    return name


def _own_file(name: str) -> Path:
    if not Path(name).is_file():
        raise BriefError(f"There is no file {name}.")
    return Path(name)
