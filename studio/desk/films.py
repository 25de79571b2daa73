"""Films at the desk: start one, watch it being made, take it home, go back to an earlier version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

from studio.callers import Caller
from studio.desk.jobs import shown
from studio.desk.links import KeptLinks
from studio.desk.naming import file_name
from studio.desk.orders import Orders
from studio.desk.views import Download, FilmView, JobView, ProjectState, ProjectView, VersionView
from studio.errors import Conflict, InvalidValue, NotFound
from studio.films import Order, brief_of, place, return_to
from studio.identity import Scope
from studio.installation import Installation
from studio.jobs.watching import WatchedJob, newest, watch
from studio.projects import Asset, Project, ProjectDetail, ProjectFields, called

_AT_ONCE = 8
_TOLD: dict[str, tuple[str, str]] = {
    "final.mp4": ("Film", "The video, ready to upload."),
    "captions.srt": ("Captions (SRT)", "For YouTube and video editors."),
    "captions.vtt": ("Captions (WebVTT)", "For web players."),
    "script.txt": ("Script", "What is said and shown, scene by scene."),
    "outline.json": ("Outline", "The script's parts with their sources, for programs."),
    "timeline.json": ("Timeline", "Every cut, picture and word with its time, for video editors and programs."),
    "thumbnail.jpg": ("Thumbnail", "The picture that people click on."),
    "publishing.txt": ("Publishing pack", "Titles, description, chapters and tags to paste."),
    "publishing.json": ("Publishing pack (JSON)", "The same for programs."),
    "assets.zip": ("Everything", "All sounds, pictures and files in one archive."),
    "report.json": ("Report", "What was made, how long it took and what was checked."),
}
"""The files of a film that a creator takes home, in this order; single sounds and pictures are in the archive."""


class FilmsDesk:
    def __init__(self, installation: Installation, orders: Orders) -> None:
        self._installation = installation
        self._orders = orders
        self._links = KeptLinks(installation.files)

    def generate(
        self,
        caller: Caller,
        project: UUID,
        job: UUID | None = None,
        redo: Sequence[str] = (),
        note: str = "",
        choose_hook: bool = False,
    ) -> JobView:
        """Start the film, its credits set aside. The same job id again starts nothing and shows what was started."""
        user = caller.require_user(Scope.MAKE)
        if job and (known := self._known(user, project, job)):
            return self._view(user, known)
        self._require_still(user, project, job)
        self._installation.gate.limit(caller, "generate")
        found = self._installation.projects.get(user, project)
        self._require_makeable(caller, found)
        order = Order(redo=tuple(redo), note=note, choose_hook=choose_hook)
        started = place(self._installation.store, user, project, job or uuid4(), order)
        return self._view(user, watch(self._installation.store, user, started.id))

    def now(self, caller: Caller, project: UUID) -> JobView | None:
        """The project's latest job; None while there is none. Asked every other second by every open page."""
        user = caller.require_user(Scope.READ)
        found = newest(self._installation.store, user, project)
        return self._view(user, found) if found else None

    def job(self, caller: Caller, job: UUID) -> JobView:
        user = caller.require_user(Scope.READ)
        return self._view(user, watch(self._installation.store, user, job))

    def cancel(self, caller: Caller, job: UUID) -> JobView:
        """Stop it and give its credits back. What has ended stays as it ended."""
        user = caller.require_user(Scope.MAKE)
        self._installation.jobs.cancel(user, job)
        return self._view(user, watch(self._installation.store, user, job))

    def retry(self, caller: Caller, job: UUID) -> JobView:
        """A failed or cancelled film once more; what was made already is still there. Pressed twice, it runs once."""
        user = caller.require_user(Scope.MAKE)
        found = watch(self._installation.store, user, job)
        if found.state in ("FAILED", "CANCELLED"):
            self._require_still(user, found.project_id, job)
            self._installation.gate.limit(caller, "generate")
            self._require_makeable(caller, self._installation.projects.get(user, found.project_id))
            self._installation.jobs.retry(user, job, key=f"run {found.run + 1}")
            found = watch(self._installation.store, user, job)
        return self._view(user, found)

    def choose_hook(self, caller: Caller, job: UUID, number: int) -> JobView:
        """One of the three openings; the film that waited for it goes on."""
        user = caller.require_user(Scope.MAKE)
        if number not in (1, 2, 3):
            raise InvalidValue("Choose opening 1, 2 or 3.", details={"field": "number"})
        found = watch(self._installation.store, user, job)
        if found.state != "PENDING":
            return self._view(user, found)
        project = self._installation.projects.get(user, found.project_id)
        brief = ProjectFields(brief={**project.brief, "hook": number})
        self._installation.projects.save(user, project.id, brief)
        self._installation.jobs.resume(user, job)
        return self._view(user, watch(self._installation.store, user, job))

    def project(self, caller: Caller, project: UUID) -> ProjectView:
        user = caller.require_user(Scope.READ)
        found = self._installation.projects.get(user, project)
        job = newest(self._installation.store, user, project)
        return ProjectView(
            id=found.id,
            title=called(found.title, found.opening),
            state=_state(found, job),
            brief=brief_of(found),
            film=self._film(user, found),
            job=job.id if job else None,
            deleted=found.deleted_at is not None,
            created_at=found.created_at,
            updated_at=found.updated_at,
        )

    def downloads(self, caller: Caller, project: UUID, version: UUID | None = None) -> tuple[Download, ...]:
        """The files of the current version, or of an earlier one, each under a good name."""
        user = caller.require_user(Scope.READ)
        found = self._installation.projects.get(user, project)
        wanted = version or found.current_version
        assets = self._installation.projects.assets(user, project)
        named = {str(one.meta.get("name")): one for one in assets if wanted and one.version_id == wanted}
        title = called(found.title, found.opening)
        listed = [(name, named[name]) for name in _TOLD if name in named]
        with ThreadPoolExecutor(_AT_ONCE, "links") as pool:
            return tuple(pool.map(lambda one: self._download(user, title, *one), listed))

    def versions(self, caller: Caller, project: UUID) -> tuple[VersionView, ...]:
        """Newest first."""
        user = caller.require_user(Scope.READ)
        current = self._installation.projects.get(user, project).current_version
        return tuple(
            VersionView(id=one.id, number=one.number, note=one.note, current=one.id == current, made_at=one.created_at)
            for one in self._installation.projects.versions(user, project)
        )

    def return_to(self, caller: Caller, project: UUID, version: UUID) -> ProjectView:
        """Back to an earlier version with its brief and scenes, or forward again. Nothing is lost."""
        user = caller.require_user(Scope.MAKE)
        if version not in {one.id for one in self._installation.projects.versions(user, project)}:
            raise NotFound("This project has no such version.")
        return_to(self._installation.store, user, project, version)
        return self.project(caller, project)

    def _require_makeable(self, caller: Caller, project: ProjectDetail) -> None:
        written = "\n\n".join(f"{scene.narration}\n{scene.visual}" for scene in project.scenes)
        self._orders.require_makeable(caller, project, extra=written)

    def _require_still(self, user: UUID, project: UUID, job: UUID | None) -> None:
        """Ordered beside one that is being made, a film would make the same changes and takes a second time."""
        latest = newest(self._installation.store, user, project)
        if latest and not latest.has_ended and latest.id != job:
            raise Conflict("A film of this project is being made. Wait until it is there, or stop it first.")

    def _known(self, user: UUID, project: UUID, job: UUID) -> WatchedJob | None:
        try:
            found = watch(self._installation.store, user, job)
        except NotFound:
            return None
        return found if found.project_id == project else None

    def _view(self, user: UUID, job: WatchedJob) -> JobView:
        return shown(job, lambda paths: self._links.of(user, paths))

    def _film(self, user: UUID, project: ProjectDetail) -> FilmView | None:
        if project.current_version is None:
            return None
        files = dict(self._files(user, project))
        video = files.get("final.mp4")
        if video is None:
            return None
        links = self._links.of(user, [one.path for one in files.values()])

        def link(name: str) -> str:
            return links.get(files[name].path, "") if name in files else ""

        return FilmView(
            version=project.current_version,
            video=link("final.mp4"),
            captions=link("captions.vtt"),
            thumbnail=link("thumbnail.jpg"),
            seconds=float(video.meta.get("seconds", 0)),
            width=int(video.meta.get("width", 0)),
            height=int(video.meta.get("height", 0)),
            made_at=video.created_at,
        )

    def _files(self, user: UUID, project: Project) -> Iterator[tuple[str, Asset]]:
        for one in self._installation.projects.assets(user, project.id):
            if one.version_id == project.current_version and one.meta.get("name") in _TOLD:
                yield str(one.meta["name"]), one

    def _download(self, user: UUID, title: str, name: str, asset: Asset) -> Download:
        called, about = _TOLD[name]
        saved_as = file_name(title, name)
        return Download(
            name=saved_as,
            kind=asset.type,
            title=called,
            about=about,
            bytes=asset.bytes,
            mime=asset.mime,
            url=self._installation.files.link(asset.path, owner=user, download_name=saved_as),
        )


def _state(project: Project, job: WatchedJob | None) -> ProjectState:
    """As on the shelf: a film that is there stays one while nothing newer is under way or went wrong."""
    has_film = project.current_version is not None
    if job is None:
        return "ready" if has_film else "draft"
    if job.state in ("PENDING", "QUEUED"):
        return "waiting"
    if job.state == "FAILED":
        return "failed"
    if job.state == "CANCELLED":
        return "ready" if has_film else "cancelled"
    return "ready" if job.state == "READY" else "making"
