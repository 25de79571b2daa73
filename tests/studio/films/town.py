"""A studio for the films' tests: a store and a file store with one creator or two, and films made by a real worker."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import psycopg

from studio.credits import Credits
from studio.files import Files, FolderHome
from studio.films import Films, Order, place, project_fields
from studio.jobs import Job, JobDetail, Jobs
from studio.projects import Making, Projects
from studio.store import PostgresStore, Store
from studio.worker import Worker

TEA = (Path(__file__).parents[3] / "examples" / "tea.md").read_text(encoding="utf-8")
GPS = (Path(__file__).parents[3] / "examples" / "gps.md").read_text(encoding="utf-8")
SMALL = {"minutes": 1, "resolution": "360p", "fps": 24}


class CountingStore:
    """The real store, and how often each function was called."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.calls: Counter[str] = Counter()

    def call(self, function, arguments=None, *, as_user=None):
        self.calls[function] += 1
        return self._store.call(function, arguments, as_user=as_user)

    def close(self) -> None:
        self._store.close()


@dataclass
class Town:
    """Every door to one installation."""

    url: str
    folder: Path
    plain_store: Store
    store: CountingStore = field(init=False)

    def __post_init__(self) -> None:
        self.store = CountingStore(self.plain_store)
        self.files = Files(FolderHome(self.folder / "files"))
        self.films = Films(self.store, self.files, self.folder / "films", mirrored=False)
        self.jobs, self.projects, self.credits = Jobs(self.store), Projects(self.store), Credits(self.store)
        self.making = Making(self.store)

    def creator(self) -> UUID:
        user = uuid4()
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("insert into auth.users (id, email) values (%s, %s)", [user, f"{user}@example.com"])
        return user

    def project(self, user: UUID, **brief) -> UUID:
        return self.projects.create(user, uuid4(), project_fields({**SMALL, **brief})).id

    def order(self, user: UUID, project: UUID, order: Order | None = None) -> Job:
        return place(self.store, user, project, uuid4(), order)

    def work(self, *, runner=None, **options) -> None:
        """One job is taken and ended."""
        Worker(self.store, runner or self.films.make, **{"poll_s": 0.05, "grace_s": 0.0, **options}).run(once=True)

    def ended(self, user: UUID, job: Job) -> JobDetail:
        return self.jobs.get(user, job.id)

    def made(self, user: UUID, project: UUID, order: Order | None = None) -> JobDetail:
        job = self.order(user, project, order)
        self.work()
        return self.ended(user, job)

    def leftovers(self) -> list[Path]:
        """What is in the way once nothing runs: attempts' folders and previews."""
        attempts, files = self.folder / "films" / "attempts", self.folder / "files"
        return [*attempts.glob("*"), *files.rglob("previews/*/*.*")]


def town(url: str, folder: Path) -> Town:
    return Town(url, folder, PostgresStore(url, size=6))


def eventually(look: Callable[[], object], wanted: Callable[[object], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not wanted(seen := look()):
        assert time.monotonic() < end, seen
        time.sleep(0.03)


def text_of(town: Town, user: UUID, project: UUID, job: Job, name: str) -> str:
    """A file that a job delivered."""
    assets = town.projects.assets(user, project)
    path = next(one.path for one in assets if one.job_id == job.id and one.meta["name"] == name)
    with town.files.open(path, owner=user) as file:
        return file.read().decode()


def report_of(town: Town, user: UUID, project: UUID, job: Job) -> dict:
    return json.loads(text_of(town, user, project, job, "report.json"))
