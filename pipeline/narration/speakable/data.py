"""The data beside this module, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).with_name("english.toml")


class English(BaseModel):
    """Everything that english.toml says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pronunciations: dict[str, str]
    abbreviations: dict[str, str]
    units: dict[str, tuple[str, str]]
    spaced_units: dict[str, tuple[str, str]]
    currencies: dict[str, tuple[str, str, str, str]]
    scales: dict[str, str]
    symbols: dict[str, str]
    words: dict[str, str]

    def list_of(self, name: str) -> frozenset[str]:
        return frozenset(self.words[name].split())


@cache
def _read() -> English:
    return English.model_validate(tomllib.loads(FILE.read_text("utf-8")))


ENGLISH = _read()
