"""The two logs: what was judged, and what was done; and whether the books are whole."""

from __future__ import annotations

import json
from html import escape
from uuid import UUID

from studio.callers import Caller
from studio.desk import Desk
from studio.pages.admin.parts import Ask, Column, choices, more, panel, person, search, table, when
from studio.pages.markup import Tone, chip, notice
from studio.safety.moderation import Subject, Verdict

_PAGE = 60
_VERDICTS: dict[Verdict, tuple[str, Tone]] = {
    "refused": ("Refused", "bad"),
    "flagged": ("Flagged", "warn"),
    "allowed": ("Allowed", "good"),
}
_SUBJECTS: dict[Subject, str] = {
    "notes": "Notes",
    "prompt": "Prompts",
    "upload": "Uploads",
    "output": "Films",
    "voice": "Voices",
}
_ACTIONS = {
    "": "Everything",
    "office.": "Done here",
    "credit.": "Credits",
    "plan.": "Plans",
    "api_key.": "Keys",
    "voice.": "Voices",
    "account.": "Accounts",
}
_LONGEST_EXCERPT = 240


def moderation(desk: Desk, caller: Caller, ask: Ask) -> str:
    verdict = next((one for one in _VERDICTS if one == ask.get("verdict")), None)
    subject = next((one for one in _SUBJECTS if one == ask.get("subject")), None)
    found = desk.office.verdicts(caller, verdict=verdict, subject=subject, before=ask.moment("before"), limit=_PAGE)
    rows = [
        (
            when(one.created_at),
            chip(*_VERDICTS[one.verdict]),
            _SUBJECTS[one.subject],
            person(one.email, one.user_id),
            escape(", ".join(map(str, one.categories))) or "–",
            f'<span class="ad-excerpt">{escape(one.excerpt[:_LONGEST_EXCERPT])}</span>',
            escape(one.judge),
        )
        for one in found
    ]
    columns = [Column(name) for name in ("When", "Verdict", "Of", "Whose", "Because of", "What it says", "Judged by")]
    words = {"": "Every verdict", **{str(name): title for name, (title, _) in _VERDICTS.items()}}
    subjects = {"": "Of anything", **{str(name): title for name, title in _SUBJECTS.items()}}
    filters = choices("verdict", verdict or "", words, ask, label="Verdict")
    filters += choices("subject", subject or "", subjects, ask, label="What was judged")
    shown = table("Verdicts, newest first", columns, rows, nothing="Nothing was judged like that.")
    further = more(ask, found[-1].created_at.isoformat()) if len(found) == _PAGE else ""
    return panel("Moderation", f'<div class="ad-filters">{filters}</div>{shown}{further}')


def audit(desk: Desk, caller: Caller, ask: Ask) -> str:
    action = ask.get("action")
    found = desk.office.audit(caller, action=action, user=_uuid(ask.get("q")), before=ask.number("before"), limit=_PAGE)
    rows = [
        (
            f"{one.id}",
            when(one.at),
            f"<code>{escape(one.action)}</code>",
            person(one.email, one.user_id),
            f'<span class="ad-long">{escape(one.actor)}</span>',
            f'<span class="ad-long">{escape(one.subject)}</span>',
            f'<span class="ad-long">{escape(_details(one.details))}</span>',
        )
        for one in found
    ]
    columns = [Column("No.", numeric=True)]
    columns += [Column(name) for name in ("When", "What", "Whom it concerns", "Who did it", "To what", "More")]
    filters = choices("action", action if action in _ACTIONS else "", _ACTIONS, ask, label="What was done")
    asking = search(ask, "q", "Account number", kept=("action",))
    shown = table("The audit log, newest first", columns, rows, nothing="Nothing like that was done.")
    further = more(ask, str(found[-1].id)) if len(found) == _PAGE else ""
    return _whole(desk, caller) + panel("Audit log", f'<div class="ad-filters">{filters}{asking}</div>{shown}{further}')


def _whole(desk: Desk, caller: Caller) -> str:
    """The chain of the log and the books of the credits, checked from the first row to the last."""
    broken, wrong = desk.office.audit_broken_at(caller), desk.office.books_broken(caller)
    log = (
        notice("good", "The audit log is whole: every row follows from the one before it.")
        if broken is None
        else notice("bad", f"The audit log was changed: row {broken} does not follow from the one before it.")
    )
    books = (
        notice("good", "The credits add up: every balance follows from its ledger.")
        if not wrong
        else notice("bad", f"The credits of {len(wrong)} accounts do not follow from their ledger: {_first(wrong)}.")
    )
    return f'<div class="ad-pair">{log}{books}</div>'


def _first(accounts: tuple[UUID, ...]) -> str:
    return ", ".join(map(str, accounts[:3])) + (" and more" if len(accounts) > 3 else "")


def _details(details: dict[str, object]) -> str:
    shown = {name: value for name, value in details.items() if name != "key"}
    return ", ".join(
        f"{name}: {value if isinstance(value, str) else json.dumps(value)}" for name, value in shown.items()
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
