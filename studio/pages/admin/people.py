"""Who is here, what they have, and what may be done for them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from uuid import uuid4

from studio.callers import Caller
from studio.credits.records import Plan
from studio.desk import Desk
from studio.desk.office import LONGEST_REASON
from studio.office import OfficeUser
from studio.pages.admin.parts import Ask, Column, choices, more, panel, search, table, when
from studio.pages.markup import chip

_PAGE = 40


def people(desk: Desk, caller: Caller, ask: Ask) -> str:
    plans = desk.office.plans(caller)
    chosen = ask.get("plan") if ask.get("plan") in {plan.name for plan in plans} else ""
    found = desk.office.users(
        caller, search=ask.get("q"), plan=chosen or None, before=ask.moment("before"), limit=_PAGE
    )
    options = {"": "Every plan", **{plan.name: plan.title for plan in plans}}
    filters = choices("plan", chosen, options, ask, label="Plan")
    asking = search(ask, "q", "Address, name or account number", kept=("plan",))
    further = more(ask, found[-1].created_at.isoformat()) if len(found) == _PAGE else ""
    return panel("People", f'<div class="ad-filters">{filters}{asking}</div>{_table(found, plans)}{further}')


def _table(found: Sequence[OfficeUser], plans: Sequence[Plan]) -> str:
    columns = [
        Column("Who"),
        Column("Plan"),
        Column("Credits", numeric=True),
        Column("Held", numeric=True),
        Column("Films", numeric=True),
        Column("Spent", numeric=True),
        Column("Joined"),
        Column("Last seen"),
    ]
    titles = {plan.name: plan.title for plan in plans}
    rows = [
        (
            _who(one),
            chip(titles.get(one.plan, one.plan), "info"),
            f"{one.balance}" + (f" {chip(f'owes {one.debt}', 'bad')}" if one.debt else ""),
            f"{one.held}",
            f"{one.films}" + (f" {chip(f'{one.failed} failed', 'warn')}" if one.failed else ""),
            f"{one.spent}",
            when(one.created_at),
            when(one.last_seen),
        )
        for one in found
    ]
    below = [_manage(one, plans) for one in found]
    return table("People, newest first", columns, rows, nothing="Nobody is called that.", below=below)


def _who(one: OfficeUser) -> str:
    name = f'<div class="cc-quiet">{escape(one.display_name)}</div>' if one.display_name else ""
    return f"<div><strong>{escape(one.email or 'No address')}</strong>{name}</div>"


def _manage(one: OfficeUser, plans: Sequence[Plan]) -> str:
    return (
        f'<details class="ad-details"><summary>Credits and plan</summary><code>{one.id}</code>'
        f"{_adjust(one)}{_plan(one, plans)}</details>"
    )


def _adjust(one: OfficeUser) -> str:
    """Its key is made with the form, so that pressing twice adjusts once."""
    amount, reason = f"amount-{one.id}", f"reason-{one.id}"
    return (
        f'<form class="ad-form" data-act="adjust" data-user="{one.id}" data-key="{uuid4()}">'
        f'<div><label for="{amount}">Credits, minus to take</label>'
        f'<input id="{amount}" name="amount" type="number" step="1" min="-1000000" max="1000000" required></div>'
        f'<div class="wide"><label for="{reason}">Why (kept in the audit log)</label>'
        f'<input id="{reason}" name="reason" type="text" minlength="3" maxlength="{LONGEST_REASON}" required></div>'
        '<button type="submit" class="cc-button">Adjust</button></form>'
    )


def _plan(one: OfficeUser, plans: Sequence[Plan]) -> str:
    field = f"plan-{one.id}"
    options = "".join(
        f'<option value="{escape(plan.name)}"{" selected" if plan.name == one.plan else ""}>{escape(plan.title)}: '
        f"{plan.max_running} film{'' if plan.max_running == 1 else 's'} at once</option>"
        for plan in plans
    )
    return (
        f'<form class="ad-form" data-act="plan" data-user="{one.id}">'
        f'<div class="wide"><label for="{field}">Plan</label>'
        f'<select id="{field}" name="plan">{options}</select></div>'
        '<button type="submit" class="cc-button quiet">Set plan</button></form>'
    )
