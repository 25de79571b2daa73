"""What the child that holds libespeak-ng is asked, and what it answers, as types."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from voices.children import Children
from voices.errors import SpeechFailed

SCRIPT = Path(__file__).with_name("child.py")
TIMEOUT_S = 60.0


@dataclass(frozen=True)
class Request:
    """A text to speak, words to spell in phonemes, and how."""

    text: str
    voice: str
    rate: int = 160
    pitch: int = 50
    pitch_range: int = 50
    word_gap: int = 0
    phonemes_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Event:
    """Something that happened at a sample: a word began at a character, a clause ended, a phoneme began."""

    type: int
    character: int
    length: int
    sample: int
    phoneme: str


@dataclass(frozen=True)
class Answer:
    """16-bit samples with their events."""

    sound: bytes
    sample_rate: int
    events: tuple[Event, ...]
    phonemes: tuple[str, ...]


@cache
def start() -> Children:
    """One group for the whole program. The library is the one that pip brought; it is not loaded into this process."""
    try:
        import espeakng_loader
    except ImportError as error:
        raise SpeechFailed("The offline voice is not installed: `pip install espeakng-loader` brings it.") from error
    return Children(SCRIPT, espeakng_loader.get_library_path(), espeakng_loader.get_data_path())


def ask(children: Children, request: Request) -> Answer:
    head, sound = children.ask(asdict(request), timeout_s=TIMEOUT_S)
    events = tuple(Event(*event) for event in head["events"])
    return Answer(sound, head["rate"], events, tuple(head["phonemes"]))
