"""Keys, chords and voicings: just enough harmony for chords that lead into each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

_PITCHES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_QUALITIES = {
    "": (0, 4, 7), "m": (0, 3, 7), "5": (0, 7), "dim": (0, 3, 6), "sus2": (0, 2, 7), "sus4": (0, 5, 7),
    "6": (0, 4, 7, 9), "m6": (0, 3, 7, 9), "7": (0, 4, 7, 10), "maj7": (0, 4, 7, 11), "m7": (0, 3, 7, 10),
    "m7b5": (0, 3, 6, 10), "7sus4": (0, 5, 7, 10), "add9": (0, 2, 4, 7), "madd9": (0, 2, 3, 7),
    "9": (0, 4, 7, 10, 2), "maj9": (0, 4, 7, 11, 2), "m9": (0, 3, 7, 10, 2), "7b9": (0, 4, 7, 10, 1),
}  # fmt: skip
_SCALES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
}
MODES = tuple(_SCALES)
_SYMBOL = re.compile(r"([A-G][#b]?)([^/]*)(?:/([A-G][#b]?))?")


@dataclass(frozen=True)
class Chord:
    """Pitch classes: the bass, the root and all tones upwards from the root."""

    bass: int
    root: int
    tones: tuple[int, ...]


def pitch_class(name: str) -> int:
    """C# -> 1. A ValueError for what is no note."""
    if not re.fullmatch(r"[A-G][#b]?", name):
        raise ValueError(f"{name!r} is not a note")
    return (_PITCHES[name[0]] + name.count("#") - name[1:].count("b")) % 12


def chord(symbol: str) -> Chord:
    """Fmaj9, C#m7, A/C#."""
    parts = _SYMBOL.fullmatch(symbol)
    if not parts or parts[2] not in _QUALITIES:
        raise ValueError(f"{symbol!r} is not a chord; qualities are {', '.join(q for q in _QUALITIES if q)}")
    root = pitch_class(parts[1])
    bass = pitch_class(parts[3]) if parts[3] else root
    return Chord(bass, root, tuple((root + step) % 12 for step in _QUALITIES[parts[2]]))


def degree(number: int, key: int, mode: str, octave: int) -> int:
    """The MIDI note of a scale degree: 1 is the key note of the octave, 8 the one above, 0 the note below."""
    steps = _SCALES[mode]
    octaves, index = divmod(number - 1, len(steps))
    return 12 * (octave + 1) + key + 12 * octaves + steps[index]


def nearest(pitch: int, low: int) -> int:
    """The lowest note of a pitch class from `low` on."""
    return low + (pitch - low) % 12


def voicing(harmony: Chord, low: int, high: int, before: Sequence[int] | None, voices: int = 4) -> tuple[int, ...]:
    """The chord within a range, close to how the chord before it lay; it never doubles a third or leaves one out."""
    tones = _essential(harmony, voices)
    choices = [note for note in range(low, high + 1) if note % 12 in tones]
    fits = [c for c in combinations(choices, min(voices, len(tones))) if {note % 12 for note in c} == set(tones)]
    if not fits:
        return tuple(sorted(nearest(tone, low) for tone in tones))
    centre = (low + high) / 2
    return min(fits, key=lambda notes: (_movement(notes, before, centre), notes))


def _essential(harmony: Chord, voices: int) -> tuple[int, ...]:
    """What a chord keeps when there are fewer voices than tones: the bass player has the root, the fifth is spare."""
    tones = list(dict.fromkeys(harmony.tones))
    fifth = (harmony.root + 7) % 12
    for spare in (harmony.root, fifth):
        if len(tones) > voices and spare in tones:
            tones.remove(spare)
    return tuple(tones[:voices] if len(tones) > voices else tones)


def _movement(notes: Sequence[int], before: Sequence[int] | None, centre: float) -> float:
    spread = abs(sum(notes) / len(notes) - centre) * 0.35
    crowded = sum(3.0 for a, b in pairwise(notes) if b - a < 2 or (b - a < 3 and a < 55))
    if not before:
        return spread + crowded
    moved = sum(min(abs(note - other) for other in before) for note in notes)
    return moved + 0.8 * abs(notes[-1] - before[-1]) + spread + crowded
