"""From notes to sound: plays every part on the circle, sends it to echo and room, and masters the sum."""

from __future__ import annotations

import zlib

import numpy as np

from presets.music.recipe import BEATS, Bed, Part
from presets.music.score import Note, notes_of
from presets.music.synth.drums import DRUMS
from presets.music.synth.instruments import INSTRUMENTS
from presets.music.synth.loop import (
    RATE,
    Wave,
    chain,
    empty,
    filtered_and_measured,
    high_pass,
    loop_length,
    low_pass,
    place,
)
from presets.music.synth.master import mastered
from presets.music.synth.space import chorused, echoed, reverberated, room
from presets.music.synth.tones import hertz

_KICKS = ("kick", "soft_kick")
_TAKES = 3
"""How often a drum or note is played anew before takes are used again."""
_PART_LUFS = -24.0
_DUCK_RECOVERY_S = 0.11


def render(bed: Bed) -> Wave:
    """The whole bed, (2, samples), ready to loop."""
    length = loop_length(bed.length_s)
    impulse = room(bed.room_s, np.random.default_rng([bed.seed, 1]))
    dip = _kick_dip(bed, length)
    dry, wet, echoes = (empty(length) for _ in range(3))
    for part in bed.parts:
        sound = _played(bed, part, length)
        sound *= 1 - part.ducked * dip
        dry += sound
        wet += sound * part.room
        echoes += sound * part.echo
    if echoes.any():
        repeats = echoed(echoes, bed.echo_beats * _beat_s(bed, length))
        dry += repeats
        wet += 0.3 * repeats
    return mastered(dry + reverberated(wet, impulse))


def _beat_s(bed: Bed, length: int) -> float:
    return length / RATE / (bed.bars * BEATS)


def _played(bed: Bed, part: Part, length: int) -> Wave:
    """One part alone, at its level and colour."""
    sound = empty(length)
    left, right = np.cos((part.pan + 1) * np.pi / 4) * np.sqrt(2), np.sin((part.pan + 1) * np.pi / 4) * np.sqrt(2)
    beat_s = _beat_s(bed, length)
    player = _Player(bed, part, beat_s)
    for note in notes_of(bed, part):
        at = round((note.beat * beat_s + note.late_ms / 1000) * RATE)
        place(sound, player.play(note), at, float(left), float(right))
    sound, loudness = filtered_and_measured(sound, chain(high_pass(part.low_cut_hz), low_pass(part.high_cut_hz)))
    if part.chorus:
        sound = chorused(sound, turns=max(1, round(length / RATE / 2.7)))
    level_db = _PART_LUFS - loudness + 10 * np.log10(_share_played(sound)) + part.level_db
    return np.asarray(sound * np.float32(10 ** (level_db / 20)))


def _share_played(sound: Wave) -> float:
    """How much of the bed the part plays in, so that resting does not make it louder."""
    seconds = sound[:, : sound.shape[1] // RATE * RATE].reshape(2, -1, RATE)
    powers = np.einsum("csk,csk->s", seconds, seconds)
    return max(float((powers > powers.max() * 10**-2.5).mean()), 1e-3)


class _Player:
    """Plays notes of one part and keeps the takes: a sound that comes again need not be made again."""

    def __init__(self, bed: Bed, part: Part, beat_s: float) -> None:
        self._part = part
        self._beat_s = beat_s
        self._seed = [bed.seed, zlib.crc32(part.instrument.encode())]
        self._takes: dict[tuple[int, int, int, int], Wave] = {}
        self._count = 0

    def play(self, note: Note) -> Wave:
        shade = round(note.strength * 6)
        length_ms = round(note.beats * self._part.gate * self._beat_s * 1000)
        self._count += 1
        take = (note.midi, length_ms, shade, self._count % _TAKES)
        if take not in self._takes:
            self._takes[take] = self._make(note.midi, length_ms / 1000, max(shade, 1) / 6, take[3])
        return self._takes[take] * note.strength**1.4

    def _make(self, midi: int, length_s: float, strength: float, take: int) -> Wave:
        random = np.random.default_rng([*self._seed, midi, take])
        if self._part.role == "beat":
            return DRUMS[self._part.instrument](strength, random)
        return INSTRUMENTS[self._part.instrument](hertz(midi), length_s, strength, random)


def _kick_dip(bed: Bed, length: int) -> Wave:
    """0 to 1: how hard the kick drum was just struck."""
    dip = empty(length)
    t = np.arange(round(0.6 * RATE)) / RATE
    shape = np.minimum(1, t / 0.008) * np.exp2(-t / _DUCK_RECOVERY_S)
    for part in bed.parts:
        if part.role == "beat" and part.instrument in _KICKS:
            for note in notes_of(bed, part):
                place(dip, shape * note.strength, round(note.beat * _beat_s(bed, length) * RATE))
    return np.minimum(dip[0], 1.0)
