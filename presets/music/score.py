"""From a recipe to notes: what each part plays, beat by beat, with the small inexactness of a hand."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from presets.music.recipe import BEATS, Bed, Part
from presets.music.theory import Chord, degree, nearest, pitch_class, voicing

_STRENGTHS = {"X": 1.25, "x": 1.0, "o": 0.55}
_LATE_MS = {"bass": 4.0, "melody": 5.0}


@dataclass(frozen=True)
class Note:
    """One sound. Beats count from the start of the bed; midi is 0 for a drum."""

    beat: float
    beats: float
    midi: int
    strength: float
    late_ms: float = 0.0


@dataclass(frozen=True)
class Bar:
    """A bar of the bed, where it lies and what stands around it."""

    number: int
    section: str
    in_section: int
    last: bool
    through: float
    chords: tuple[Chord, ...]

    def chord_at(self, fraction: float) -> Chord:
        return self.chords[min(len(self.chords) - 1, int(fraction * len(self.chords) + 1e-6))]


def bars_of(bed: Bed) -> list[Bar]:
    bars: list[Bar] = []
    for section in bed.sections:
        count = len(section.bars)
        for index, chords in enumerate(section.bars):
            bars.append(Bar(len(bars), section.name, index, index == count - 1, index / count, chords))
    return bars


def notes_of(bed: Bed, part: Part) -> list[Note]:
    """Everything a part plays, in order."""
    random = np.random.default_rng([bed.seed, zlib.crc32(f"{part.instrument} {part.role} {part.pattern}".encode())])
    heard = [bar for bar in bars_of(bed) if not part.sections or bar.section in part.sections]
    written: list[Note] = []
    for bar in heard:
        notes = _WRITERS[part.role](bed, part, bar, written)
        grow = 0.55 + 0.45 * (bar.through + 0.12) if part.swell else 1.0
        written.extend(replace(note, strength=note.strength * grow) for note in notes)
    return [_by_hand(bed, part, note, random) for note in written]


def _steps(part: Part, bar: Bar) -> list[tuple[float, float, str]]:
    """(where in the bar, how long, sign) of each stroke; holds lengthen the stroke before them."""
    patterns = part.pattern.split("|")
    text = part.fill if part.fill and bar.last else patterns[bar.in_section % len(patterns)]
    signs = "".join(text.split())
    strokes: list[tuple[float, float, str]] = []
    for index, sign in enumerate(signs):
        if sign == "-" and strokes:
            at, length, first = strokes[-1]
            strokes[-1] = (at, length + 1 / len(signs), first)
        elif sign not in ".-":
            strokes.append((index / len(signs), 1 / len(signs), sign))
    return strokes


def _write_chords(bed: Bed, part: Part, bar: Bar, written: list[Note]) -> Iterator[Note]:
    low = 12 * (part.octave + 1)
    before = _last_chord(written)
    for at, length, sign in _steps(part, bar):
        for start, span, harmony in _split(bar, at, length):
            before = voicing(harmony, low, low + 19, before, part.voices)
            for index, midi in enumerate(before):
                late_ms = index * part.strum_ms
                yield Note(*_beats(bar, start, span), midi, part.strength * _STRENGTHS[sign], late_ms)


def _split(bar: Bar, at: float, length: float) -> Iterator[tuple[float, float, Chord]]:
    """A held chord is struck again where the harmony changes."""
    edges = [at, *(i / len(bar.chords) for i in range(1, len(bar.chords)) if at < i / len(bar.chords) < at + length)]
    for start, end in zip(edges, [*edges[1:], at + length], strict=True):
        yield start, end - start, bar.chord_at(start)


def _last_chord(written: list[Note]) -> tuple[int, ...] | None:
    if not written:
        return None
    return tuple(sorted(note.midi for note in written if note.beat == written[-1].beat))


def _write_arp(bed: Bed, part: Part, bar: Bar, written: list[Note]) -> Iterator[Note]:
    low = 12 * (part.octave + 1)
    for index, (at, length, sign) in enumerate(_steps(part, bar)):
        harmony = bar.chord_at(at)
        tones = sorted(nearest(tone, low) for tone in dict.fromkeys(harmony.tones))
        octave, tone = divmod(int(sign), len(tones))
        accent = 1.0 if at * BEATS % 1 < 1e-6 else 0.82 + 0.08 * (index % 2)
        yield Note(*_beats(bar, at, length), tones[tone] + 12 * octave, part.strength * accent)


def _write_bass(bed: Bed, part: Part, bar: Bar, written: list[Note]) -> Iterator[Note]:
    low = 12 * (part.octave + 1) + 4
    for at, length, sign in _steps(part, bar):
        harmony = bar.chord_at(at)
        root = nearest(harmony.bass, low)
        third, seventh = (harmony.tones[min(i, len(harmony.tones) - 1)] for i in (1, 3))
        fifth = (harmony.root + 7) % 12
        midi = {
            "r": root,
            "8": root + 12,
            "5": nearest(fifth, root),
            "l": nearest(fifth, root - 11) if nearest(fifth, root - 11) >= low - 2 else nearest(fifth, root),
            "3": nearest(third, root),
            "7": nearest(seventh, root),
        }[sign]
        yield Note(*_beats(bar, at, length), midi, part.strength * (1.0 if at == 0 else 0.88))


def _write_melody(bed: Bed, part: Part, bar: Bar, written: list[Note]) -> Iterator[Note]:
    bars = part.pattern.split("|")
    at = 0
    for token in bars[bar.in_section % len(bars)].split():
        number, sixteenths = token.split("/")
        length = int(sixteenths)
        if number != "r":
            midi = degree(int(number), pitch_class(bed.key), bed.mode, part.octave)
            phrase = 1.0 if at % 8 == 0 else 0.88
            yield Note(*_beats(bar, at / 16, length / 16), midi, part.strength * phrase)
        at += length


def _write_beat(bed: Bed, part: Part, bar: Bar, written: list[Note]) -> Iterator[Note]:
    for at, length, sign in _steps(part, bar):
        yield Note(*_beats(bar, at, length), 0, part.strength * _STRENGTHS[sign])


_Writer = Callable[[Bed, Part, Bar, list[Note]], Iterator[Note]]
_WRITERS: dict[str, _Writer] = {
    "chords": _write_chords,
    "arp": _write_arp,
    "bass": _write_bass,
    "melody": _write_melody,
    "beat": _write_beat,
}


def _beats(bar: Bar, at: float, length: float) -> tuple[float, float]:
    return (bar.number + at) * BEATS, length * BEATS


def _by_hand(bed: Bed, part: Part, note: Note, random: np.random.Generator) -> Note:
    """Swung, a little early or late, a little stronger or weaker."""
    tight = 0.4 if part.role == "beat" else 1.0
    late_ms = note.late_ms + random.normal(_LATE_MS.get(part.role, 0.0), bed.humanise_ms * tight)
    strength = float(np.clip(note.strength * random.normal(1.0, 0.07), 0.05, 1.0))
    return replace(note, beat=_swung(note.beat, bed), strength=strength, late_ms=late_ms)


def _swung(beat: float, bed: Bed) -> float:
    pair = 1.0 if bed.swing_steps == 8 else 0.5
    whole, rest = divmod(beat, pair)
    half = pair / 2
    rest = (
        rest / half * bed.swing * pair if rest < half else (bed.swing + (rest - half) / half * (1 - bed.swing)) * pair
    )
    return whole * pair + rest
