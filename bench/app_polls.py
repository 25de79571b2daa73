"""What people wait for while a film renders: fifty open project pages polling, and others who act on theirs.

    python -m bench.app_polls [--clients 50] [--seconds 60] [--every 2]

A real `python app.py` makes films on this machine. Each client is a person of their own with a project page that polls
as its script does; some also ask who they are, estimate a film on Create and load a page. Every answer is timed.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from collections import defaultdict
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx

from bench.apps import NOTES, App
from bench.folders import entered_by_all
from bench.tables import machine, show

BAR_MS = 300
FILM = {"minutes": 2, "resolution": "1080p", "fps": 30}


@dataclass
class Times:
    """Milliseconds of every answer, by what was asked; and what was not answered well."""

    by_kind: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Visitor:
    project: UUID
    cookies: dict[str, str]


@dataclass(frozen=True)
class Addresses:
    """Where this site's page events are called, as the browser learns it from the config."""

    poll: int
    poll_data: list[Any]
    create: int

    @classmethod
    def of(cls, url: str) -> Addresses:
        config: dict[str, Any] = httpx.get(f"{url}/config", timeout=60).json()
        ticks = [one for one in config["dependencies"] if any(target[1] == "tick" for target in one["targets"])]
        pages = [
            one
            for one in config["components"]
            if "look" in (one["props"].get("server_fns") or one.get("server_fns") or [])
        ]
        values = {one["id"]: one["props"].get("value") for one in config["components"]}
        return cls(ticks[0]["id"], [values[place] for place in ticks[0]["inputs"]], pages[0]["id"] if pages else -1)


async def watch(app: App, visitors: list[Visitor], *, seconds: float, every_s: float) -> Times:
    times, places = Times(), Addresses.of(app.url)
    async with AsyncExitStack() as stack:
        # Made before the clock runs: fifty browsers are on fifty machines, and these would be made on the measured one.
        clients = [
            await stack.enter_async_context(
                httpx.AsyncClient(base_url=app.url, cookies=visitor.cookies, timeout=60, verify=False)
            )
            for visitor in visitors
        ]
        end_s = time.monotonic() + seconds
        async with asyncio.TaskGroup() as group:
            for place, (visitor, client) in enumerate(zip(visitors, clients, strict=True)):
                group.create_task(_visit(client, visitor, places, times, end_s, every_s, acts=place % 5 == 0))
    return times


async def _visit(
    client: httpx.AsyncClient,
    visitor: Visitor,
    places: Addresses,
    times: Times,
    end_s: float,
    every_s: float,
    *,
    acts: bool,
) -> None:
    dice, session = random.Random(visitor.project.int), uuid4().hex[:11]
    await asyncio.sleep(dice.uniform(0, every_s))
    while time.monotonic() < end_s:
        began_s = time.monotonic()
        await _timed(times, "poll of a project page", _poll(client, visitor, places, session))
        if dice.random() < 0.2:
            await _timed(times, "who am I (/session)", client.get("/session"))
        if acts and dice.random() < 0.3:
            await _timed(times, "estimate on Create", _estimate(client, places, session))
        if acts and dice.random() < 0.1:
            await _timed(times, "a page as HTML", client.get(f"/project?id={visitor.project}"))
        await asyncio.sleep(max(0.0, every_s - (time.monotonic() - began_s)))


async def _poll(client: httpx.AsyncClient, visitor: Visitor, places: Addresses, session: str) -> httpx.Response:
    body = {"data": places.poll_data, "fn_index": places.poll, "session_hash": session, "event_data": None}
    return await client.post(f"/gradio_api/run/predict?id={visitor.project}", json=body)


async def _estimate(client: httpx.AsyncClient, places: Addresses, session: str) -> httpx.Response:
    form = {"notes": NOTES, "minutes": "2", "niche": "explainer"}
    body = {"data": form, "component_id": places.create, "fn_name": "look", "session_hash": session}
    return await client.post("/gradio_api/component_server", json=body)


async def _timed(times: Times, kind: str, asked: Any) -> None:
    began_s = time.perf_counter()
    try:
        answer = await asked
    except httpx.TransportError as error:
        times.failures.append(f"{kind}: {type(error).__name__}")
        return
    times.by_kind[kind].append((time.perf_counter() - began_s) * 1000)
    if answer.status_code != 200:
        times.failures.append(f"{kind}: {answer.status_code} {answer.text[:100]}")


def run(folder: Path, *, clients: int, seconds: float, every_s: float) -> tuple[Times, Times, str]:
    """The times without and with a film in the making, and what the film did meanwhile."""
    app = App(folder, CANVASCAST_FILMS_AT_ONCE="1")
    try:
        app.start()
        people = [app.person() for _ in range(clients)]
        visitors = []
        for who, cookies in people:
            project = app.desk.orders.create_project(who, {"notes": NOTES, "niche": "explainer", **FILM}).id
            visitors.append(Visitor(project, cookies))
        calm = asyncio.run(watch(app, visitors, seconds=seconds / 3, every_s=every_s))
        jobs = [app.desk.films.generate(who, one.project).id for (who, _), one in zip(people, visitors, strict=True)]
        time.sleep(5)
        busy = asyncio.run(watch(app, visitors, seconds=seconds, every_s=every_s))
        states = [app.desk.films.job(who, job).state for (who, _), job in zip(people, jobs, strict=True)]
        return calm, busy, ", ".join(f"{count} {state}" for state, count in _counted(states))
    finally:
        app.close()


def _counted(states: list[str]) -> list[tuple[str, int]]:
    return [(state, states.count(state)) for state in sorted(set(states))]


def p95(values: list[float]) -> float:
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=2)
    options = parser.parse_args()
    print(machine())
    with entered_by_all("polls") as folder:
        calm, busy, told = run(folder, clients=options.clients, seconds=options.seconds, every_s=options.every)
    rows = []
    for kind, values in busy.by_kind.items():
        idle = calm.by_kind.get(kind) or [float("nan")]
        now = statistics.median(values), p95(values)
        before = statistics.median(idle), p95(idle)
        rows.append((kind, len(values), *(f"{one:.0f} ms" for one in (*before, *now)), f"{now[1] / before[1]:.1f}"))
    show(("what", "answers", "idle p50", "idle p95", "rendering p50", "rendering p95", "ratio"), rows)
    every = [value for values in busy.by_kind.values() for value in values]
    print(f"\nall together while a film renders: p95 {p95(every):.0f} ms, allowed {BAR_MS} ms")
    print(f"not answered well: {len(busy.failures) + len(calm.failures)} {(busy.failures + calm.failures)[:2]}")
    print(f"films: {told}")


if __name__ == "__main__":
    main()
