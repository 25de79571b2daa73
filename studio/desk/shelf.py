"""The shelf: a creator's films as cards, to look through, copy, throw away and take back."""

from __future__ import annotations

import math
import time
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args
from uuid import UUID, uuid4, uuid5

from presets import niches
from presets.errors import PresetsError
from studio.callers import Caller
from studio.errors import InvalidValue
from studio.identity import Scope
from studio.installation import Installation
from studio.projects import Scene, Titled
from studio.store.records import Record

CardState = Literal["draft", "waiting", "making", "ready", "failed", "cancelled"]
STATES: tuple[CardState, ...] = get_args(CardState)
DELETED = "deleted"
"""What to ask for to see the films that were thrown away, instead of a state."""
PAGE = 24
KEPT_DAYS = 30
"""How long a film that was thrown away can be taken back."""
_LINK_STEP_S = 1800


class _Row(Titled):
    id: UUID
    title: str
    niche: str
    target_minutes: float
    aspect: str
    state: CardState
    job_id: UUID | None
    job_state: str | None
    progress: int
    message: str | None
    error: str | None
    thumbnail: str | None
    seconds: float | None
    current_version: UUID | None
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None


class Card(Record):
    """A project as it lies on the shelf."""

    id: UUID
    title: str
    """What it is called; one without a title by the first words of what it is made of."""
    niche: str
    niche_title: str
    minutes: float
    seconds: float | None
    """How long the finished film is, or None as long as there is none."""
    aspect: str
    state: CardState
    progress: int
    message: str
    error: str
    asks_you: bool
    """Whether it waits for its creator and not for its turn."""
    job: UUID | None
    thumbnail: str | None
    """A link for the owner's eyes, good for an hour at least, or None."""
    created_at: datetime
    updated_at: datetime
    deleted_at: datetime | None
    place: str
    """Give it as `before` to get the cards below this one."""

    @property
    def days_left(self) -> int:
        """Until a film that was thrown away is gone for good."""
        if self.deleted_at is None:
            return KEPT_DAYS
        return max(0, math.ceil((self.deleted_at + timedelta(days=KEPT_DAYS) - datetime.now(UTC)) / timedelta(days=1)))


class Shelf:
    def __init__(self, installation: Installation) -> None:
        self._of = installation

    def cards(
        self, caller: Caller, search: str = "", state: str = "", before: str | None = None, limit: int = PAGE
    ) -> tuple[Card, ...]:
        """A page of cards, last changed first: those of a state, or the thrown away ones ("deleted")."""
        user = caller.require_user()
        if state and state not in (*STATES, DELETED):
            raise InvalidValue(f"There is no state {state[:40]}. Choose one of: {', '.join((*STATES, DELETED))}.")
        moment, below = _position(before)
        arguments = {
            "p_limit": limit,
            "p_before": moment,
            "p_before_id": below,
            "p_search": _words(search)[:200],
            "p_state": state,
        }
        rows = _Row.all_of(self._of.store.call("project_cards", arguments, as_user=user))
        paths = [row.thumbnail for row in rows if row.thumbnail]
        links = self._of.files.links(paths, owner=user, seconds=_steady_seconds()) if paths else {}
        return tuple(_card(row, links) for row in rows)

    def duplicate(self, caller: Caller, project: UUID, copy: UUID | None = None) -> UUID:
        """A copy with the brief, the scenes and the film. The id is the caller's to make: twice is once."""
        user, made = caller.require_user(Scope.MAKE), copy or uuid4()
        found = self._of.projects.get(user, project)
        scenes = list(found.scenes)
        if found.current_version is not None:
            scenes += Scene.all_of(self._of.projects.version(user, found.current_version).snapshot.get("scenes", []))
        names = {str(scene.id): str(_copy_of(scene, project, made)) for scene in scenes}
        arguments = {"p_id": made, "p_user": user, "p_project": project, "p_scenes": names}
        self._of.store.call("project_duplicate", arguments)
        return made

    def delete(self, caller: Caller, project: UUID) -> None:
        """Out of sight; what is being made of it stops and its credits come back. `restore` undoes the former."""
        self._of.projects.delete(caller.require_user(Scope.MAKE), project)

    def restore(self, caller: Caller, project: UUID) -> None:
        self._of.projects.restore(caller.require_user(Scope.MAKE), project)


def _card(row: _Row, links: dict[str, str]) -> Card:
    return Card(
        id=row.id,
        title=row.title,
        niche=row.niche,
        niche_title=_niche_title(row.niche),
        minutes=row.target_minutes,
        seconds=row.seconds,
        aspect=row.aspect,
        state=row.state,
        progress=row.progress if row.state == "making" else 0,
        message=row.message or "",
        error=(row.error or "") if row.state == "failed" else "",
        asks_you=row.job_state == "PENDING",
        job=row.job_id,
        thumbnail=links.get(row.thumbnail) if row.thumbnail else None,
        created_at=row.created_at,
        updated_at=row.updated_at,
        deleted_at=row.deleted_at,
        place=f"{row.updated_at.isoformat()} {row.id}",
    )


def _niche_title(name: str) -> str:
    try:
        return niches.load(name).title
    except PresetsError:
        return name.replace("-", " ").capitalize()


def _copy_of(scene: Scene, project: UUID, copy: UUID) -> UUID:
    """A film's own scenes are named by their project and section, so the copy's next film finds them again."""
    section = str(scene.settings.get("section", ""))
    is_films_own = bool(section) and scene.id == uuid5(project, section)
    return uuid5(copy, section if is_films_own else str(scene.id))


def _position(place: str | None) -> tuple[datetime | None, UUID | None]:
    if not place:
        return None, None
    moment, _, last = place.partition(" ")
    try:
        return datetime.fromisoformat(moment), UUID(last)
    except ValueError as error:
        raise InvalidValue("This is not a place on the shelf: give the `place` of a card.") from error


def _words(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


def _steady_seconds() -> int:
    """Until a round moment at least an hour away, so that a page that asks again is shown the same links."""
    now = time.time()
    return int((now // _LINK_STEP_S + 3) * _LINK_STEP_S - int(now))
