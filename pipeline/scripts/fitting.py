"""Brings a spoken script to the length that was asked: silences first, then the speaking rate, then the words.
Pure functions of a script and how long its sections really speak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.errors import ScriptError
from pipeline.scripts.budget import WordBudget
from pipeline.scripts.language.words import spoken_words
from pipeline.scripts.models import Script, Section
from pipeline.scripts.writers import LengthChange

GOAL = 0.03
LIMIT = 0.10
SLOWEST, FASTEST = 0.92, 1.08
_TIGHTEST, _LOOSEST = 0.6, 1.7
_SHORTEST_MS, _LONGEST_MS = 200, 2500
_NOT_WORTH_SPEAKING_AGAIN = 0.01
_LEAST_CHANGE = 0.06


@dataclass(frozen=True)
class Fit:
    """What to change, and how long the film is then. Rate is against the rate at which the sections were spoken."""

    script: Script
    rate: float
    changes: tuple[LengthChange, ...]
    expected_ms: int
    target_ms: int

    @property
    def error(self) -> float:
        """Signed: 0.05 is a film 5 % too long."""
        return self.expected_ms / self.target_ms - 1

    def require(self) -> Fit:
        """Itself, or a ScriptError where the film would miss the hard line."""
        if abs(self.error) <= LIMIT:
            return self
        minutes = self.expected_ms / 60_000
        longer = "shorter" if self.error > 0 else "longer"
        raise ScriptError(
            f"Spoken, this script makes a film of {minutes:.1f} minutes where {self.target_ms / 60_000:g} were asked. "
            f"Ask for {max(1.0, min(12.0, minutes)):.1f} minutes, or make the script {longer}."
        )


def fit(script: Script, speech_ms: Mapping[str, int], budget: WordBudget, *, rate_so_far: float = 1.0) -> Fit:
    """`rate_so_far` is the rate at which the speech was made, if an earlier fit changed it."""
    spoken = sum(speech_ms[section.id] for section in script.sections)
    room = budget.target_ms - budget.fixed_ms
    paused = _with_pauses(script, room - spoken)
    silence = _silence(paused)
    rate = _rate(spoken, room - silence, rate_so_far, budget.target_ms)
    if rate != 1.0:
        paused = _with_pauses(script, room - round(spoken / rate))
        silence = _silence(paused)
    expected = round(spoken / rate) + silence + budget.fixed_ms
    missing = abs(expected - budget.target_ms) > GOAL * budget.target_ms
    changes = _changes(script, speech_ms, budget) if missing else ()
    return Fit(paused, rate, changes, expected, budget.target_ms)


def film_ms(script: Script, speech_ms: Mapping[str, int], budget: WordBudget) -> int:
    return budget.fixed_ms + _silence(script) + sum(speech_ms[section.id] for section in script.sections)


def _silence(script: Script) -> int:
    return sum(section.pause_after_ms for section in script.sections)


def _with_pauses(script: Script, wanted_ms: int) -> Script:
    """All silences grown or shrunk alike, each within what sounds natural, to come as near as that allows."""
    pauses = [section.pause_after_ms for section in script.sections]
    low, high = [_least(pause) for pause in pauses], [_most(pause) for pause in pauses]
    wanted = max(sum(low), min(sum(high), wanted_ms))
    total = sum(pauses)
    ends = low if wanted < total else high
    span = sum(ends) - total
    share = (wanted - total) / span if span else 0.0
    changed = [round(pause + share * (end - pause)) for pause, end in zip(pauses, ends, strict=True)]
    sections = tuple(
        section if section.pause_after_ms == pause else section.model_copy(update={"pause_after_ms": pause})
        for section, pause in zip(script.sections, changed, strict=True)
    )
    return script.model_copy(update={"sections": sections})


def _least(pause: int) -> int:
    return min(pause, max(_SHORTEST_MS, round(pause * _TIGHTEST)))


def _most(pause: int) -> int:
    return max(pause, min(_LONGEST_MS, round(pause * _LOOSEST)))


def _rate(spoken: int, room: int, rate_so_far: float, target_ms: int) -> float:
    """Faster than 1 where the speech is too long for the room. A hair's breadth is not worth speaking again for."""
    if not spoken or abs(spoken - room) <= _NOT_WORTH_SPEAKING_AGAIN * target_ms:
        return 1.0
    wanted = spoken / room if room > 0 else FASTEST
    low, high = min(1.0, SLOWEST / rate_so_far), max(1.0, FASTEST / rate_so_far)
    return max(low, min(high, wanted))


def _changes(script: Script, speech_ms: Mapping[str, int], budget: WordBudget) -> tuple[LengthChange, ...]:
    """The sections that miss their share most, until together they make up for what is missing."""
    room = budget.target_ms - budget.fixed_ms - _silence(script)
    missing = float(room - sum(speech_ms[section.id] for section in script.sections))
    wanted = _wanted(script, budget, room)
    off = {section.id: wanted[section.id] - speech_ms[section.id] for section in script.sections}
    changes = []
    for section in sorted(script.sections, key=lambda section: -off[section.id] * (1 if missing > 0 else -1)):
        left = missing if abs(missing) < abs(off[section.id]) else off[section.id]
        if left * missing <= 0 or abs(left) < _LEAST_CHANGE * speech_ms[section.id]:
            continue
        changes.append(_change(section, speech_ms[section.id], left))
        missing -= left
    return tuple(changes)


def _wanted(script: Script, budget: WordBudget, room: int) -> dict[str, float]:
    """Every section's share of the speech, by its kind; a transcript without parts is shared by what it has."""
    kinds = {section.kind for section in script.sections}
    shares = {
        section.id: budget.words_for(section.kind) if len(kinds) > 2 else spoken_words(section.narration)
        for section in script.sections
    }
    total = sum(shares.values())
    return {name: room * share / total for name, share in shares.items()}


def _change(section: Section, spoken_ms: int, by_ms: float) -> LengthChange:
    words = spoken_words(section.narration)
    return LengthChange(section.id, max(6.0, round(words * (spoken_ms + by_ms) / max(spoken_ms, 1), 1)))
