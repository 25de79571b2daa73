"""Beside the film: texts to copy when it is published, and in plain words how it was checked."""

from __future__ import annotations

from html import escape

from studio.desk.papers import CheckLine, FilmPapers, FilmReport, Publishing
from studio.pages.project.words import ICONS

_PLAIN = {
    "video format": "It plays everywhere: browsers, phones, video platforms",
    "colour tags": "Its colours look the same on every screen",
    "audio format": "Its sound plays everywhere",
    "starts before it has loaded": "It starts before it has loaded",
    "key frames": "Jumping to a moment is quick",
    "length": "It is about as long as you asked",
    "length, the goal": "It is as long as you asked, to the second or two",
    "frames in all": "No frame is missing",
    "sound and picture": "Sound and picture stay together",
    "black frames": "No black frames",
    "frozen frames": "What should move, moves",
    "shake": "Movements are smooth",
    "loudness": "It is as loud as platforms want it",
    "true peak": "The sound never distorts",
    "music under the voice": "The voice stands clear of the music",
    "ducking, in": "The music makes room in time",
    "ducking, out": "The music comes back gently",
    "sections": "Every scene has its sound and its picture",
    "contrast of text": "Words in the picture are easy to read",
    "title-safe area": "Words stay clear of the edges",
    "missing glyphs": "Every letter is there",
    "word times": "Words are timed in order",
    "captions": "Captions say what is spoken",
    "captions, the goal": "Captions say every word that is spoken",
    "rules of captions": "Captions stay long enough to be read",
}


def texts(papers: FilmPapers | None) -> str:
    if papers is None:
        return ""
    return f"{_publishing(papers.publishing)}{_report(papers.report)}"


def _publishing(one: Publishing) -> str:
    if not one.titles and not one.description:
        return ""
    titles = "".join(_copied(f"pj-title-{n}", "title", title) for n, title in enumerate(one.titles, 1))
    advice = f'<p class="cc-quiet">{escape(one.advice)}</p>' if one.advice else ""
    return (
        '<details class="pj-fold" data-key="publishing"><summary>Texts for publishing'
        "<small>titles, description, tags</small></summary>"
        f"<h3>Titles to choose from</h3>{titles}<h3>Description</h3>"
        f"{_copied('pj-description', 'description', one.description, long=True)}"
        f"<h3>Tags</h3>{_copied('pj-tags', 'tags', ', '.join(one.tags))}{advice}</details>"
    )


def _copied(key: str, what: str, text: str, *, long: bool = False) -> str:
    button = (
        f'<button type="button" class="cc-button quiet" data-act="copy" data-from="{key}" data-what="{what}" '
        f'aria-label="Copy the {what}">Copy</button>'
    )
    kind = "pj-copy long" if long else "pj-copy"
    return f'<div class="{kind}" data-key="{key}"><div id="{key}">{escape(text)}</div>{button}</div>'


def _report(report: FilmReport) -> str:
    if not report.checks:
        return ""
    measured = [one for one in report.checks if one.verdict != "not measured"]
    held = sum(one.verdict == "holds" for one in measured)
    lines = "".join(_line(one) for one in sorted(measured, key=lambda one: one.verdict == "holds"))
    return (
        '<details class="pj-fold" data-key="report"><summary>How it was checked'
        f"<small>{held} of {len(measured)} hold</small></summary>"
        f'<ul class="pj-checks">{lines}</ul>{_fallbacks(report.fallbacks)}</details>'
    )


def _line(one: CheckLine) -> str:
    holds = one.verdict == "holds"
    icon = ICONS["done" if holds else "failed"]
    told = "" if holds else f"<small>wanted: {escape(one.allowed)}</small>"
    detail = f"<small>{escape(one.detail)}</small>" if one.detail and not holds else ""
    return (
        f'<li class="{"done" if holds else "failed"}" data-key="{escape(one.name)}">{icon}'
        f"<span>{escape(_PLAIN.get(one.name, one.name.capitalize()))}"
        f'<span class="visually-hidden">{": yes" if holds else ": no"}</span>{told}{detail}</span>'
        f"<em>{escape(one.measured)}</em></li>"
    )


def _fallbacks(fallbacks: tuple[str, ...]) -> str:
    if not fallbacks:
        return '<p class="cc-quiet">Everything was made the first way, without a second-best.</p>'
    lines = "".join(f"<li>{escape(one)}</li>" for one in fallbacks)
    return f'<h3>Where a second-best way was taken</h3><ul class="pj-plain">{lines}</ul>'
