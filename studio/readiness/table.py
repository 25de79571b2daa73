"""The same for a terminal: what is on, what is off and why."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from pydantic import ValidationError

from studio.readiness.features import GROUPS, Feature
from studio.readiness.readiness import Readiness
from studio.settings import Settings

_MARKS = {"on": "on", "off": "off", "broken": "BROKEN"}
_NAME, _STATE, _WIDTH = 24, 8, 100


def checked() -> tuple[str, int]:
    """What to print and the exit status: 1 if something that was asked for cannot work."""
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)
        lines = (f"{'.'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in wrong)
        return "These settings cannot be read:\n" + "\n".join(f"  {line}" for line in lines), 1
    features = Readiness(settings).features()
    return table(features), int(any(feature.state == "broken" for feature in features))


def table(features: Iterable[Feature]) -> str:
    rows = list(features)
    return "\n".join(line for group in GROUPS for line in _group(group, rows)).strip()


def _group(group: str, rows: list[Feature]) -> Iterator[str]:
    yield f"\n{group}"
    for row in rows:
        if row.group == group:
            yield from _row(row)


def _row(row: Feature) -> Iterator[str]:
    start = f"  {row.name:<{_NAME}}{_MARKS[row.state]:<{_STATE}}"
    indent = " " * len(start)
    yield from textwrap.wrap(row.why, _WIDTH, initial_indent=start, subsequent_indent=indent)
    if row.how:
        yield from textwrap.wrap(f"→ {row.how}", _WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
