"""One short film for all tests of the Project page, made by a real worker while its creator watches."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from studio.errors import JobFailed
from studio.films import Films, Order, place, project_fields
from studio.jobs import ClaimedJob, Job
from studio.worker import JobRunner, Outcome, Recorder, Worker
from tests.studio.app_fixtures import Person, StudioApp
from tests.studio.films.town import TEA

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PATIENCE_MS = 120_000
_LOOK = """() => {
    window.seen = new Set(); window.titles = new Set(); window.said = new Set();
    const look = () => {
        for (const one of ['.pj-steps .running', '.pj-card p', '.pj-card audio', '.pj-card img', '.pj-card video'])
            if (document.querySelector(one)) seen.add(one);
        titles.add(document.title);
        said.add(document.querySelector('[data-region="say"]').textContent);
    };
    new MutationObserver(look).observe(document.body, {childList: true, subtree: true});
}"""
SMALL = {"niche": "explainer", "minutes": 1, "resolution": "360p", "fps": 24}


@dataclass(frozen=True)
class Studio:
    """The launched studio with a worker that works when it is asked to, on the films of these tests alone."""

    app: StudioApp
    ordered: dict[UUID, UUID] = field(default_factory=dict)
    """Whose each project is that a film was ordered of."""

    def project(self, person: Person, **brief: object) -> UUID:
        fields = project_fields({**SMALL, "notes": TEA, **brief})
        return self.app.installation.projects.create(person.id, uuid4(), fields).id

    def order(self, person: Person, project: UUID, order: Order | None = None) -> Job:
        self.ordered[project] = person.id
        return place(self.app.installation.store, person.id, project, uuid4(), order)

    def cancel_all(self) -> None:
        jobs = self.app.installation.jobs
        for project, user in self.ordered.items():
            for job in jobs.list_of(user, project=project):
                jobs.cancel(user, job.id)
        self.ordered.clear()

    @contextmanager
    def working(self, runner: JobRunner | None = None) -> Iterator[None]:
        make = runner or self.films.make

        def own(job: ClaimedJob, record: Recorder) -> Outcome:
            if job.project_id not in self.ordered:
                raise JobFailed("Another test's film.", reason="test")
            return make(job, record)

        worker = Worker(self.app.installation.store, own, poll_s=0.1, grace_s=0.0)
        thread = threading.Thread(target=worker.run)
        thread.start()
        try:
            yield
        finally:
            worker.stop_at_once()
            thread.join()

    @property
    def films(self) -> Films:
        installation = self.app.installation
        return Films.of(installation.settings, installation.store, installation.files)


@dataclass(frozen=True)
class MadeFilm:
    """`seen` is what appeared on the page while it was made, `titles` what the tab was called."""

    person: Person
    project: UUID
    seen: frozenset[str]
    titles: tuple[str, ...]
    said: tuple[str, ...]

    @property
    def path(self) -> str:
        return f"/project?id={self.project}"


@pytest.fixture(scope="package")
def any_studio(studio_app: StudioApp) -> Studio:
    return Studio(studio_app)


@pytest.fixture
def studio(any_studio: Studio) -> Iterator[Studio]:
    """Nobody waits in its line afterwards, so that the next test's worker finds its own film first."""
    yield any_studio
    any_studio.cancel_all()


@pytest.fixture(scope="package")
def film(any_studio: Studio, browser: Browser) -> Iterator[MadeFilm]:
    person = any_studio.app.person()
    # Large enough that the page, which asks every other second, sees it rendered on any machine.
    project = any_studio.project(person, resolution="720p")
    any_studio.order(person, project)
    with closing(browser.new_context(base_url=any_studio.app.url)) as context:
        context.add_cookies(
            [{"name": name, "value": value, "url": any_studio.app.url} for name, value in person.cookies.items()]
        )
        page = context.new_page()
        page.goto(f"/project?id={project}")
        page.wait_for_selector(".pj-live")
        page.evaluate(_LOOK)
        with any_studio.working():
            page.wait_for_selector(".pj-screen video", timeout=PATIENCE_MS)
        seen, titles, said = page.evaluate("[[...seen], [...titles], [...said]]")
        yield MadeFilm(person, project, frozenset(seen), tuple(titles), tuple(said))
