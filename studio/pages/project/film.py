"""The finished film: its player, what is known of it, and everything that can be taken away."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from studio.desk.views import Download, FilmView, ProjectView
from studio.pages.markup import ago, chip, length
from studio.pages.project.feed import file
from studio.pages.project.words import size


def head(project: ProjectView, niche: str) -> str:
    """The title of the page and what the film is."""
    brief = project.brief
    shape = {"9:16": "Upright", "1:1": "Square"}.get(str(brief.get("aspect")), "Wide")
    parts = [niche, shape, _planned(brief) if project.film is None else length(project.film.seconds)]
    chips = "".join(chip(part) for part in parts if part)
    return f'<div class="pj-head"><h1>{escape(project.title)}</h1><p class="pj-chips">{chips}</p></div>'


def film(project: ProjectView, downloads: tuple[Download, ...], folds: str) -> str:
    """`folds` lie under the player: texts, report, versions."""
    if project.film is None:
        return ""
    one = project.film
    return (
        f'<section class="pj-film" data-key="film" aria-label="Your film">'
        f"{_screen(one, project.title, _is_silent(project.brief))}"
        f'<div class="pj-take" data-key="take">{_facts(one)}{_downloads(downloads)}</div>'
        f'<div class="pj-folds" data-key="folds">{folds}</div></section>'
    )


def _planned(brief: Mapping[str, Any]) -> str:
    minutes = float(brief.get("minutes") or 0)
    return f"about {minutes:g} minute{'' if minutes == 1 else 's'}" if minutes else ""


def _is_silent(brief: Mapping[str, Any]) -> bool:
    """Whether the film carries no words of its own, so that the player shows them from the start."""
    return brief.get("captions") == "off"


def _screen(one: FilmView, title: str, captioned: bool) -> str:
    shown = " default" if captioned else ""
    language = "en"
    track = (
        f'<track {file(one.captions)} data-key="captions" kind="captions" label="Captions" srclang="{language}"{shown}>'
        if one.captions
        else ""
    )
    return (
        f'<div class="pj-screen" data-key="screen"><video {file(one.video)} data-key="{one.version}" controls '
        f'playsinline preload="metadata" crossorigin="anonymous" poster="{escape(one.thumbnail)}" '
        f'aria-label="{escape(title)}">'
        f"{track}</video></div>"
    )


def _facts(one: FilmView) -> str:
    moment = one.made_at.strftime("%-d %B %Y, %H:%M UTC")
    return (
        f'<p class="pj-facts"><strong>{length(one.seconds)}</strong><span>{one.width} \u00d7 {one.height}</span>'
        f'<span title="{moment}">made {ago(one.made_at)}</span></p>'
    )


def _downloads(downloads: tuple[Download, ...]) -> str:
    if not downloads:
        return ""
    first, rest = downloads[0], downloads[1:]
    big = (
        f'<a class="cc-button pj-first" data-key="{escape(first.name)}" href="{escape(first.url)}" '
        f'download="{escape(first.name)}">Download the film <small>{size(first.bytes)}</small></a>'
    )
    return f'{big}<h2 class="pj-small">Everything else</h2><ul class="pj-files">{"".join(map(_download, rest))}</ul>'


def _download(one: Download) -> str:
    return (
        f'<li data-key="{escape(one.name)}"><a href="{escape(one.url)}" download="{escape(one.name)}">'
        f"<span><b>{escape(one.title)}</b><small>{escape(one.about)}</small></span>"
        f"<em>{size(one.bytes)}</em></a></li>"
    )
