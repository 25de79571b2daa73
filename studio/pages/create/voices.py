"""The voices as a creator meets them: who is ready, how they sound, and what the others need."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from studio.pages.create.fields import play

if TYPE_CHECKING:
    from studio.desk.views import VoiceChoice

LANGUAGES = {
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "en-GB": "British English",
    "en-US": "American English",
    "es": "Spanish",
    "es-419": "Latin American Spanish",
    "fi": "Finnish",
    "fr": "French",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "mul": "Many languages",
    "nb": "Norwegian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "pt-BR": "Brazilian Portuguese",
    "pt-PT": "European Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
}
GENDERS = {"female": "Female", "male": "Male", "neutral": "Neutral"}


def language_name(code: str) -> str:
    return LANGUAGES.get(code) or LANGUAGES.get(base(code)) or code


def base(code: str) -> str:
    return code.split("-")[0]


def voice_list(voices: tuple[VoiceChoice, ...]) -> str:
    """Those that can speak first, the rest below and dimmed, with what they need."""
    ready = [voice for voice in voices if voice.ready]
    absent = [voice for voice in voices if not voice.ready]
    return (
        f'<fieldset class="cr-group"><legend class="visually-hidden">Voice</legend>'
        f'<div class="cr-voices">{"".join(_ready(voice) for voice in ready)}</div></fieldset>'
        + (_absent(absent) if absent else "")
    )


def language_filter(voices: Iterable[VoiceChoice], name: str, *, everything: str, chosen: str = "") -> str:
    codes = sorted({base(voice.language) for voice in voices}, key=lambda code: (code == "mul", language_name(code)))
    options = "".join(
        f'<option value="{code}"{" selected" if code == chosen else ""}>{escape(language_name(code))}</option>'
        for code in codes
    )
    return (
        f'<label class="cr-select"><span>Language</span><select name="{name}">'
        f'<option value="">{escape(everything)}</option>{options}</select></label>'
    )


def avatar(voice: VoiceChoice) -> str:
    """A round mark that tells voices apart at a glance."""
    hue = sum(ord(letter) * (place + 7) for place, letter in enumerate(voice.id)) % 360
    return f'<span class="cr-avatar" style="--hue:{hue}" aria-hidden="true">{escape(voice.name[:1])}</span>'


def traits(voice: VoiceChoice) -> str:
    return f"{language_name(voice.language)}, {GENDERS[voice.gender].lower()}"


def _ready(voice: VoiceChoice) -> str:
    best = ' <span class="cc-chip good">Our pick here</span>' if voice.is_default else ""
    checked = " checked" if voice.is_default else ""
    return (
        f'<div class="cr-voice" data-language="{base(voice.language)}"><label>'
        f'<input type="radio" name="voice" value="{voice.id}"{checked}>{avatar(voice)}'
        f"<span><b>{escape(voice.name)}</b>{best}<small>{escape(traits(voice))}</small></span></label>"
        f"{play(voice.sample, voice.name)}</div>"
    )


def _absent(voices: list[VoiceChoice]) -> str:
    listed = "".join(
        f'<li class="cr-voice dim" data-language="{base(voice.language)}">{avatar(voice)}'
        f"<span><b>{escape(voice.name)}</b><small>{escape(traits(voice))}</small>"
        f"<small>{escape(voice.needs)}</small></span></li>"
        for voice in voices
    )
    return (
        f'<details class="cr-absent"><summary>{len(voices)} more voices that are not ready here</summary>'
        f'<ul class="cr-voices">{listed}</ul></details>'
    )
