"""Workers that are killed all the time: python -m bench.workers [jobs]. Every job must end once, every credit be right.

Worker processes make films that take a moment; one after another is killed outright and replaced, until all jobs ended.
"""

from __future__ import annotations

import logging
import multiprocessing
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from uuid import UUID, uuid4

import psycopg

from bench.folders import entered_by_all
from studio.credits import Credits, Usage
from studio.jobs import Jobs
from studio.projects import Projects
from studio.store import EmbeddedPostgres, Migrator, PostgresStore
from studio.worker import Worker
from tests.studio.worker.runners import slow

USERS = 20
OPEN = "select count(*) from public.jobs where state not in ('READY', 'FAILED', 'CANCELLED')"
# What each user must have: what they were given, less one credit for each film that is there.
WRONG = """
select account.user_id from public.credit_accounts account
where account.held <> 0 or account.balance <> 10 + %(gift)s - (
  select count(*) from public.jobs where user_id = account.user_id and state = 'READY')
"""
# Each job has one hold, which was ended once and as the job ended.
ENDED_TWICE = """
select job.id from public.jobs job left join public.credit_ledger line on line.hold_id = job.hold_id
group by job.id, job.state having array_agg(line.kind order by line.id)
  <> array['reserve', case job.state when 'READY' then 'spend' else 'release' end]
"""


@dataclass(frozen=True)
class Report:
    states: Counter[str]
    attempts: Counter[int]
    kills: int
    seconds: float
    wrong: list[UUID]


def work(url: str, lease_s: int) -> None:
    logging.disable(logging.CRITICAL)
    store = PostgresStore(url, size=4)
    Worker(store, slow, slots=2, lease_s=lease_s, poll_s=0.05).run()


def order(url: str, jobs: int, gift: int) -> None:
    store = PostgresStore(url, size=2)
    users = [uuid4() for _ in range(USERS)]
    with psycopg.connect(url) as connection:
        connection.cursor().executemany("insert into auth.users (id) values (%s)", [(user,) for user in users])
        connection.execute("update public.profiles set plan = 'studio'")
    for user in users:
        Credits(store).grant(user, gift, key=f"bench:{user}")
    for number in range(jobs):
        user, project = users[number % USERS], uuid4()
        Projects(store).create(user, project)
        Jobs(store).start(uuid4(), user=user, project=project, request={"beats": 3}, usage=Usage(seconds=60))
    store.close()


def run(url: str, jobs: int, *, processes: int = 4, every_s: float = 0.5, lease_s: int = 2, seed: int = 1) -> Report:
    """`every_s` is the mean time between two kills."""
    gift = jobs
    order(url, jobs, gift)
    context, dice, kills = multiprocessing.get_context("forkserver"), random.Random(seed), 0
    context.set_forkserver_preload(["studio.worker", "studio.projects", "tests.studio.worker.runners"])
    crew = [context.Process(target=work, args=(url, lease_s), daemon=True) for _ in range(processes)]
    for process in crew:
        process.start()
    began = time.monotonic()
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute(OPEN).fetchone() != (0,):
            time.sleep(dice.uniform(0.5, 1.5) * every_s)
            place = dice.randrange(processes)
            crew[place].kill()
            crew[place].join()
            kills += 1
            crew[place] = context.Process(target=work, args=(url, lease_s), daemon=True)
            crew[place].start()
        seconds = time.monotonic() - began
        for process in crew:
            process.kill()
            process.join()
        states = Counter(dict(connection.execute("select state, count(*) from public.jobs group by 1").fetchall()))
        attempts = Counter(dict(connection.execute("select attempts, count(*) from public.jobs group by 1").fetchall()))
        wrong = [row for (row,) in connection.execute(WRONG, {"gift": gift})]
        wrong += [row for (row,) in connection.execute(ENDED_TWICE)]
        wrong += connection.execute("select public.credit_audit()").fetchone()[0]
    return Report(states, attempts, kills, seconds, wrong)


def main() -> None:
    jobs = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with entered_by_all("workers") as folder, EmbeddedPostgres(folder) as server:
        Migrator(server.url()).migrate()
        report = run(server.url(), jobs)
    print(f"{jobs} jobs in {report.seconds:.0f} s, {report.kills} workers killed")
    print("ended as  ", ", ".join(f"{state} {count}" for state, count in report.states.most_common()))
    print("attempts  ", ", ".join(f"{tries}: {count}" for tries, count in sorted(report.attempts.items())))
    print(f"wrong     {len(report.wrong)}")
    sys.exit(bool(report.wrong))


if __name__ == "__main__":
    main()
