"""Voices: everybody who can speak, how they sound, and what may be done with what they say."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import gradio as gr

from studio.desk import Desk
from studio.desk.views import VoiceChoice
from studio.pages import events, markup
from studio.pages.create.fields import play
from studio.pages.create.voices import GENDERS, avatar, base, language_filter, language_name
from studio.pages.shell import heading


def build(desk: Desk) -> None:
    heading("Voices", "Press play to hear each one say its line, then make a film with the one you like.")

    def catalogue(request: gr.Request) -> str:
        """Read with each visit: a key or a download makes further voices speak."""
        return page(desk.choices.voices(events.caller_of(desk, request)))

    shown = gr.HTML(
        padding=False,
        apply_default_css=False,
        elem_classes="cr-host",
        min_height=600,
        js_on_load=markup.runs("canvascastVoices", "element, watch"),
    )
    gr.on(fn=catalogue, outputs=shown, queue=False, show_progress="hidden", api_visibility="private")


def page(voices: tuple[VoiceChoice, ...]) -> str:
    ready = [voice for voice in voices if voice.ready]
    absent = [voice for voice in voices if not voice.ready]
    return (
        f'<div class="cr vo">{_filters(voices)}'
        '<p class="visually-hidden" role="status" data-voices-found></p>'
        f"{_group('Ready to speak here', ready)}{_group('Not ready here', absent)}"
        '<p class="cc-notice info" data-no-voice hidden>No voice fits. Choose all languages again.</p></div>'
    )


def _filters(voices: tuple[VoiceChoice, ...]) -> str:
    genders = "".join(
        f'<option value="{name}">{title}</option>'
        for name, title in GENDERS.items()
        if any(voice.gender == name for voice in voices)
    )
    return (
        f'<form class="cr-bar" aria-label="Narrow the list">'
        f"{language_filter(voices, 'language', everything='All languages')}"
        f'<label class="cr-select"><span>Voice</span><select name="gender"><option value="">All</option>{genders}'
        "</select></label></form>"
    )


def _group(title: str, voices: Iterable[VoiceChoice]) -> str:
    listed = "".join(map(_card, voices))
    if not listed:
        return ""
    return f'<section class="vo-group"><h2>{escape(title)}</h2><ul class="vo-cards">{listed}</ul></section>'


def _card(voice: VoiceChoice) -> str:
    traits = f"{language_name(voice.language)}, {GENDERS[voice.gender].lower()}"
    best = ' <span class="cc-chip good">Our pick here</span>' if voice.is_default else ""
    return (
        f'<li class="vo-card{"" if voice.ready else " dim"}" data-language="{base(voice.language)}"'
        f' data-gender="{voice.gender}">'
        f'<div class="vo-who">{avatar(voice)}<div><h3>{escape(voice.name)}{best}</h3>'
        f"<p>{escape(traits)}</p></div>{play(voice.sample, voice.name) if voice.ready else ''}</div>"
        f'<p lang="{base(voice.language)}">{escape(voice.about)}</p>'
        f"<dl><div><dt>Licence</dt><dd>{escape(voice.licence)}</dd></div>"
        f"<div><dt>Selling the film</dt><dd>{_selling(voice)}</dd></div></dl>{_foot(voice)}</li>"
    )


def _selling(voice: VoiceChoice) -> str:
    return "Yes, films with it may earn money" if voice.commercial else "No, only for films that earn nothing"


def _foot(voice: VoiceChoice) -> str:
    if not voice.ready:
        return f'<p class="vo-needs">{escape(voice.needs)}</p>'
    return (
        f'<a class="cc-button soft" href="/?voice={voice.id}" aria-label="Use this voice: {escape(voice.name)}">'
        "Use this voice</a>"
    )
