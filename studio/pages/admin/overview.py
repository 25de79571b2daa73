"""How it goes: the figures of the last days, what is being made now, and what each step takes."""

from __future__ import annotations

from collections.abc import Sequence

from studio.callers import Caller
from studio.desk import Desk
from studio.desk.office import LaneLoad
from studio.office import Day, Metrics, StepFigures
from studio.pages.admin.parts import (
    Ask,
    Column,
    bar,
    choices,
    panel,
    percent,
    seconds,
    size,
    spark,
    table,
    tile,
    when,
)

_DAYS = {"7": "7 days", "30": "30 days", "90": "90 days"}
_STEPS: dict[str, str] = {
    "SCRIPTING": "Script",
    "VOICE_GEN": "Voice",
    "ALIGNMENT": "Word times",
    "VISUAL_PLAN": "Picture plan",
    "IMAGE_GEN": "Pictures",
    "TIMELINE": "Timeline",
    "RENDERING": "Rendering",
    "PACKAGING": "Packing",
}
_MICROS = 1_000_000


def overview(desk: Desk, caller: Caller, ask: Ask) -> str:
    chosen = ask.get("days") if ask.get("days") in _DAYS else "30"
    days = int(chosen)
    figures, history = desk.office.metrics(caller, days=days), desk.office.days(caller, days=days)
    switch = choices("days", chosen, _DAYS, ask, label="How far back")
    return (
        f'<div class="ad-head"><h2>The last {days} days</h2>{switch}</div>'
        f'<div class="ad-tiles">{_tiles(figures, history)}</div>'
        f"{panel('Now', _lanes(desk.office.load(caller)))}"
        f"{panel('What each step takes', steps_table(desk.office.steps(caller, days=days)))}"
    )


def step_name(step: str) -> str:
    return _STEPS.get(step, step)


def _tiles(one: Metrics, days: Sequence[Day]) -> str:
    joined, ready = [day.signed_up for day in days], [day.ready for day in days]
    failed, taken = [day.failed for day in days], [day.downloads for day in days]
    return "".join(
        (
            tile(
                "Activation",
                percent(one.activation),
                f"{one.activated} of {one.signed_up} newcomers have a film",
                spark(joined, f"Newcomers a day: {_told(joined)}"),
            ),
            tile(
                "Time to first film",
                seconds(one.first_film_median_s),
                f"from signing up; the slowest twentieth: {seconds(one.first_film_p95_s)}",
            ),
            tile(
                "Films finished",
                f"{one.ready}",
                f"in {seconds(one.film_median_s)} each; the slowest twentieth: {seconds(one.film_p95_s)}",
                spark(ready, f"Films a day: {_told(ready)}", tone="good"),
            ),
            tile(
                "Completion",
                percent(one.completion),
                f"{one.failed} failed, {one.cancelled} cancelled by their creators",
                spark(failed, f"Failed films a day: {_told(failed)}", tone="bad"),
            ),
            tile(
                "Made again",
                percent(one.remade_share),
                f"{one.remade} new versions, {one.retried} retries, {one.taken_over} went on after a stop",
            ),
            tile(
                "Downloads",
                f"{one.downloads}",
                f"of {one.downloaded_films} films",
                spark(taken, f"Downloads a day: {_told(taken)}", tone="sun"),
            ),
            tile(
                "Came back within a week",
                f"{one.two_in_a_week}",
                f"people with two films in 7 days, of {one.active} active",
            ),
            tile("Credits spent", f"{one.spent}", f"providers were paid {one.cost_micros / _MICROS:.2f} USD"),
        )
    )


def _told(values: Sequence[int]) -> str:
    return f"{sum(values)} in all, {values[-1] if values else 0} today"


def _lanes(lanes: Sequence[LaneLoad]) -> str:
    most = max((lane.running + lane.waiting for lane in lanes), default=0) or 1
    rows = [
        (
            lane.lane.upper(),
            f"{lane.running}{bar(lane.running / most, tone='good')}",
            f"{lane.waiting}{bar(lane.waiting / most, tone='sun')}",
            when(lane.oldest),
        )
        for lane in lanes
    ]
    columns = [Column("Lane"), Column("Being made"), Column("Waiting"), Column("The oldest waits since")]
    return table("Films by lane", columns, rows, nothing="Nothing is made just now.")


def steps_table(steps: Sequence[StepFigures]) -> str:
    slowest = max((step.p95_s for step in steps), default=0.0) or 1.0
    columns = [
        Column("Step"),
        Column("Median"),
        Column("Slowest twentieth"),
        Column("Films", numeric=True),
        Column("Made", numeric=True),
        Column("Found again", numeric=True),
        Column("Written", numeric=True),
        Column("Second-best", numeric=True),
    ]
    rows = [
        (
            f"<strong>{step_name(step.step)}</strong>",
            f"{seconds(step.median_s)}{bar(step.median_s / slowest)}",
            f"{seconds(step.p95_s)}{bar(step.p95_s / slowest, tone='sun')}",
            f"{step.films}",
            f"{step.made}",
            percent(step.found / (step.made + step.found) if step.made + step.found else None),
            size(step.bytes),
            f"{step.fallbacks}",
        )
        for step in steps
    ]
    return table(
        "Times of each step",
        columns,
        rows,
        nothing="No film was finished in these days, so there is nothing to time yet.",
    )
