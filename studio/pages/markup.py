"""Small pieces of HTML that several pages show. Everything that people wrote is escaped here."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape
from typing import Literal

Tone = Literal["good", "warn", "bad", "info"]


def notice(tone: Tone, words: str) -> str:
    """A sentence that matters, where it matters; screen readers say it at once."""
    role = "alert" if tone == "bad" else "status"
    return f'<div class="cc-notice {tone}" role="{role}">{escape(words)}</div>'


def empty(title: str, words: str, *, action: tuple[str, str] | None = None, level: int = 2) -> str:
    """A page without anything yet: what belongs here, and the way to the first of it (words and address).

    Where nothing else stands on the page, its title is the page's own: level 1.
    """
    button = f'<a class="cc-button" href="{escape(action[1])}">{escape(action[0])}</a>' if action else ""
    return f'<div class="cc-empty"><h{level}>{escape(title)}</h{level}><p>{escape(words)}</p>{button}</div>'


def chip(words: str, tone: Tone = "info") -> str:
    return f'<span class="cc-chip {tone}">{escape(words)}</span>'


def credits(amount: int) -> str:
    return f"{amount} credit{'' if abs(amount) == 1 else 's'}"


def length(seconds: float) -> str:
    """As a player shows it: 2:05."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def span(seconds: float) -> str:
    """As people say it: about 3 minutes."""
    if seconds < 50:
        return "less than a minute"
    minutes = max(1, round(seconds / 60))
    return f"about {minutes} minute{'' if minutes == 1 else 's'}"


def ago(moment: datetime, now: datetime | None = None) -> str:
    seconds = ((now or datetime.now(UTC)) - moment).total_seconds()
    for size, name in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {name}{'' if count == 1 else 's'} ago"
    return "just now"


def runs(function: str, arguments: str = "element, server") -> str:
    """For `js_on_load`: call a function of our scripts, which may arrive after the part that they bring to life."""
    return f"(function go() {{ window.{function} ? window.{function}({arguments}) : setTimeout(go, 20); }})();"
