"""More choices: what a film can be told beside the four steps. Left alone, the niche decides."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from studio.pages.create.fields import Option, cards, files, niches_own, pills, play, rows, text

if TYPE_CHECKING:
    from studio.desk.views import Presets

PICTURES = ".png,.jpg,.jpeg,.webp,.gif,.mp4,.mov,.webm,.m4v"
SOUNDS = ".mp3,.wav,.m4a,.ogg,.opus,.flac"
OWN_MUSIC = "own"
_LOOKS = "/studio/pictures/looks"
_SIZES = {"360p": "Draft, 360p", "720p": "720p", "1080p": "Full HD, 1080p", "1440p": "1440p", "4k": "4K"}
_HOOKS = (
    Option("", "The first"),
    Option("2", "The second"),
    Option("3", "The third"),
    Option("choose", "Let me choose from three once they are written"),
)


def folded(presets: Presets) -> str:
    """Closed until somebody wants it; the browser opens it where a draft chose something inside."""
    inside = "".join(
        (
            _part("The story", _story(presets)),
            _part("Pictures", _pictures(presets)),
            _part("Captions and music", _captions(presets) + _music(presets)),
            _part("Shape and speed", _shape(presets)),
            _part("Names", _names()),
        )
    )
    return (
        '<details class="cr-more"><summary><span><b>More choices</b>'
        "<small>Hook, look, captions, music, shape and more. Left alone, the niche decides.</small></span></summary>"
        f"{inside}</details>"
    )


def _part(title: str, inside: str) -> str:
    return f'<section class="cr-part"><h3>{escape(title)}</h3>{inside}</section>'


def _story(presets: Presets) -> str:
    about = "Three openings are written for every film."
    scripts = [Option(one.name, one.title, one.about) for one in presets.transcripts]
    return rows("transcript", "Script", scripts, chosen="auto") + pills(
        "hook", "Opening", _HOOKS, chosen="", about=about
    )


def _pictures(presets: Presets) -> str:
    options = [Option(one.name, one.title, one.about, f"{_LOOKS}/{one.name}.webp") for one in presets.looks]
    template = [niches_own("pack", "The niche's own")]
    template += [Option(one.name, one.title, one.about) for one in presets.packs]
    return (
        cards("look", "Look", options, chosen="", otherwise=niches_own("look", "The niche's own"))
        + rows("pack", "Template", template, chosen="")
        + files(
            "uploads",
            "Your own pictures and clips",
            accept=PICTURES,
            hint="Placed where their names fit the story, otherwise in their order",
        )
    )


def _captions(presets: Presets) -> str:
    options = [niches_own("captions", "The niche's own")]
    options += [Option(one.name, one.title, mark=_lettering(one.name)) for one in presets.captions]
    return pills("captions", "Captions", options, chosen="")


def _lettering(name: str) -> str:
    """The style in small, for those who see it."""
    if name == "off":
        return ""
    return f'<span class="cr-caption {name}" aria-hidden="true"><i>so</i> <i>it</i> <i>looks</i></span>'


def _music(presets: Presets) -> str:
    options = [niches_own("music", "The niche's own")]
    options += [
        Option(one.name, one.title, one.mood, mark=play(f"/samples/music/{one.name}", one.title))
        for one in presets.music
    ]
    options += [
        Option(OWN_MUSIC, "Your own music", "A file of yours, looped and kept below the voice."),
        Option("off", "No music", "The voice alone."),
    ]
    upload = files("own_music", "Your music", accept=SOUNDS, hint="MP3, WAV, M4A, Ogg or FLAC", single=True)
    return rows("music", "Music", options, chosen="") + f"<div data-own-music hidden>{upload}</div>"


def _shape(presets: Presets) -> str:
    aspects = [Option(one.name, f"{one.title}, {one.about}", mark=_outline(one.name)) for one in presets.aspects]
    paces = [Option(one.name, one.title) for one in presets.paces]
    sizes = [Option(one.name, _SIZES.get(one.name, one.title)) for one in presets.resolutions]
    return (
        pills("aspect", "Shape", aspects, chosen="16:9")
        + pills("pace", "Pace", paces, chosen="normal")
        + pills("resolution", "Size", sizes, chosen="1080p")
    )


def _outline(aspect: str) -> str:
    return f'<span class="cr-shape" style="aspect-ratio:{aspect.replace(":", "/")}" aria-hidden="true"></span>'


def _names() -> str:
    return text(
        "title", "Title", hint="Left empty, the script finds one.", placeholder="How volcanoes work", longest=300
    ) + text(
        "pronunciations",
        "Pronunciations",
        hint="One a line, the word and how to say it: Nguyen = win",
        placeholder="Nguyen = win",
        lines=3,
        longest=20_000,
    )
