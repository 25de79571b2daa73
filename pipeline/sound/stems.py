"""Turns a plan into tracks: every source decoded once, measured, levelled and put in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from pipeline.sound import balance
from pipeline.sound.ducking import Curve, Ducked, ducking_curve
from pipeline.sound.loudness import FRAME, integrated
from pipeline.sound.pcm import RATE, db, linear
from pipeline.sound.plan import Bed, Effect, MixPlan, OwnSound, Speech
from pipeline.sound.reading import Excerpt, has_sound, read
from pipeline.sound.scratch import Clip, Scratch
from pipeline.sound.speech import speech_spans
from pipeline.sound.tables import music_table, music_under_voice_lu, tables_of
from pipeline.sound.tracks import Music, Placed, Track

_CUT_FADE = RATE * 30 // 1000
_CLICK_FADE = RATE * 5 // 1000
_AUDIBLE_BELOW_DB = 40.0
_LOOP_SPARE_S = 4
_HELD_MARGIN_LU = 0.3


@dataclass(frozen=True, eq=False)
class Stems:
    """All tracks of a film with their warnings."""

    voices: tuple[Placed, ...]
    others: tuple[Placed, ...]
    music: Music | None
    spans: tuple[Ducked, ...]
    music_volume: float | None
    """What the bed got under speech: less than was asked for where that was too loud."""
    warnings: tuple[str, ...]

    @property
    def tracks(self) -> tuple[Track, ...]:
        return (*self.voices, *self.others, *((self.music,) if self.music else ()))


@dataclass
class Builder:
    """Makes the stems of one plan in one scratch file."""

    plan: MixPlan
    scratch: Scratch
    warnings: list[str] = field(default_factory=list)
    _decoded: dict[tuple[object, ...], Clip] = field(default_factory=dict)

    def stems(self) -> Stems:
        voices = self._voices()
        spans = _spoken(voices)
        own = [self._own_sound(sound, spans) for sound in self.plan.own_sounds]
        effects = [self._effect(effect) for effect in self.plan.effects]
        music, volume = self._music(self.plan.bed, voices, spans) if self.plan.bed else (None, None)
        others = tuple(track for track in (*own, *effects) if track)
        return Stems(voices, others, music, spans, volume, tuple(self.warnings))

    def _voices(self) -> tuple[Placed, ...]:
        heard = [(speech, clip) for speech in self.plan.speech if (clip := self._narration(speech))]
        gains_db = balance.voice_gains_db([clip for _, clip in heard])
        placed = [
            _voice(speech, clip, linear(gain_db + speech.gain_db))
            for (speech, clip), gain_db in zip(heard, gains_db, strict=True)
        ]
        return tuple(sorted(placed, key=lambda voice: voice.start))

    def _narration(self, speech: Speech) -> Clip | None:
        room = speech.end - speech.start
        clip = self._clip(speech.excerpt, room + 1)
        if not clip.samples or not np.isfinite(integrated(clip.powers)):
            self.warnings.append(f"{speech.excerpt.where}: {speech.excerpt.path.name} is silent.")
        if clip.samples > room:
            self.warnings.append(
                f"{speech.excerpt.where}: {speech.excerpt.path.name} is longer than its segment and was cut."
            )
        return clip if clip.samples else None

    def _own_sound(self, sound: OwnSound, spans: Sequence[Ducked]) -> Placed | None:
        excerpt = sound.excerpt
        if not has_sound(excerpt.path, where=excerpt.where):
            self.warnings.append(f"{excerpt.where}: {excerpt.path.name} has no sound of its own.")
            return None
        clip = self._clip(excerpt, sound.end - sound.start)
        if not clip.samples:
            return None
        end = sound.end if sound.loop else min(sound.end, sound.start + clip.samples)
        under = [Ducked(span.start_s, span.end_s, balance.OWN_SOUND_DUCK_DB) for span in spans]
        return Placed(
            clip,
            sound.start,
            end,
            linear(balance.own_sound_gain_db(clip, sound.volume)),
            fade_in=max(sound.fade_in, _CLICK_FADE),
            fade_out=max(sound.fade_out, _CLICK_FADE),
            curve=ducking_curve(under, 0.0),
            loop=sound.loop,
        )

    def _effect(self, effect: Effect) -> Placed | None:
        clip = self._clip(effect.excerpt, self.plan.samples)
        if not clip.samples:
            self.warnings.append(f"{effect.excerpt.where}: {effect.excerpt.path.name} is silent.")
            return None
        gain = linear(balance.effect_gain_db(clip) + effect.gain_db)
        return Placed(clip, effect.start, effect.start + clip.samples, gain)

    def _music(self, bed: Bed, voices: Sequence[Placed], spans: Sequence[Ducked]) -> tuple[Music | None, float | None]:
        clip = self._clip(bed.excerpt, self.plan.samples + _LOOP_SPARE_S * RATE)
        begin, length = (0, clip.samples) if bed.seamless else _audible(clip)
        powers = clip.powers[begin // FRAME : (begin + length) // FRAME]
        if not length or not np.isfinite(integrated(powers)):
            self.warnings.append(f"{bed.excerpt.where}: {bed.excerpt.path.name} is silent.")
            return None, None
        gain = linear(balance.music_gain_db(powers))
        curve = music_curve(spans, db(bed.volume))
        music = Music(clip, begin, length, self.plan.samples, gain, curve, bed.seamless)
        return self._held_under(music, bed.volume, voices, spans)

    def _held_under(
        self, music: Music, volume: float, voices: Sequence[Placed], spans: Sequence[Ducked]
    ) -> tuple[Music, float]:
        """The music, turned down where it was asked to be too loud for the voice."""
        samples = self.plan.samples
        below = music_under_voice_lu(tables_of(voices, samples), music_table(music, samples), spans)
        if below is None or below >= balance.MUSIC_UNDER_VOICE_LU:
            return music, volume
        held = volume * linear(below - balance.MUSIC_UNDER_VOICE_LU - _HELD_MARGIN_LU)
        self.warnings.append(
            f"bgmVolume: {volume:g} would drown the voice; the music was held to {held:.3f}, "
            f"{balance.MUSIC_UNDER_VOICE_LU:g} LU below it."
        )
        return replace(music, curve=music_curve(spans, db(held))), held

    def _clip(self, excerpt: Excerpt, most: int) -> Clip:
        key = (excerpt.path, excerpt.start_ms, excerpt.end_ms, excerpt.speed, most)
        if key not in self._decoded:
            self._decoded[key] = self.scratch.store(read(excerpt), most=most)
        return self._decoded[key]


def music_curve(spans: Sequence[Ducked], under_db: float) -> Curve:
    """Each span holds the bed so far under the voice, and further where that voice is quieter than the others."""
    held = [Ducked(span.start_s, span.end_s, under_db + span.level_db) for span in spans]
    return ducking_curve(held, balance.music_open_db(under_db) if spans else 0.0)


def _voice(speech: Speech, clip: Clip, gain: float) -> Placed:
    room = speech.end - speech.start
    cut = clip.samples > room
    end = speech.end if cut else speech.start + clip.samples
    return Placed(clip, speech.start, end, gain, fade_out=min(_CUT_FADE, room) if cut else 0)


def _spoken(voices: Sequence[Placed]) -> tuple[Ducked, ...]:
    """When somebody speaks, and how much quieter than the voice should be, in decibels (0 or less)."""
    spans: list[Ducked] = []
    for voice in voices:
        quieter_db = min(0.0, integrated(voice.clip.powers) + 20 * np.log10(voice.gain) - balance.VOICE_LUFS)
        start_s, end_s = voice.start / RATE, voice.end / RATE
        spans += [
            Ducked(start_s + first, min(start_s + last, end_s), quieter_db)
            for first, last in speech_spans(voice.clip.powers)
            if start_s + first < end_s
        ]
    return tuple(spans)


def _audible(clip: Clip) -> tuple[int, int]:
    """Where a bed begins and how long it lasts without the silence at its ends, in samples."""
    if not len(clip.powers) or not clip.powers.max():
        return 0, 0
    heard = np.flatnonzero(clip.powers > clip.powers.max() * 10 ** (-_AUDIBLE_BELOW_DB / 10))
    begin = int(heard[0]) * FRAME
    return begin, min(int(heard[-1] + 1) * FRAME, clip.samples) - begin
