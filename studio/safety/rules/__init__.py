"""The studio's own rules on words: always there, whatever else is."""

from __future__ import annotations

from collections.abc import Iterator

from studio.safety.rules.book import Book, Finding
from studio.safety.rules.figures import private_figures
from studio.safety.rules.spam import spam

__all__ = ["Finding", "findings"]


def findings(text: str, *, safe_mode: bool, prompt: bool) -> Iterator[Finding]:
    """Everything that the rules have to say about a text. In a prompt every word is an instruction."""
    yield from private_figures(text)
    yield from Book.standard().findings(text, safe_mode=safe_mode, prompt=prompt)
    yield from spam(text)
