"""What was asked of a film and what came of it, as the audit keeps it for a while."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from studio.pages.admin.parts import when
from studio.safety import JobRecord

_TITLES = {"asked": "What was asked", "script": "The script", "film": "The film, and what it says"}
_LONGEST = 20_000


def records_of(records: Sequence[JobRecord]) -> str:
    if not records:
        return '<p class="cc-quiet">What was asked and written is not kept, or its time is over.</p>'
    return "".join(map(_record, records))


def _record(one: JobRecord) -> str:
    text = json.dumps(one.content, ensure_ascii=False, indent=1)
    shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return (
        f'<details class="ad-record"><summary>{_TITLES[one.kind]} <small>{when(one.created_at)}, kept until '
        f'{one.keep_until:%d %B %Y}</small></summary><pre tabindex="0">{escape(shown)}</pre></details>'
    )
