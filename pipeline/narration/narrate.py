"""One section's narration: spoken breath by breath, judged, evened out, and timed word by word.

A pure function of its arguments, apart from the voice itself: the same section and voice give the same narration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from pipeline.errors import VoiceError
from pipeline.narration.align import Aligner
from pipeline.narration.estimate import estimated
from pipeline.narration.models import Narration, Timing
from pipeline.narration.pauses import stretched
from pipeline.narration.sound import (
    Samples,
    Voiced,
    at_least_24_khz,
    evened,
    is_clipped,
    silence,
    trimmed,
    voiced,
)
from pipeline.narration.speakable import Breath, make_speakable
from pipeline.narration.syllables import seconds_of_text
from pipeline.narration.timing import as_words, between_silences, phrase_times, spoken_spans, written_words
from pipeline.scripts.models import Section
from voices import Speech, SpokenWord, Voice, VoicesError

MANY_WORDS = 12
USUAL_PACE = 155.0  # words a minute, of seconds_of_text
NARROW, WIDE = (0.5, 2.0), (0.25, 3.5)
SLACK_S = 0.7


class Speaker(Protocol):
    """Whoever says a text: voices.Cast, in the program."""

    def speak(self, text: str, voice: Voice, rate: float = 1.0, *, take: int = 1) -> Speech: ...


@dataclass(frozen=True, eq=False)
class _Spoken:
    """One breath as it was recorded."""

    samples: Samples
    sample_rate: int
    words: tuple[SpokenWord, ...] | None
    notes: tuple[str, ...] = ()


def narrate(
    section: Section,
    voice: Voice,
    speaker: Speaker,
    *,
    language: str = "en",
    rate: float = 1.0,
    pause_scale: float = 1.0,
    pronunciations: Mapping[str, str] | None = None,
    aligner: Aligner | None = None,
) -> Narration:
    """`rate` is how much faster than usual the voice speaks, `pause_scale` how much longer the silences are.

    Raises VoiceError.
    """
    speakable = make_speakable(section.narration, language=language, pronunciations=pronunciations)
    if not speakable.breaths:
        raise VoiceError("There is nothing to say in this section: write some words.", where=section.id)
    parts: list[Samples] = []
    timed: list[tuple[str, float, float]] = []
    timings: list[Timing] = []
    notes: list[str] = []
    length_s, sample_rate = 0.0, 0
    for breath in speakable.breaths:
        spoken = _paused(_recorded(breath, voice, speaker, rate, section.id), pause_scale)
        sample_rate = spoken.sample_rate
        spans, timing = _spans(breath, spoken, language, aligner)
        timed += written_words(breath, spans, length_s)
        pause = silence(breath.pause_after_ms * pause_scale, sample_rate)
        parts += [spoken.samples, pause]
        length_s += (len(spoken.samples) + len(pause)) / sample_rate
        timings.append(timing)
        notes += [note for note in spoken.notes if note not in notes]
    samples = evened(np.concatenate(parts), sample_rate)
    words = as_words(timed, round(1000 * len(samples) / sample_rate))
    return Narration(section.id, samples, sample_rate, words, _weakest(timings), voice.engine, tuple(notes))


def _paused(spoken: _Spoken, scale: float) -> _Spoken:
    """Only where the voice knows its words can a halt be told from a closed consonant."""
    if scale == 1 or not spoken.words:
        return spoken
    sounding = voiced(spoken.samples, spoken.sample_rate)
    samples, words = stretched(spoken.samples, spoken.sample_rate, spoken.words, sounding, scale)
    return replace(spoken, samples=samples, words=words)


def _recorded(breath: Breath, voice: Voice, speaker: Speaker, rate: float, where: str) -> _Spoken:
    """Made again, once, if it cannot be right; what still is not right is reported."""
    fault = ""
    for take in (1, 2):
        spoken = _take(breath, voice, speaker, rate, take, where)
        fault = _fault(breath.spoken, spoken, voice, rate)
        if not fault:
            return spoken
    if not voiced(spoken.samples, spoken.sample_rate).seconds:
        raise VoiceError(f"{voice.name} stayed silent twice: choose another voice.", where=where)
    return replace(spoken, notes=(f"{voice.name} {fault}, twice.",))


def _take(breath: Breath, voice: Voice, speaker: Speaker, rate: float, take: int, where: str) -> _Spoken:
    try:
        speech = speaker.speak(breath.spoken, voice, rate, take=take)
    except VoicesError as error:
        raise VoiceError(str(error), where=where) from error
    samples, sample_rate = at_least_24_khz(speech.samples, speech.sample_rate)
    samples, cut_s = trimmed(samples, sample_rate)
    return _Spoken(samples, sample_rate, _moved(speech.words, -cut_s))


def _moved(words: tuple[SpokenWord, ...] | None, seconds: float) -> tuple[SpokenWord, ...] | None:
    if words is None:
        return None
    return tuple(
        SpokenWord(word.start, word.end, max(0.0, word.start_s + seconds), max(0.0, word.end_s + seconds))
        for word in words
    )


def _fault(text: str, spoken: _Spoken, voice: Voice, rate: float) -> str:
    """What cannot be right about a recording, as the end of a sentence."""
    if not voiced(spoken.samples, spoken.sample_rate).seconds:
        return "stayed silent"
    if is_clipped(spoken.samples):
        return "spoke too loudly and clipped"
    words = len(text.split())
    length_s = len(spoken.samples) / spoken.sample_rate
    by_syllables = seconds_of_text(text) * USUAL_PACE / voice.words_per_minute / rate
    by_words = words / voice.words_per_minute * 60 / rate
    least, most = NARROW if words >= MANY_WORDS else WIDE
    if length_s + SLACK_S / 2 < least * min(by_syllables, by_words):
        return f"needed only {length_s:.1f} s for {words} words, so some of them may be missing"
    if length_s - SLACK_S > most * max(by_syllables, by_words):
        return f"needed {length_s:.1f} s for {words} words"
    return ""


def _spans(
    breath: Breath, spoken: _Spoken, language: str, aligner: Aligner | None
) -> tuple[tuple[tuple[float, float], ...], Timing]:
    """When each phrase is heard: by the engine, else by the aligner, else by an estimate."""
    sounding = voiced(spoken.samples, spoken.sample_rate)
    length_s = len(spoken.samples) / spoken.sample_rate
    if spoken.words:
        return between_silences(phrase_times(breath, spoken.words, length_s), sounding), "engine"
    if aligner is not None:
        aligned = aligner.align(breath.spoken, spoken.samples, spoken.sample_rate, language)
        if aligned:
            return between_silences(phrase_times(breath, aligned, length_s), sounding), "aligned"
    return _estimated(breath, spoken, sounding), "estimated"


def _estimated(breath: Breath, spoken: _Spoken, sounding: Voiced) -> tuple[tuple[float, float], ...]:
    """Word by word of what is said, since a phrase may be a whole sentence of them."""
    length_s = len(spoken.samples) / spoken.sample_rate
    heard: list[SpokenWord] = []
    texts, places = [], []
    for phrase, (start, _) in zip(breath.phrases, spoken_spans(breath), strict=True):
        position = int(start)
        for text in phrase.spoken.split():
            texts.append(text)
            places.append((position, position + len(text)))
            position += len(text) + 1
    for place, span in zip(places, estimated(texts, spoken.samples, spoken.sample_rate), strict=True):
        heard.append(SpokenWord(*place, *span))
    return between_silences(phrase_times(breath, heard, length_s), sounding)


def _weakest(timings: list[Timing]) -> Timing:
    order: tuple[Timing, ...] = ("estimated", "aligned", "engine")
    return min(timings, key=order.index)
