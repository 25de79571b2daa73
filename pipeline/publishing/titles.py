"""Three titles that promise what the film holds: the script's own, and others from its figures, beats and length."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.scripts.models import Script

LONGEST = 100
_COMFORTABLE = 70


def titles(script: Script, minutes: float) -> tuple[str, ...]:
    """Three different ones, best first."""
    found: list[str] = []
    for title in [*_candidates(script, minutes), *(f"{script.title} ({part})" for part in ("1", "2", "3"))]:
        clean = _clean(title)
        if clean and clean.lower() not in {known.lower() for known in found} and len(clean) <= LONGEST:
            found.append(clean)
        if len(found) == 3:
            break
    return tuple(found)


def _clean(title: str) -> str:
    return " ".join(re.sub(r"[<>]", "", title).split())


def _candidates(script: Script, minutes: float) -> Iterator[str]:
    yield script.title[:LONGEST].rstrip()
    yield from script.other_titles
    if script.language.lower().split("-")[0] == "en":
        yield from (title for title in _english(script, minutes) if len(title) <= _COMFORTABLE)
    yield from (title for title in _by_beats(script) if len(title) <= _COMFORTABLE)
    yield from (hook.on_screen for hook in script.hooks if len(hook.on_screen.split()) > 2)
    yield from (section.title for section in script.sections if section.title)


def _english(script: Script, minutes: float) -> Iterator[str]:
    for hook in script.hooks:
        if hook.on_screen.endswith("?") and len(hook.on_screen.split()) >= 4:
            yield hook.on_screen
        if re.search(r"\d", hook.on_screen) and len(hook.on_screen.split()) > 1:
            yield f"{hook.on_screen[:1].upper()}{hook.on_screen[1:]}: {script.title}"
    whole = max(1, round(minutes))
    minute = "minute" if whole == 1 else "minutes"
    yield f"{script.title} in {whole} {minute.title() if script.title.istitle() else minute}"


def _by_beats(script: Script) -> Iterator[str]:
    beats = [section.title for section in script.sections if section.kind == "beat" and section.title]
    plain = [re.sub(r"^\d+\.\s*", "", title) for title in beats]
    for title in sorted(plain, key=len):
        yield f"{script.title}: {title}"
