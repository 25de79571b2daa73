"""What the page shows at this moment: asked of the desk anew each time, for whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from studio.callers import Caller
from studio.desk import Desk
from studio.desk.scenes import Change, SceneView
from studio.desk.views import JobView, ProjectView
from studio.errors import Conflict, NotFound, SignInNeeded
from studio.pages.markup import empty
from studio.pages.project import film as films
from studio.pages.project import making
from studio.pages.project.feed import Feed, Region
from studio.pages.project.strip import bar, strip, versions
from studio.pages.project.texts import texts

_EMPTY: dict[Region, str] = dict.fromkeys(("head", "live", "film", "strip", "bar"), "")


@dataclass(frozen=True)
class Sight:
    """Of one project, by one caller."""

    desk: Desk
    caller: Caller
    id: UUID

    def whole(self, chosen: str | None = None) -> tuple[Feed, ProjectView | None]:
        """Everything; where there is nothing to see, a kind word and no project."""
        try:
            project = self.desk.films.project(self.caller, self.id)
        except SignInNeeded:
            return nobody(self.id), None
        except NotFound:
            return nothing(), None
        if project.deleted:
            return deleted(project), None
        job = self.desk.films.now(self.caller, self.id)
        if job is None and project.film is None:
            return draft(project, self._niche(project)), project
        return self._all(project, job, chosen), project

    def moment(self) -> tuple[Feed, JobView | None]:
        """What moves while a film is made, and nothing else."""
        job = self.desk.films.now(self.caller, self.id)
        if job is None:
            return Feed(), None
        return _feed({"live": making.live(job)}, job), job

    def editing(self, chosen: str | None = None) -> Feed:
        """The scenes and what a change of them means."""
        project = self.desk.films.project(self.caller, self.id)
        job = self.desk.films.now(self.caller, self.id)
        return _feed(self._scenes(project, job), job, chosen=chosen)

    def scenes(self) -> tuple[SceneView, ...]:
        return self.desk.scenes.scenes(self.caller, self.id)

    def _all(self, project: ProjectView, job: JobView | None, chosen: str | None) -> Feed:
        regions: dict[Region, str] = {
            "head": films.head(project, self._niche(project)),
            "live": making.live(job) if job else "",
            "film": self._film(project),
            **self._scenes(project, job),
        }
        return _feed(regions, job, project=project, chosen=chosen)

    def _film(self, project: ProjectView) -> str:
        if project.film is None:
            return ""
        folds = texts(self.desk.papers.of(self.caller, self.id)) + versions(
            self.desk.films.versions(self.caller, self.id)
        )
        return films.film(project, self.desk.films.downloads(self.caller, self.id), folds)

    def _scenes(self, project: ProjectView, job: JobView | None) -> dict[Region, str]:
        if project.film is None:
            return {"strip": "", "bar": ""}
        return {
            "strip": strip(self.scenes()),
            "bar": bar(self._change(), busy=is_moving(job)),
        }

    def _change(self) -> Change | None:
        try:
            return self.desk.scenes.changes(self.caller, self.id)
        except Conflict:
            return None

    def _niche(self, project: ProjectView) -> str:
        name = str(project.brief.get("niche"))
        titles = {one.name: one.title for one in self.desk.choices.presets(self.caller).niches}
        return titles.get(name, name)


def is_moving(job: JobView | None) -> bool:
    """Whether it is worth asking again soon. A film that waits for a choice moves only when its creator does."""
    return job is not None and not job.ended


def nothing() -> Feed:
    return Feed(
        {
            **_EMPTY,
            "head": empty(
                "There is no film here",
                "It may have been removed, or it belongs to another account. Your own films are in the library.",
                action=("Open the library", "/library"),
                level=1,
            ),
        },
        title="No film here",
    )


def nobody(project: UUID) -> Feed:
    return Feed(
        {
            **_EMPTY,
            "head": empty(
                "Sign in to see this film",
                "Films are private: only the account that made one can open it.",
                action=("Sign in", f"/sign-in?next=/project%3Fid%3D{project}"),
                level=1,
            ),
        },
        title="Sign in",
    )


def deleted(project: ProjectView) -> Feed:
    return Feed(
        {
            **_EMPTY,
            "head": empty(
                "You deleted this film",
                f"\u201c{project.title}\u201d can still be brought back from the library.",
                action=("Open the library", "/library"),
                level=1,
            ),
        },
        title="Deleted",
    )


def draft(project: ProjectView, niche: str) -> Feed:
    return Feed(
        {
            **_EMPTY,
            "head": films.head(project, niche),
            "live": empty(
                "Nothing has been made of it yet",
                "Your notes and choices are kept. Go on where you left off, and press Generate when you like them.",
                action=("Go on with the notes", f"/?from={project.id}"),
            ),
        },
        title=project.title,
    )


def _feed(
    regions: dict[Region, str], job: JobView | None, *, project: ProjectView | None = None, chosen: str | None = None
) -> Feed:
    moving = is_moving(job)
    return Feed(
        regions,
        title=project.title if project else "",
        aspect=str(project.brief.get("aspect") or "16:9").replace(":", "/") if project else "",
        prefix=f"{job.progress}%" if job and moving else "",
        say=making.said(job) if job else "",
        moving=moving,
        chosen=chosen,
    )
