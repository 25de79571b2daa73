"""Films in the making and what became of them; dead letters with their second chance."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from studio.callers import Caller
from studio.desk import Desk
from studio.desk.office import OPEN, RUNNING
from studio.jobs import JobState
from studio.office import OfficeJob, StepSum
from studio.pages.admin.overview import step_name
from studio.pages.admin.parts import (
    NOTHING,
    Ask,
    Column,
    act,
    bar,
    choices,
    more,
    panel,
    person,
    search,
    seconds,
    size,
    table,
    when,
)
from studio.pages.markup import Tone, chip, credits

_PAGE = 40
_WAITING: tuple[JobState, ...] = ("PENDING", "QUEUED")
_GROUPS: dict[str, tuple[str, tuple[JobState, ...]]] = {
    "": ("All", ()),
    "running": ("Being made", RUNNING),
    "waiting": ("Waiting", _WAITING),
    "failed": ("Dead letters", ("FAILED",)),
    "ready": ("Finished", ("READY",)),
    "cancelled": ("Cancelled", ("CANCELLED",)),
}
_STATES: dict[str, tuple[str, Tone]] = {
    "PENDING": ("Waits for its creator", "warn"),
    "QUEUED": ("In the line", "info"),
    "READY": ("Finished", "good"),
    "FAILED": ("Failed", "bad"),
    "CANCELLED": ("Cancelled", "info"),
}


def jobs(desk: Desk, caller: Caller, ask: Ask) -> str:
    group = ask.get("state") if ask.get("state") in _GROUPS else ""
    lane = next((one for one in ("gpu", "cpu") if one == ask.get("lane")), None)
    found = desk.office.jobs(
        caller,
        states=_GROUPS[group][1],
        lane="gpu" if lane == "gpu" else "cpu" if lane == "cpu" else None,
        search=ask.get("q"),
        before=ask.number("before"),
        limit=_PAGE,
    )
    filters = choices("state", group, {name: words for name, (words, _) in _GROUPS.items()}, ask, label="State")
    lanes = choices("lane", lane or "", {"": "Both lanes", "cpu": "CPU", "gpu": "GPU"}, ask, label="Lane")
    asking = search(ask, "q", "Film, address, job or error", kept=("state", "lane"))
    further = more(ask, str(found[-1].number)) if len(found) == _PAGE else ""
    return panel("Films", f'<div class="ad-filters">{filters}{lanes}{asking}</div>{_table(found)}{further}')


def steps_of(steps: Sequence[StepSum]) -> str:
    slowest = max((step.seconds for step in steps), default=0.0) or 1.0
    rows = [
        (
            step_name(step.step),
            f"{seconds(step.seconds)}{bar(step.seconds / slowest)}",
            f"{step.made}",
            f"{step.found}",
            size(step.bytes),
            f"{step.attempts}",
        )
        for step in steps
    ]
    columns = [
        Column("Step"),
        Column("Took"),
        Column("Made", numeric=True),
        Column("Found", numeric=True),
        Column("Written", numeric=True),
        Column("Attempts", numeric=True),
    ]
    return table("Steps of this film", columns, rows, nothing="No step of this film has ended yet.")


def _table(found: Sequence[OfficeJob]) -> str:
    columns = [
        Column("Film"),
        Column("Creator"),
        Column("State"),
        Column("Lane"),
        Column("Ordered"),
        Column("Took", numeric=True),
        Column("Credits", numeric=True),
        Column("What to do"),
    ]
    below = [*map(_details, found)]
    return table("Films, newest first", columns, map(_row, found), nothing="There is no such film.", below=below)


def _row(job: OfficeJob) -> tuple[str, ...]:
    took = None if not job.queued_at or not job.finished_at else (job.finished_at - job.queued_at).total_seconds()
    return (
        f"<strong>#{job.number}</strong> {escape(job.title)}",
        person(job.email, job.user_id),
        _state(job),
        job.lane.upper(),
        when(job.created_at),
        seconds(took),
        f"{job.spent if job.spent is not None else job.reserved}",
        _acts(job),
    )


def _state(job: OfficeJob) -> str:
    if job.state in _STATES:
        words, tone = _STATES[job.state]
        return chip(words, tone)
    share = job.progress / 100
    return f"{chip(step_name(job.state), 'good')}{bar(share, tone='good', label=f'{job.progress}%')}"


def _details(job: OfficeJob) -> str:
    failed = f"<p>{chip(job.error_code, 'bad')} {escape(job.error_message or '')}</p>" if job.error_code else ""
    worker = f"{escape(job.lease_owner)}, until {when(job.lease_until)}" if job.lease_owner else NOTHING
    facts = (
        ("Job", f"<code>{job.id}</code>"),
        ("Project", f"<code>{job.project_id}</code>"),
        ("Attempts", f"{job.attempts} of {job.max_attempts}, run {job.run}"),
        ("Worker", worker),
        ("Says", escape(job.message) or NOTHING),
        ("Held", credits(job.reserved)),
    )
    told = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts)
    return (
        f'<details class="ad-details" data-steps="{job.id}"><summary>Details</summary>{failed}<dl>{told}</dl>'
        "<div data-steps-of></div></details>"
    )


def _acts(job: OfficeJob) -> str:
    label = f"film #{job.number}"
    if job.state == "FAILED":
        return act("retry", "Try again", label=f"Try again: {label}", job=str(job.id))
    if job.state in OPEN:
        question = f"Cancel film #{job.number}? Its credits go back to its creator."
        return act("cancel", "Cancel", label=f"Cancel {label}", confirm=question, job=str(job.id))
    return NOTHING
