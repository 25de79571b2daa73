"""Who can speak: a catalogue in data and the engines behind it."""

from voices.cast import Cast, Choice
from voices.catalogue import Catalogue, published
from voices.errors import CatalogueError, SpeechFailed, UnknownVoice, VoicesError, VoiceUnavailable
from voices.kokoro.weights import Progress as Fetching
from voices.models import Engine, Speech, SpokenWord, Voice
from voices.settings import VoiceSettings

__all__ = [
    "Cast",
    "Catalogue",
    "CatalogueError",
    "Choice",
    "Engine",
    "Fetching",
    "Speech",
    "SpeechFailed",
    "SpokenWord",
    "UnknownVoice",
    "Voice",
    "VoiceSettings",
    "VoiceUnavailable",
    "VoicesError",
    "published",
]
