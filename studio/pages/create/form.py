"""The Create page's form: four steps in sight, everything else folded away under sensible defaults."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from studio.pages.create import more
from studio.pages.create.fields import Option, cards, files, problem, step, text
from studio.pages.create.voices import language_filter, voice_list
from studio.samples import Sample, samples

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.desk.views import LookChoice, MusicChoice, NicheChoice, PackChoice, Presets, VoiceChoice
    from studio.desk.views import Option as Choice

DOCUMENTS = ".txt,.md,.pdf,.docx,.html,.htm,.srt,.vtt"
LONGEST_NOTES = 2_000_000
_FIRST_NICHE = "explainer"


def page(presets: Presets, voices: tuple[VoiceChoice, ...]) -> str:
    return (
        f'<div class="cr">{_welcome()}'
        f'<form class="cr-form" novalidate aria-label="A new film"><div class="cr-steps">{_niche(presets)}{_notes()}'
        f"{_voice(voices)}{_length()}{more.folded(presets)}</div>{_aside()}</form></div>"
    )


def _welcome() -> str:
    """For somebody who has never been here: a finished film is one press away."""
    return (
        '<details class="cr-welcome" open><summary><span><b>Try a sample</b>'
        "<small>One press makes a film from notes that are written already.</small></span></summary>"
        f'<ul class="cr-samples">{"".join(_sample(one) for one in samples())}</ul></details>'
    )


def _sample(sample: Sample) -> str:
    title = escape(sample.title)
    data = f'data-sample="{sample.name}" data-niche="{sample.niche}" data-minutes="{sample.minutes}"'
    return (
        f'<li class="cr-sample" {data}><img src="{sample.picture}" alt="" width="480" height="270" loading="lazy">'
        f"<b>{title}</b><small>{sample.minutes} minutes</small>"
        f'<span><button type="button" class="cc-button soft" data-make'
        f' aria-label="Make this film: {title}">Make this film</button>'
        f'<button type="button" class="cr-link" data-fill aria-label="Use the notes: {title}">'
        "Use the notes</button></span></li>"
    )


def _niche(presets: Presets) -> str:
    options = [_niche_option(one, presets) for one in presets.niches]
    about = '<p class="cr-hint cr-niche-about" data-about="niche"></p>'
    inside = cards("niche", "Niche", options, chosen=_FIRST_NICHE, last=about)
    return step(1, "niche", "Pick a niche", "It decides how the story is told, and how it looks and sounds.", inside)


def _niche_option(niche: NicheChoice, presets: Presets) -> Option:
    brings = {
        "look": _title(presets.looks, niche.look),
        "pack": _title(presets.packs, niche.pack),
        "captions": _title(presets.captions, niche.captions),
        "music": _title(presets.music, niche.music),
    }
    return Option(niche.name, niche.title, niche.about, niche.picture, brings=brings)


def _title(choices: Iterable[LookChoice | PackChoice | MusicChoice | Choice], name: str) -> str:
    return next((one.title for one in choices if one.name == name), name)


def _notes() -> str:
    topic = text("topic", "Or only a topic", hint="With nothing else, the text model writes from what it knows.")
    inside = (
        '<div class="cr-field"><label class="visually-hidden" for="field-notes">Notes</label>'
        f'<textarea id="field-notes" name="notes" rows="11" maxlength="{LONGEST_NOTES}" aria-describedby="carry"'
        ' placeholder="Paste what you have: bullet points, an article, a transcript, loose thoughts."></textarea>'
        '<div class="cr-carry" id="carry" role="status"></div>'
        '<p class="cr-hint" data-aside hidden>What you wrote before is kept. '
        '<button type="button" class="cr-link" data-bring-back>Bring my own back</button></p></div>'
        '<div class="cr-pair">'
        + files("documents", "Documents", accept=DOCUMENTS, hint="Text, Markdown, PDF, Word, web pages, subtitles")
        + text(
            "links",
            "Links",
            hint="One a line. The pages are read when the film is made.",
            placeholder="https://",
            lines=3,
            longest=40_000,
        )
        + "</div>"
        f"<div data-topic hidden>{topic}</div>"
    )
    return step(2, "notes", "Drop in your notes", "The film says what is in them, and nothing that is not.", inside)


def _voice(voices: tuple[VoiceChoice, ...]) -> str:
    narrow = language_filter(voices, "voice-language", everything="All languages", chosen="en")
    inside = f'<div class="cr-bar">{narrow}</div><div data-voices>{voice_list(voices)}</div>'
    return step(3, "voice", "Pick a voice", "Press play to hear it.", inside)


def _length() -> str:
    ticks = "".join(f"<span>{minutes}</span>" for minutes in range(1, 13))
    inside = (
        '<div class="cr-length"><output for="field-minutes" data-length>2 minutes</output>'
        '<label class="visually-hidden" for="field-minutes">Length in minutes</label>'
        '<input type="range" id="field-minutes" name="minutes" min="1" max="12" step="1" value="2">'
        f'<div class="cr-ticks" aria-hidden="true">{ticks}</div></div>'
    )
    return step(4, "minutes", "Choose a length", "As long as your notes carry: films are never padded.", inside)


def _aside() -> str:
    return (
        '<aside class="cr-aside" aria-label="What it takes"><div class="cr-estimate" role="status" data-estimate>'
        '<p class="cr-hint">Working out what it takes…</p></div>'
        f'<div class="cr-go">{problem("generate")}<p class="cr-price" aria-hidden="true" data-price></p>'
        '<button type="submit" class="cc-button cr-generate">'
        '<span>Generate</span></button><p class="cr-hint" role="status" data-kept hidden></p></div>'
        '<button type="button" class="cr-link cr-over" data-start-over hidden>Start over</button></aside>'
    )
