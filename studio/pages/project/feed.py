"""What an event hands to the browser: the parts that may have changed, for project.js to lay over the old ones."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from html import escape
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from studio.files.service import LINK_S

Region = Literal["head", "live", "film", "strip", "bar"]


@dataclass(frozen=True)
class Feed:
    """`chosen` is None where the choice of a scene stays as it is, and an empty `title` or `aspect` leaves the old one.

    `prefix` stands before the document's title; with a `problem`, everything else stays as it is.
    """

    regions: Mapping[Region, str] = field(default_factory=dict)
    title: str = ""
    aspect: str = ""
    prefix: str = ""
    say: str = ""
    problem: str = ""
    moving: bool = False
    chosen: str | None = None
    at: float = field(default_factory=time.time)

    def choosing(self, scene: str) -> Feed:
        return replace(self, chosen=scene)

    def text(self) -> str:
        values = {name: value for name, value in asdict(self).items() if value is not None}
        return json.dumps(values, ensure_ascii=False)


def file(url: str) -> str:
    """Attributes of whatever shows a file: which one it is, whatever its link says today, and how long that holds."""
    address = urlsplit(url)
    name = f"{address.netloc}{address.path}"
    told = parse_qs(address.query).get("expires", [""])[0]
    until = int(told) if told.isdecimal() else int(time.time() + LINK_S / 2)
    return f'src="{escape(url)}" data-file="{escape(name)}" data-until="{until}"'


def act(name: str, words: str, *, kind: str = "quiet", label: str = "", **data: str) -> str:
    """A button that the page's one listener hears."""
    given = "".join(f' data-{key}="{escape(value)}"' for key, value in data.items())
    spoken = f' aria-label="{escape(label)}"' if label else ""
    return f'<button type="button" class="cc-button {kind}" data-act="{name}"{given}{spoken}>{escape(words)}</button>'


def asking(key: str, first: str, question: str, yes: str, no: str) -> str:
    """A button that asks once before it does anything; `first` and `yes` are buttons already."""
    return (
        f'<div class="pj-asks" data-asks data-key="asks-{key}">'
        f'<div data-first data-own="hidden">{first}</div>'
        f'<div data-then data-own="hidden" hidden role="group" aria-label="{escape(question)}">'
        f"<span>{escape(question)}</span>{yes}{no}</div></div>"
    )
