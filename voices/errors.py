"""Every failure of a voice.

VoicesError
├── UnknownVoice        no such voice in the catalogue
├── VoiceUnavailable    known, but what it needs is not here
├── SpeechFailed        the engine gave nothing usable
└── CatalogueError      the catalogue's data breaks its rules
"""

from __future__ import annotations

from typing import ClassVar


class VoicesError(Exception):
    """A sentence that a creator can act on, and a stable code."""

    code: ClassVar[str] = "voices_error"


class UnknownVoice(VoicesError):
    code = "voice_unknown"


class VoiceUnavailable(VoicesError):
    code = "voice_unavailable"


class SpeechFailed(VoicesError):
    code = "speech_failed"


class CatalogueError(VoicesError):
    code = "voice_catalogue_invalid"
