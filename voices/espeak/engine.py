"""Speech by libespeak-ng: always there, exact about its words, several times faster than anything else."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from voices.errors import SpeechFailed
from voices.espeak.polish import SAMPLE_RATE, polish
from voices.espeak.process import Request, ask, start
from voices.espeak.words import word_times
from voices.models import EspeakVoice, Samples, Speech, Voice
from voices.sounds import from_pcm16

SPELLED_LETTERS = re.compile(r"\b[A-Z](?: [A-Z]\b)+")


class EspeakEngine:
    """Each request is spoken by a child process, so sections can be spoken side by side."""

    def missing(self, voice: Voice) -> str | None:
        del voice
        try:
            start()
        except SpeechFailed as error:
            return str(error)
        return None

    def speak(self, text: str, voice: Voice, rate: float = 1.0, *, take: int = 1) -> Speech:
        del take
        if not isinstance(voice.delivery, EspeakVoice):
            raise SpeechFailed(f"{voice.id} is not a voice of the offline engine.")
        request = _request(_letters_named(text), voice.delivery, rate)
        answer = ask(start(), request)
        raw = _without_echo(from_pcm16(answer.sound), answer.sample_rate, voice.delivery)
        if not raw.size:
            raise SpeechFailed("The offline voice found nothing to say in this text.")

        def spell(words: tuple[str, ...]) -> tuple[str, ...]:
            return ask(start(), replace(request, text="", phonemes_of=words)).phonemes

        words = word_times(text, answer.events, answer.sample_rate, len(raw), spell)
        return Speech(polish(raw, answer.sample_rate, voice.delivery.equaliser_db), SAMPLE_RATE, words)


def _letters_named(text: str) -> str:
    """Letters that are to be named one by one are joined by full stops: alone, "A" is read as the article."""
    return SPELLED_LETTERS.sub(lambda letters: letters[0].replace(" ", "."), text)


def _without_echo(samples: Samples, sample_rate: int, delivery: EspeakVoice) -> Samples:
    """The library adds what it gave out `echo_ms` ago once more, at echo_amount / 256: subtracting that is exact."""
    delay = delivery.echo_ms * sample_rate // 1000
    if not delay or len(samples) <= delay:
        return samples
    dry = samples.copy()
    dry[delay:] -= samples[:-delay] * np.float32(delivery.echo_amount / 256)
    return dry


def _request(text: str, delivery: EspeakVoice, rate: float) -> Request:
    return Request(
        text=text,
        voice=delivery.name,
        rate=round(delivery.words_a_minute * rate),
        pitch=delivery.pitch,
        pitch_range=delivery.pitch_range,
        word_gap=delivery.word_gap,
    )
