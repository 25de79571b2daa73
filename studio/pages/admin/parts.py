"""Tables, tiles, filters and small drawings of the Admin page. Cells are HTML; what people wrote is escaped before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import NamedTuple
from urllib.parse import urlencode

from studio.pages.markup import ago

NOTHING = '<span class="cc-quiet">–</span>'


@dataclass(frozen=True)
class Ask:
    """What the page's address asks for: a view, its filters, and where its list goes on."""

    view: str
    values: Mapping[str, str]

    @classmethod
    def of(cls, query: Mapping[str, object]) -> Ask:
        values = {str(name): str(value)[:200] for name, value in query.items() if value not in ("", None)}
        return cls(values.pop("view", "overview"), values)

    def get(self, name: str) -> str:
        return self.values.get(name, "")

    def number(self, name: str) -> int | None:
        text = self.get(name)
        return int(text) if text.isdecimal() and len(text) < 18 else None

    def moment(self, name: str) -> datetime | None:
        try:
            found = datetime.fromisoformat(self.get(name))
        except ValueError:
            return None
        return found if found.tzinfo else found.replace(tzinfo=UTC)

    def address(self, **changes: str) -> str:
        values = {name: value for name, value in {**self.values, **changes}.items() if value}
        return "/admin?" + urlencode({"view": self.view, **values})


class Column(NamedTuple):
    title: str
    numeric: bool = False


def table(
    caption: str, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, nothing: str, below: Sequence[str] = ()
) -> str:
    """On a phone each row becomes a card, and each cell says what it is. `below` is what opens under each row."""
    body = "".join(_row(columns, row, below[place] if below else "") for place, row in enumerate(rows))
    if not body:
        return f'<p class="ad-nothing cc-quiet">{escape(nothing)}</p>'
    heads = "".join(f'<th scope="col"{_kind(column)}>{escape(column.title)}</th>' for column in columns)
    return (
        f'<div class="cc-scroll ad-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="cc-table ad-table"><caption class="visually-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(columns: Sequence[Column], cells: Sequence[str], below: str) -> str:
    told = [
        f'<td{_kind(column)} data-label="{escape(column.title)}">{cell}</td>'
        for column, cell in zip(columns, cells, strict=True)
    ]
    row = f"<tr{' class=has-below' if below else ''}>{''.join(told)}</tr>"
    return row + (f'<tr class="ad-below"><td colspan="{len(columns)}">{below}</td></tr>' if below else "")


def _kind(column: Column) -> str:
    return ' class="number"' if column.numeric else ""


def panel(title: str, inside: str, *, aside: str = "") -> str:
    head = f'<div class="ad-head"><h2>{escape(title)}</h2>{aside}</div>'
    return f'<section class="cc-card ad-panel">{head}{inside}</section>'


def tile(title: str, value: str, note: str, drawing: str = "") -> str:
    return (
        f'<div class="cc-card ad-tile"><h3>{escape(title)}</h3><p class="ad-value">{escape(value)}</p>'
        f'<p class="ad-note">{escape(note)}</p>{drawing}</div>'
    )


def choices(name: str, chosen: str, options: Mapping[str, str], ask: Ask, *, label: str) -> str:
    """A few ways to look at the same list, as links."""
    links = "".join(
        f'<a href="{escape(ask.address(**{name: value, "before": ""}))}"{_current(value == chosen)}>{escape(words)}</a>'
        for value, words in options.items()
    )
    return f'<nav class="ad-choices" aria-label="{escape(label)}">{links}</nav>'


def search(ask: Ask, name: str, label: str, *, kept: Sequence[str] = ()) -> str:
    """A field to search by; the other filters stay."""
    hidden = "".join(
        f'<input type="hidden" name="{escape(one)}" value="{escape(ask.get(one))}">' for one in kept if ask.get(one)
    )
    return (
        f'<form class="ad-search" role="search" action="/admin" method="get">'
        f'<input type="hidden" name="view" value="{escape(ask.view)}">{hidden}'
        f'<label class="visually-hidden" for="ad-{name}">{escape(label)}</label>'
        f'<input id="ad-{name}" type="search" name="{name}" value="{escape(ask.get(name))}"'
        f' placeholder="{escape(label)}">'
        '<button type="submit" class="cc-button quiet">Search</button></form>'
    )


def more(ask: Ask, before: str) -> str:
    address = escape(ask.address(before=before))
    return f'<p class="ad-more"><a class="cc-button quiet" href="{address}">Show earlier ones</a></p>'


def act(name: str, words: str, *, label: str, confirm: str = "", **data: str) -> str:
    """A button that does something to a row."""
    given = "".join(f' data-{key}="{escape(value)}"' for key, value in data.items())
    asked = f' data-confirm="{escape(confirm)}"' if confirm else ""
    return (
        f'<button type="button" class="cc-button quiet ad-act" data-act="{name}"{given}{asked}'
        f' aria-label="{escape(label)}">{escape(words)}</button>'
    )


def bar(share: float, *, tone: str = "", label: str = "") -> str:
    """A line as long as the share of its place, from 0 to 1."""
    width = max(0.0, min(1.0, share)) * 100
    told = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return (
        f'<svg class="ad-bar {tone}" viewBox="0 0 100 6" preserveAspectRatio="none" {told}>'
        '<rect class="back" width="100" height="6" rx="3"/>'
        f'<rect class="fill" width="{width:.1f}" height="6" rx="3"/></svg>'
    )


def spark(values: Sequence[int], label: str, *, tone: str = "") -> str:
    """The last days as a small hill."""
    if len(values) < 2:
        return ""
    top, step = max(*values, 1), 100 / (len(values) - 1)
    points = " ".join(f"{place * step:.1f},{27 - 24 * value / top:.1f}" for place, value in enumerate(values))
    return (
        f'<svg class="ad-spark {tone}" viewBox="0 0 100 28" preserveAspectRatio="none" role="img"'
        f' aria-label="{escape(label)}"><polygon points="0,28 {points} 100,28"/>'
        f'<polyline points="{points}" vector-effect="non-scaling-stroke"/></svg>'
    )


def when(moment: datetime | None) -> str:
    if moment is None:
        return NOTHING
    exact = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    return f'<time datetime="{moment.isoformat()}" title="{exact}">{ago(moment)}</time>'


def seconds(value: float | None) -> str:
    """As short as it can be read: 4.2 s, 3 min 5 s, 2 h 10 min, 3 days."""
    if value is None:
        return "–"
    if value < 60:
        return f"{value:.1f} s" if value < 10 else f"{value:.0f} s"
    whole = round(value)
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    if whole < 172_800:
        return f"{whole // 3600} h {whole % 3600 // 60} min"
    return f"{whole / 86_400:.1f} days"


def size(count: int) -> str:
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= factor:
            return f"{count / factor:.1f} {unit}"
    return f"{count} B"


def percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def person(email: str | None, user: object) -> str:
    """An address, which leads to whom it belongs."""
    if user is None:
        return NOTHING
    number = escape(str(user))
    return f'<a href="/admin?view=people&amp;q={number}" title="{number}">{escape(email or number[:8])}</a>'


def _current(is_current: bool) -> str:
    return ' aria-current="true"' if is_current else ""
