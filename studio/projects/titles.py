"""What a film is called: the same wherever it is named."""

from __future__ import annotations

from typing import Any

from pydantic import model_validator

from pipeline.sources.markdown import named_title
from studio.store.records import Record

_LONGEST = 90


def called(title: str, opening: str) -> str:
    """Its own title, or the first words of what it is made of."""
    for text in (title, named_title(opening), opening):
        first = next((line for line in text.splitlines() if line.strip(" #*-_>\t")), "")
        words = " ".join(first.strip(" #*-_>\t").split())
        if words:
            return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"
    return "Untitled film"


class Titled(Record):
    """A row about a film, with its `title` and `opening`, how what it is made of begins. No title: the film is gone."""

    @model_validator(mode="before")
    @classmethod
    def _is_called(cls, row: Any) -> Any:
        if not isinstance(row, dict) or row.get("title") is None:
            return row
        return {**row, "title": called(row["title"], row.get("opening") or "")}
