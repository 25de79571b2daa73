"""Showcase: films that everybody may watch, here, in a frame on any site, or through <gradio-app>, without cookies."""

from __future__ import annotations

from html import escape
from urllib.parse import urljoin

import gradio as gr

from studio.callers import ANYONE
from studio.desk import Desk
from studio.desk.showcase import ShownFilm
from studio.pages.events import EXPECTED
from studio.pages.markup import empty, length, notice
from studio.routes.visits import Visits

_HIDDEN = '<span class="cc-account" hidden></span><h1 class="visually-hidden">Films made with CanvasCast</h1>'


def build(desk: Desk) -> None:
    player = gr.HTML(_page((), "", ""), padding=False)
    visits = Visits(desk.installation.settings)

    def show(request: gr.Request) -> str:
        """Addresses are whole ones: on another site's page a path alone would be that site's."""
        try:
            films = desk.showcase.films(ANYONE)
        except EXPECTED as error:
            return f'<div class="sc">{_HIDDEN}{notice("bad", str(error))}</div>'
        origin = visits.origin(request.request) if request.request else ""
        return _page(films, origin, dict(request.query_params).get("film", ""))

    gr.on(None, show, None, player, queue=False, show_progress="hidden", api_visibility="private")


def _page(films: tuple[ShownFilm, ...], origin: str, wanted: str) -> str:
    if not films:
        nothing = "Films that this studio shows to everybody appear here."
        return f'<div class="sc">{_HIDDEN}{empty("Nothing on show yet", nothing)}</div>'
    shown = next((film for film in films if str(film.project) == wanted), films[0])
    others = "".join(_entry(film, origin) for film in films if film is not shown)
    more = f'<ul class="sc-list" aria-label="More films">{others}</ul>' if others else ""
    return (
        f'<div class="sc">{_HIDDEN}{_player(shown, origin)}{more}'
        '<p class="sc-by"><span>Made with CanvasCast from a page of notes.</span>'
        f'<a class="cc-button" href="{escape(urljoin(origin, "/"))}" target="_blank" rel="noopener">Make your own</a>'
        "</p></div>"
    )


def _player(film: ShownFilm, origin: str) -> str:
    title = escape(film.title)
    track = f'<track kind="captions" srclang="en" label="Captions" src="{_at(origin, film.captions)}" default>'
    return (
        f'<video controls playsinline preload="metadata" crossorigin="anonymous" src="{_at(origin, film.video)}" '
        f'poster="{_at(origin, film.thumbnail)}" aria-label="{title}">{track if film.captions else ""}</video>'
        f'<h2>{title}</h2><p class="cc-quiet">{length(film.seconds)}</p>'
    )


def _entry(film: ShownFilm, origin: str) -> str:
    address = escape(urljoin(origin, f"/showcase?film={film.project}"))
    return f'<li><a href="{address}"><img src="{_at(origin, film.thumbnail)}" alt="">{escape(film.title)}</a></li>'


def _at(origin: str, address: str) -> str:
    return escape(urljoin(f"{origin}/", address)) if address else ""
