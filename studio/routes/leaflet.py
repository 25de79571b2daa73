"""A single page with one thing to say or to do, outside Gradio: what letters and worn-out links lead to."""

from __future__ import annotations

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from studio.errors import StudioError
from studio.routes.answers import refused, status_of


def link(words: str, address: str) -> str:
    return f'<a class="button" href="{escape(address)}">{escape(words)}</a>'


def form(words: str, address: str, fields: dict[str, str]) -> str:
    """A button that posts: mail scanners follow links, and press nothing."""
    hidden = "".join(f'<input type="hidden" name="{escape(name)}" value="{escape(fields[name])}">' for name in fields)
    return f'<form method="post" action="{escape(address)}">{hidden}<button autofocus>{escape(words)}</button></form>'


def leaflet(title: str, words: str, action: str, *, status: int = 200) -> Response:
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<title>{escape(title)} - CanvasCast</title><link rel="icon" type="image/svg+xml" href="/studio/icon.svg">'
        f'<link rel="stylesheet" href="/studio/alone/leaflet.css"></head><body><main>'
        '<img src="/studio/icon.svg" alt="">'
        f"<h1>{escape(title)}</h1><p>{escape(words)}</p>{action}</main></body></html>"
    )
    headers = {"cache-control": "no-store", "referrer-policy": "no-referrer"}
    return HTMLResponse(page, status_code=status, headers=headers)


def told_or_shown(request: Request, error: StudioError, title: str, action: str) -> Response:
    """A failure as a page for people, and as JSON for everything else."""
    if "text/html" not in request.headers.get("accept", ""):
        return refused(error)
    return leaflet(title, error.message, action, status=status_of(error))
