"""Two hundred films ordered by twenty people at once: who waits for whom, whether any is lost, what memory it takes.

    python -m bench.app_queue [--users 20] [--films 10] [--slots 4]

Everybody orders all of their films before the first one is made, one person after the other; the films are stand-ins
that go through every step. Fair is what lets nobody wait for all of another's films.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import psycopg

from bench.folders import entered_by_all
from bench.tables import machine, show
from studio.credits import Credits, Usage
from studio.jobs import STAGES, JobDetail, Jobs
from studio.projects import Projects
from studio.store import EmbeddedPostgres, Migrator, PostgresStore, Store
from studio.worker import Finished, Worker

BEAT_S = 0.004


@dataclass(frozen=True)
class Report:
    """`overtaken` is how many films of one person began at most while somebody else waited for their next one."""

    jobs: int
    ready: int
    made_twice: int
    wrong_accounts: int
    overtaken: int
    first_waits_s: list[float]
    seconds: float
    memory_mib: list[float]


class _Watch:
    """A runner that remembers who was served when, and how much memory the process had then."""

    def __init__(self) -> None:
        self.began: list[UUID] = []
        self.ended: list[tuple[float, UUID]] = []
        self.memory_mib: list[float] = []
        self._lock = threading.Lock()

    def __call__(self, job, record):
        with self._lock:
            self.began.append(job.id)
        for stage in STAGES:
            record.step(stage)
            time.sleep(BEAT_S)
            record.step(stage, "DONE", progress=100)
        with self._lock:
            self.ended.append((time.monotonic(), job.user_id))
            self.memory_mib.append(_resident_mib())
        return Finished(Usage(seconds=60))


def run(store: Store, url: str, *, users: int, films: int, slots: int) -> Report:
    people = [uuid4() for _ in range(users)]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.cursor().executemany("insert into auth.users (id) values (%s)", [(one,) for one in people])
    began_s, ordered = time.monotonic(), []
    for person in people:
        Credits(store).grant(person, films, key=f"bench:{person}")
        ordered += [_order(store, person) for _ in range(films)]
    watch = _Watch()
    worker = Worker(store, watch, slots=slots, poll_s=0.02, grace_s=0.0)
    thread = threading.Thread(target=worker.run)
    thread.start()
    while len(watch.ended) < len(ordered) and time.monotonic() - began_s < 600:
        time.sleep(0.1)
    seconds = time.monotonic() - began_s
    worker.stop()
    thread.join()
    served = [(person, Jobs(store).get(person, job)) for person, job in ordered]
    states = Counter(job.state for _, job in served)
    first = {}
    for at_s, person in watch.ended:
        first.setdefault(person, at_s - began_s)
    wrong = [one for one in people if Credits(store).account(one).balance != 10]
    return Report(
        jobs=len(ordered),
        ready=states["READY"],
        made_twice=len(watch.began) - len(set(watch.began)),
        wrong_accounts=len(wrong) + len(Credits(store).unbalanced()),
        overtaken=_most_overtaken(served),
        first_waits_s=sorted(first.values()),
        seconds=seconds,
        memory_mib=watch.memory_mib,
    )


def _order(store: Store, person: UUID) -> tuple[UUID, UUID]:
    project, job = uuid4(), uuid4()
    Projects(store).create(person, project)
    Jobs(store).start(job, user=person, project=project, request={}, usage=Usage(seconds=60))
    return person, job


def _most_overtaken(served: list[tuple[UUID, JobDetail]]) -> int:
    most = 0
    for person in {person for person, _ in served}:
        waits_since = datetime.min.replace(tzinfo=UTC)
        for own in sorted((job for whose, job in served if whose == person), key=_started):
            begun = Counter(
                whose for whose, job in served if whose != person and waits_since < _started(job) < _started(own)
            )
            most = max([most, *begun.values()])
            waits_since = own.finished_at or waits_since
    return most


def _started(job: JobDetail) -> datetime:
    assert job.started_at is not None
    return job.started_at


def _resident_mib() -> float:
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except FileNotFoundError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--films", type=int, default=10)
    parser.add_argument("--slots", type=int, default=4)
    options = parser.parse_args()
    print(machine())
    with entered_by_all("queue") as folder, EmbeddedPostgres(folder) as server:
        Migrator(server.url()).migrate()
        store = PostgresStore(server.url())
        report = run(store, server.url(), users=options.users, films=options.films, slots=options.slots)
        store.close()
    quarter = len(report.memory_mib) // 4
    early, late = (statistics.median(part) for part in (report.memory_mib[:quarter], report.memory_mib[-quarter:]))
    show(
        ("what", "measured", "allowed"),
        [
            ("films ordered and finished", f"{report.ready} of {report.jobs}", "all"),
            ("begun twice", report.made_twice, 0),
            ("accounts that do not add up", report.wrong_accounts, 0),
            ("films of one begun while another waits", report.overtaken, 2),
            ("first film: the luckiest waits", f"{report.first_waits_s[0]:.1f} s", ""),
            ("first film: the unluckiest waits", f"{report.first_waits_s[-1]:.1f} s", ""),
            ("all films", f"{report.seconds:.1f} s", ""),
            ("memory, first quarter and last", f"{early:.0f} and {late:.0f} MiB", f"{early * 1.1:.0f} MiB"),
        ],
    )


if __name__ == "__main__":
    main()
