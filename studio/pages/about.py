"""About: what is on and off on this installation and why, how it works, and what it is made of."""

from __future__ import annotations

import tomllib
from functools import cache
from html import escape
from pathlib import Path

from studio.callers import Caller
from studio.desk import Desk
from studio.pages.asked import Answer, Given, asking
from studio.pages.markup import Tone, chip
from studio.readiness import Feature
from studio.readiness.features import GROUPS

_PROJECT = Path(__file__).parents[2] / "pyproject.toml"
_CHIPS: dict[str, tuple[str, Tone]] = {"on": ("On", "good"), "off": ("Off", "info"), "broken": ("Not working", "bad")}
_STEPS = (
    ("Your notes are read", "Text, documents and links become one clean source, each part with where it came from."),
    ("A script is written", "A hook, a setup, beats, a recap: as many words as the voice needs for your length."),
    ("It is spoken and timed", "Each section is spoken by the voice you chose, and every word gets its moment."),
    ("Pictures are made", "One for each thought, in one look, or your own; they move, and the captions follow."),
    ("The film is put together", "Music, sound effects, captions and cards, then a film with its thumbnail and texts."),
)
_PARTS = (
    ("Gradio", "the pages", "Apache-2.0"),
    ("PostgreSQL", "projects, jobs and credits", "PostgreSQL licence"),
    ("FFmpeg with x264, through PyAV", "encoding films", "GPL-2.0-or-later; PyAV itself BSD-3-Clause"),
    ("Skia", "drawing pictures, captions and cards", "BSD-3-Clause"),
    ("eSpeak NG", "offline voices, as a separate program", "GPL-3.0-or-later"),
    ("Kokoro-82M", "natural voices without a key", "Apache-2.0"),
    ("Flite", "a further offline voice", "BSD-like, Carnegie Mellon University"),
    ("WhisperX", "listening for when each word is said", "BSD-2-Clause"),
    ("MoviePy", "opening films and clips", "MIT"),
    ("Hanken Grotesk, Manrope, Roboto, Source Serif", "letters", "SIL Open Font License 1.1, Apache-2.0"),
    ("Music and sound effects", "made by this program itself, note by note", "yours to use with your films"),
)


def build(desk: Desk) -> None:
    answers = Answers(desk)
    asking(desk, "canvascastAbout", _page(desk.installation.settings.site_url), look=answers.look)


class Answers:
    def __init__(self, desk: Desk) -> None:
        self._readiness = desk.readiness

    def look(self, caller: Caller, given: Given) -> Answer:
        features = self._readiness.features()
        return {"summary": _summary(features), "features": "".join(_group(group, features) for group in GROUPS)}


@cache
def version() -> str:
    return str(tomllib.loads(_PROJECT.read_text("utf-8"))["project"]["version"])


def _summary(features: tuple[Feature, ...]) -> str:
    broken = [feature.name for feature in features if feature.state == "broken"]
    if broken:
        return f'<p class="cc-notice bad">Something that was asked for cannot work: {escape(", ".join(broken))}.</p>'
    count = sum(feature.on for feature in features)
    return f'<p class="cc-notice good">All that is switched on works: {count} of {len(features)} are on.</p>'


def _group(group: str, features: tuple[Feature, ...]) -> str:
    rows = "".join(_feature(feature) for feature in features if feature.group == group)
    return f'<section><h3>{escape(group)}</h3><dl class="ac-features">{rows}</dl></section>'


def _feature(feature: Feature) -> str:
    words, tone = _CHIPS[feature.state]
    how = f'<p class="ac-hint">{escape(feature.how)}</p>' if feature.how else ""
    return (
        f'<div class="{feature.state}"><dt>{escape(feature.name)} {chip(words, tone)}</dt>'
        f"<dd>{escape(feature.why)}{how}</dd></div>"
    )


def _page(site_url: str) -> str:
    steps = "".join(f"<li><b>{title}</b> {words}</li>" for title, words in _STEPS)
    parts = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(use)}</td><td>{escape(licence)}</td></tr>'
        for name, use, licence in _PARTS
    )
    return (
        '<div class="ac-about" data-about><h1>About this studio</h1>'
        '<p class="cc-lead">CanvasCast turns notes into narrated films. What it can do depends on what is switched on '
        f'where it runs.</p><p class="cc-quiet">Version {escape(version())}</p>'
        '<nav class="ac-jump" aria-label="On this page"><a href="/about#on">What is on here</a>'
        '<a href="/about#how">How it works</a><a href="/about#programs">For programs and other sites</a>'
        '<a href="/about#licences">Licences</a></nav>'
        '<section id="on"><h2>What is on here</h2><div data-summary aria-live="polite">'
        '<p class="cc-quiet">Having a look…</p></div><div data-features></div></section>'
        f'<section id="how"><h2>How it works</h2><ol class="ac-steps">{steps}</ol>'
        "<p>A film is a build: what was made once is never made, or paid for, again. Change one sentence and only its "
        "voice, its picture and the last joining are made anew; earlier versions stay one click away. Films are made "
        "in the background: close the page if you like. One that was interrupted goes on where it stopped.</p>"
        "</section>"
        f"{_programs(site_url)}"
        '<section id="licences"><h2>Licences</h2><p>What your films are made with allows you to publish them; voices '
        'of providers have terms of their own, which <a href="/voices">their cards</a> name.</p>'
        '<table class="cc-table ac-parts"><thead><tr><th scope="col">Part</th><th scope="col">What for</th>'
        f'<th scope="col">Licence</th></tr></thead><tbody>{parts}</tbody></table></section></div>'
    )


def _programs(site_url: str) -> str:
    site = f"<span data-site>{escape(site_url.rstrip('/'))}</span>"
    return (
        '<section id="programs"><h2>For programs and other sites</h2><div class="ac-two">'
        '<div class="cc-card"><h3>Programs</h3><p>Everything that a page can do, a program can: notes in, film out. '
        'Make a key in <a href="/settings#keys">Settings</a>, then see '
        '<a href="/programs">every question with its answers</a>.</p>'
        f"<pre tabindex='0'><code>from gradio_client import Client\n\nstudio = Client(\n    \"{site}\",\n"
        '    headers={"X-CanvasCast-Key": "cck_…"},\n)\nstudio.view_api()</code></pre></div>'
        '<div class="cc-card"><h3>Inside another site</h3><p>A small Create page fits into any site that this '
        "installation allows.</p>"
        f'<pre tabindex=\'0\'><code>&lt;iframe\n  src="{site}/embed"\n  width="100%" height="720"\n'
        '  allow="clipboard-write"\n&gt;&lt;/iframe&gt;</code></pre></div></div></section>'
    )
