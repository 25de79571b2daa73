"""The kinds of fields that the Create page is made of: native inputs, so that keys and screen readers just work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import NamedTuple


class Option(NamedTuple):
    """One of several: its value, its words, and what helps to choose it."""

    value: str
    title: str
    about: str = ""
    picture: str = ""
    mark: str = ""
    """Small markup of our own beside the title: a shape, a sample of lettering."""
    brings: Mapping[str, str] = {}
    """What comes along with it, by field; shown wherever the niche's own is chosen."""


def step(number: int, name: str, title: str, about: str, inside: str) -> str:
    return (
        f'<section class="cr-step" id="step-{name}" aria-labelledby="step-{name}-title">'
        f'<h2 id="step-{name}-title"><span class="cr-number" aria-hidden="true">{number}</span>{escape(title)}</h2>'
        f'<p class="cr-about">{escape(about)}</p>{inside}{problem(name)}</section>'
    )


def problem(place: str) -> str:
    """Where an error about this place is said."""
    return f'<div class="cr-problem" data-problem="{place}" role="alert" hidden></div>'


def cards(
    name: str, legend: str, options: Iterable[Option], *, chosen: str, otherwise: Option | None = None, last: str = ""
) -> str:
    """Picture cards, of which one is chosen, or the plain choice before them; `last` fills the place after them."""
    inside = "".join(_card(name, option, chosen) for option in options)
    first = f'<div class="cr-pills">{_pill(name, otherwise, chosen)}</div>' if otherwise else ""
    return _group(legend, f'{first}<div class="cr-cards {name}">{inside}{last}</div>', hidden=otherwise is None)


def pills(name: str, legend: str, options: Iterable[Option], *, chosen: str, about: str = "") -> str:
    """Short choices in a row."""
    inside = "".join(_pill(name, option, chosen) for option in options)
    below = f'<p class="cr-hint">{escape(about)}</p>' if about else ""
    return _group(legend, f'<div class="cr-pills">{inside}</div>{below}')


def rows(name: str, legend: str, options: Iterable[Option], *, chosen: str) -> str:
    """Choices that take a sentence each."""
    inside = "".join(_row(name, option, chosen) for option in options)
    return _group(legend, f'<div class="cr-rows {name}">{inside}</div>')


def text(name: str, label: str, *, hint: str = "", placeholder: str = "", lines: int = 1, longest: int = 500) -> str:
    described = f' aria-describedby="hint-{name}"' if hint else ""
    common = (
        f'id="field-{name}" name="{name}" maxlength="{longest}" placeholder="{escape(placeholder)}"'
        f'{described} autocomplete="off"'
    )
    field = f'<textarea rows="{lines}" {common}></textarea>' if lines > 1 else f'<input type="text" {common}>'
    below = f'<p class="cr-hint" id="hint-{name}">{escape(hint)}</p>' if hint else ""
    return f'<div class="cr-field"><label for="field-{name}">{escape(label)}</label>{field}{below}{problem(name)}</div>'


def files(name: str, label: str, *, accept: str, hint: str, single: bool = False) -> str:
    """A place to drop files on, which is a button for everybody else."""
    several = "" if single else " multiple"
    return (
        f'<div class="cr-field cr-files" data-files="{name}">'
        f'<span class="cr-label" id="label-{name}">{escape(label)}</span>'
        f'<label class="cr-drop"><input type="file" class="visually-hidden" accept="{accept}"{several}'
        f' aria-labelledby="label-{name}" aria-describedby="hint-{name}">'
        f'<span class="cr-drop-words"><b>Choose {"a file" if single else "files"}</b> or drop '
        f"{'it' if single else 'them'} here</span>"
        f'<span class="cr-hint" id="hint-{name}">{escape(hint)}</span></label>'
        f'<ul class="cr-file-list" aria-label="{escape(label)}"></ul>{problem(name)}</div>'
    )


def niches_own(field: str, title: str) -> Option:
    """The choice to leave it to the niche, with what that is at the moment."""
    return Option("", title, mark=f'<small class="cr-own" data-own="{field}"></small>')


def play(address: str, what: str) -> str:
    """A button that plays a sound; pressing it again stops it."""
    return (
        f'<button type="button" class="cc-play" data-play="{escape(address)}" aria-pressed="false"'
        f' aria-label="Play {escape(what)}"><span aria-hidden="true"></span></button>'
    )


def _group(legend: str, inside: str, *, hidden: bool = False) -> str:
    kind = ' class="visually-hidden"' if hidden else ""
    return f'<fieldset class="cr-group"><legend{kind}>{escape(legend)}</legend>{inside}</fieldset>'


def _card(name: str, option: Option, chosen: str) -> str:
    about = f' aria-describedby="{name}-{option.value}-about"' if option.about else ""
    words = f'<span hidden id="{name}-{option.value}-about">{escape(option.about)}</span>' if option.about else ""
    return (
        f'<label class="cr-card">{_radio(name, option, chosen, about)}'
        f'<img src="{escape(option.picture)}" alt="" width="480" height="270" loading="lazy" decoding="async">'
        f'<span class="cr-card-title">{escape(option.title)}</span>{words}</label>'
    )


def _pill(name: str, option: Option, chosen: str) -> str:
    title = f"<span>{escape(option.title)}</span>"
    inside = option.mark + title if option.value else title + option.mark
    return f'<label class="cr-pill">{_radio(name, option, chosen)}{inside}</label>'


def _row(name: str, option: Option, chosen: str) -> str:
    about = f'<span class="cr-hint">{escape(option.about)}</span>' if option.about else ""
    return (
        f'<div class="cr-row"><label>{_radio(name, option, chosen)}'
        f"<span><b>{escape(option.title)}</b>{about}</span></label>{option.mark}</div>"
    )


def _radio(name: str, option: Option, chosen: str, more: str = "") -> str:
    checked = " checked" if option.value == chosen else ""
    brings = "".join(f' data-{field}="{escape(title)}"' for field, title in option.brings.items())
    return f'<input type="radio" name="{name}" value="{escape(option.value)}"{checked}{brings}{more}>'
