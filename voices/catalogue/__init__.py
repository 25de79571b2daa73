"""The voices there are, read from the files beside this module. Adding a voice is adding an entry."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from voices.errors import CatalogueError, UnknownVoice
from voices.models import Voice

FOLDER = Path(__file__).parent


class Catalogue:
    """Voices in the order in which they are preferred."""

    def __init__(self, voices: Iterable[Voice]) -> None:
        self.voices = tuple(voices)
        self._by_id = {voice.id: voice for voice in self.voices}
        if len(self._by_id) < len(self.voices):
            raise CatalogueError("Two voices of the catalogue have the same id.")

    def find(self, voice_id: str) -> Voice:
        try:
            return self._by_id[voice_id]
        except KeyError:
            raise UnknownVoice(
                f"There is no voice “{voice_id}”. Choose default or one of: {', '.join(self._by_id)}."
            ) from None

    def of(self, *, engine: str = "", language: str = "", commercial: bool = False) -> tuple[Voice, ...]:
        """Those of an engine, those that speak a language (the same region first), those for paid products."""
        found = [
            voice
            for voice in self.voices
            if (not engine or voice.engine == engine)
            and (not language or voice.base_language in (language.split("-")[0].lower(), "mul"))
            and (voice.commercial or not commercial)
        ]
        return tuple(sorted(found, key=lambda voice: language.lower() not in ("", voice.language.lower())))


@cache
def published() -> Catalogue:
    """The files in the order of their names: 10-..., 20-..., ..."""
    return Catalogue(voice for path in sorted(FOLDER.glob("*.toml")) for voice in read(path))


def read(path: Path) -> tuple[Voice, ...]:
    """One engine's voices: what they share stands once, under `shared` and `shared.delivery`."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        return tuple(Voice.model_validate(_merged(data.get("shared", {}), entry)) for entry in data["voices"])
    except (tomllib.TOMLDecodeError, ValidationError, KeyError, TypeError) as error:
        raise CatalogueError(f"{path.name} is not a valid part of the voice catalogue: {error}") from error


def _merged(shared: Mapping[str, Any], entry: Mapping[str, Any]) -> dict[str, Any]:
    delivery = {**shared.get("delivery", {}), **entry.get("delivery", {})}
    return {**shared, **entry, "delivery": delivery}
