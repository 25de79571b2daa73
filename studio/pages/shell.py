"""What surrounds every page: the bar at the top, the foot, and the place between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

import gradio as gr

_LOGO = (
    '<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9" fill="#4548ad"/>'
    '<path d="M8 9.5h9a6.5 6.5 0 0 1 0 13H8z" fill="#fff" opacity=".28"/>'
    '<path d="M12 10.2v11.6a1 1 0 0 0 1.5.87l9.6-5.8a1 1 0 0 0 0-1.74l-9.6-5.8a1 1 0 0 0-1.5.87z" fill="#ffc02a"/>'
    "</svg>"
)
_MENU = (("Create", "/", ""), ("Library", "/library", "in"), ("Voices", "/voices", ""), ("About", "/about", ""))


@contextmanager
def frame(path: str) -> Iterator[None]:
    """A page's parts go inside; `path` is its own, which the bar marks."""
    gr.HTML(_top(path), padding=False, elem_classes="cc-frame")
    with gr.Column(elem_classes="cc-main", elem_id="main"):
        yield
    gr.HTML(_FOOT, padding=False)


@contextmanager
def bare() -> Iterator[None]:
    """The place between them alone, for a page that stands within another site's."""
    with gr.Column(elem_classes="cc-main", elem_id="main"):
        yield


def heading(title: str, lead: str = "") -> gr.HTML:
    below = f'<p class="cc-lead">{escape(lead)}</p>' if lead else ""
    return gr.HTML(f"<h1>{escape(title)}</h1>{below}", padding=False)


def _top(path: str) -> str:
    return (
        '<a class="cc-skip" href="#main">Skip to the page</a><header class="cc-top">'
        f'<a class="cc-brand" href="/">{_LOGO}<span>CanvasCast</span></a>'
        f'<nav class="cc-nav" aria-label="Pages">{"".join(_entry(*one, path=path) for one in _MENU)}'
        f"{_entry('Admin', '/admin', 'admin', path=path)}</nav>"
        '<div class="cc-account">'
        f'<a href="/credits"{_current("/credits", path)} class="cc-balance" data-when="in" data-balance hidden>Credits'
        f"</a>{_entry('Settings', '/settings', 'in', path=path)}"
        '<a href="/sign-in" class="cc-go" data-when="out" hidden>Sign in</a>'
        "</div></header>"
    )


def _entry(title: str, address: str, when: str, *, path: str) -> str:
    condition = f' data-when="{when}" hidden' if when else ""
    return f'<a href="{address}"{_current(address, path)}{condition}>{title}</a>'


def _current(address: str, path: str) -> str:
    return ' aria-current="page"' if address == path else ""


_FOOT = (
    '<div class="cc-foot"><span>CanvasCast turns notes into narrated films.</span>'
    '<a href="/about">What is switched on here</a><a href="/programs">For programs</a></div>'
)
