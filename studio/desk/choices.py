"""What there is to choose from: niches, looks, packs, music and voices. Open to everybody."""

from __future__ import annotations

from functools import cache
from typing import get_args

from pipeline.timeline.sizes import SHORT_SIDES, Aspect, frame_size
from presets import looks, music, niches, pace, packs
from studio.callers import Caller
from studio.desk.views import LookChoice, MusicChoice, NicheChoice, Option, PackChoice, Presets, VoiceChoice
from studio.installation import Installation
from voices import Cast, Voice, VoicesError

PICTURES = "/studio/pictures/niches"
SAMPLES = "/samples/voices"
_CAPTIONS = (
    ("off", "Off", "No words on the film; the caption files are made all the same."),
    ("clean", "Clean", "Quiet white words at the foot."),
    ("boxed", "Boxed", "On a dark box, readable over anything."),
    ("karaoke", "Karaoke", "Each word lights up as it is spoken."),
    ("pop", "Pop", "A few large words at a time, jumping in."),
)
_ASPECTS = {"16:9": "Wide", "9:16": "Upright", "1:1": "Square"}
_TRANSCRIPTS = (
    ("auto", "Write the script from my notes", "Your notes are told anew, in the order that carries a film."),
    ("manual", "My notes are the script", "Spoken word for word."),
)


class Choices:
    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._cast = Cast()

    def presets(self, caller: Caller) -> Presets:
        return _presets()

    def voices(self, caller: Caller) -> tuple[VoiceChoice, ...]:
        """Those that can speak here come first."""
        usual = self._usual()
        found = [self._voice(voice, usual, caller) for voice in self._cast.catalogue.voices]
        return tuple(sorted(found, key=lambda voice: (not voice.is_default, not voice.ready)))

    def _usual(self) -> str:
        try:
            return self._cast.choose("default").voice.id
        except VoicesError:
            return ""

    def _voice(self, voice: Voice, usual: str, caller: Caller) -> VoiceChoice:
        needs = self._cast.missing(voice)
        return VoiceChoice(
            id=voice.id,
            name=voice.name,
            about=voice.description,
            language=voice.language,
            gender=voice.gender,
            engine=voice.engine,
            licence=voice.licence,
            commercial=voice.commercial,
            words_a_minute=round(voice.words_per_minute, 1),
            sample_line=voice.sample,
            sample=f"{SAMPLES}/{voice.id}",
            ready=needs is None,
            needs=_told(needs, voice, caller) if needs else "",
            is_default=voice.id == usual,
        )


def _told(needs: str, voice: Voice, caller: Caller) -> str:
    """What to install or to set is for whoever runs the studio."""
    return needs if caller.is_admin else f"{voice.name} is not set up in this studio."


@cache
def _presets() -> Presets:
    """They change with a release only."""
    return Presets(
        niches=tuple(
            NicheChoice(
                name=one.name,
                title=one.title,
                about=one.description,
                look=one.look,
                pack=one.pack,
                captions=one.captions,
                music=one.music,
                picture=f"{PICTURES}/{one.name}.webp",
            )
            for one in niches.all_niches()
        ),
        looks=tuple(LookChoice(name=one.name, title=one.title, about=one.description) for one in looks.all_looks()),
        packs=tuple(_pack(name) for name in packs.names()),
        music=tuple(
            MusicChoice(name=one.name, title=one.title, mood=one.mood, seconds=one.length_s, bpm=one.bpm)
            for one in music.beds()
        ),
        paces=tuple(Option(name=name, title=pace.load(name).title) for name in pace.names()),
        captions=tuple(Option(name=name, title=title, about=about) for name, title, about in _CAPTIONS),
        aspects=tuple(Option(name=name, title=_ASPECTS[name], about=name) for name in get_args(Aspect)),
        resolutions=tuple(
            Option(name=name, title=name, about="{} x {} when wide".format(*frame_size("16:9", name)))
            for name in SHORT_SIDES
        ),
        transcripts=tuple(Option(name=name, title=title, about=about) for name, title, about in _TRANSCRIPTS),
    )


def _pack(name: str) -> PackChoice:
    pack = packs.load(name)
    return PackChoice(name=name, title=pack.name, about=pack.description, captions=pack.captions)
