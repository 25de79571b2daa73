"""Films that this installation shows to everybody: those of the projects that its settings name, and no others."""

from __future__ import annotations

import time
from threading import Lock
from uuid import UUID

from studio.callers import Caller
from studio.desk.films import FilmsDesk
from studio.desk.views import View
from studio.errors import NotFound, SettingsError
from studio.identity import Scope
from studio.installation import Installation
from studio.store.records import Record

_KEPT_S = 300.0


class ShownFilm(View):
    """As everybody may see it: nothing of its owner, notes or script."""

    project: UUID
    title: str
    video: str
    captions: str
    thumbnail: str
    seconds: float


class _Chosen(Record):
    id: UUID
    user_id: UUID


class Showcase:
    def __init__(self, installation: Installation, films: FilmsDesk) -> None:
        self._store = installation.store
        self._films = films
        self._projects = chosen(installation.settings.showcase)
        self._lock = Lock()
        self._kept: tuple[float, tuple[ShownFilm, ...]] = (0.0, ())

    def films(self, caller: Caller) -> tuple[ShownFilm, ...]:
        """In the order of the settings; looked up anew every few minutes, long before their links run out."""
        with self._lock:
            until, films = self._kept
            if until <= time.monotonic():
                films = self._looked_up()
                self._kept = (time.monotonic() + _KEPT_S, films)
            return films

    def _looked_up(self) -> tuple[ShownFilm, ...]:
        if not self._projects:
            return ()
        found = _Chosen.all_of(self._store.call("showcase_projects", {"p_projects": list(self._projects)}))
        return tuple(film for one in found if (film := self._shown(one)))

    def _shown(self, one: _Chosen) -> ShownFilm | None:
        owner = Caller(one.user_id, scopes=frozenset({Scope.READ}), by_key=True)
        try:
            view = self._films.project(owner, one.id)
        except NotFound:
            return None
        film = view.film
        if film is None:
            return None
        return ShownFilm(
            project=view.id,
            title=view.title,
            video=film.video,
            captions=film.captions,
            thumbnail=film.thumbnail,
            seconds=film.seconds,
        )


def chosen(named: str) -> tuple[UUID, ...]:
    """The projects that the settings name."""
    try:
        return tuple(dict.fromkeys(UUID(one.strip()) for one in named.split(",") if one.strip()))
    except ValueError:
        raise SettingsError("CANVASCAST_SHOWCASE names projects by their ids, separated by commas.") from None
