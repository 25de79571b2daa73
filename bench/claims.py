"""Claiming under pressure: python -m bench.claims [jobs]. Thirty-two workers take all jobs of one embedded Postgres.

First claims alone, then whole jobs: claimed, packaged, finished and settled. No job may be taken twice or be left over.
"""

from __future__ import annotations

import logging
import multiprocessing
import sys
import threading
import time
from uuid import UUID

import psycopg

from bench.folders import entered_by_all
from studio.credits import Usage
from studio.jobs import Leases
from studio.store import EmbeddedPostgres, Migrator, PostgresStore

WORKERS, PROCESSES = 32, 4
USERS = 500
FURNISH = """
insert into auth.users (id) select gen_random_uuid() from generate_series(1, %(users)s);
update public.profiles set plan = 'owner';
select public.credit_grant(id, 1000, 'bench:' || id) from public.profiles;
insert into public.projects (id, user_id) select gen_random_uuid(), id from public.profiles;
"""
START = """
select public.job_start(gen_random_uuid(), one.user_id, one.id, '{}', '{"seconds": 60}')
from (select *, row_number() over () as place from public.projects) one, generate_series(1, %(each)s) turn
order by turn, place
"""


CANCEL = "select public.job_cancel(id, user_id) from public.jobs where state <> 'CANCELLED'"


def worker_process(url: str, whole: bool, go: object, taken: object) -> None:
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)
    store = PostgresStore(url, size=WORKERS // PROCESSES)
    found: list[UUID] = []
    crew = [
        threading.Thread(
            target=take_all, args=(Leases(store, worker=f"w{n}", lanes=["cpu"], lease_s=600), whole, found)
        )
        for n in range(WORKERS // PROCESSES)
    ]
    go.wait()
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    taken.put([str(job) for job in found])
    store.close()


def take_all(leases: Leases, whole: bool, found: list[UUID]) -> None:
    misses = 0
    while misses < 3:
        job = leases.claim()
        if job is None:
            misses += 1
            time.sleep(0.05)
            continue
        misses = 0
        found.append(job.id)
        if whole:
            leases.step(job, "PACKAGING", "DONE", progress=100)
            leases.finish(job, Usage(seconds=60), {})


def measure(url: str, jobs: int, *, whole: bool) -> tuple[list[str], float]:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(START, {"each": jobs // USERS})
        connection.execute("vacuum analyze public.jobs")
    context = multiprocessing.get_context("spawn")
    go, taken = context.Barrier(PROCESSES + 1), context.Queue()
    crew = [context.Process(target=worker_process, args=(url, whole, go, taken)) for _ in range(PROCESSES)]
    for process in crew:
        process.start()
    go.wait()
    began = time.monotonic()
    found = [job for _ in crew for job in taken.get()]
    seconds = time.monotonic() - began
    for process in crew:
        process.join()
    return found, seconds


def main() -> None:
    jobs = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(f"{'':34} {'jobs':>6} {'twice':>6} {'left':>6} {'seconds':>8} {'a second':>9}   bar  ratio")
    with entered_by_all("claims") as folder, EmbeddedPostgres(folder) as server:
        furnish(server.url())
        right = show("claims alone", server.url(), jobs, whole=False, bar=500)
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute(CANCEL)
        right = show("whole jobs, claimed to settled", server.url(), jobs, whole=True) and right
    sys.exit(not right)


def furnish(url: str) -> None:
    Migrator(url).migrate()
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in FURNISH.strip().split(";\n"):
            connection.execute(statement, {"users": USERS} if "%(" in statement else None)


def show(name: str, url: str, jobs: int, *, whole: bool, bar: int | None = None) -> bool:
    found, seconds = measure(url, jobs, whole=whole)
    with psycopg.connect(url) as connection:
        (left,) = connection.execute("select count(*) from public.jobs where state = 'QUEUED'").fetchone()
        (unbalanced,) = connection.execute("select public.credit_audit()").fetchone()
    twice, rate = len(found) - len(set(found)), len(found) / seconds
    compared = f"{bar:5} {rate / bar:6.2f}" if bar else ""
    print(f"{name:34} {len(found):6} {twice:6} {left:6} {seconds:8.1f} {rate:9.0f} {compared}")
    return len(found) == jobs and not (twice or left or unbalanced)


if __name__ == "__main__":
    main()
