"""What lies beside a finished film and is read rather than watched: publishing texts, and how the film was checked."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from studio.callers import Caller
from studio.desk.views import View
from studio.errors import FileError
from studio.installation import Installation
from studio.projects import Asset

_PUBLISHING, _REPORT = "publishing.json", "report.json"
_LARGEST = 2_000_000


class Publishing(View):
    """Texts to copy into an upload form."""

    titles: tuple[str, ...] = ()
    description: str = ""
    tags: tuple[str, ...] = ()
    advice: str = ""


class CheckLine(View):
    """One thing that was measured in the finished film."""

    name: str
    measured: str
    allowed: str
    verdict: str
    detail: str = ""


class FilmReport(View):
    """How the film was checked, what it took, and where the making took a second-best way."""

    checks: tuple[CheckLine, ...] = ()
    fallbacks: tuple[str, ...] = ()
    seconds: float = 0


class FilmPapers(View):
    publishing: Publishing
    report: FilmReport


class Papers:
    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def of(self, caller: Caller, project: UUID) -> FilmPapers | None:
        """Of the project's current version; None where there is no film yet, or its papers are gone."""
        user = caller.require_user()
        current = self._installation.projects.get(user, project).current_version
        if current is None:
            return None
        assets = {
            str(one.meta.get("name")): one
            for one in self._installation.projects.assets(user, project)
            if one.version_id == current
        }
        try:
            texts, report = (self._read(user, assets[name]) for name in (_PUBLISHING, _REPORT))
        except (KeyError, FileError, ValueError):
            return None
        return FilmPapers(publishing=_publishing(texts), report=_report(report))

    def _read(self, user: UUID, asset: Asset) -> dict[str, Any]:
        with self._installation.files.open(asset.path, owner=user) as file:
            found = json.loads(file.read(_LARGEST))
        return found if isinstance(found, dict) else {}


def _publishing(texts: dict[str, Any]) -> Publishing:
    return Publishing(
        titles=tuple(texts.get("titles", ())),
        description=texts.get("description", ""),
        tags=tuple(texts.get("tags", ())),
        advice=texts.get("alteredContent", {}).get("advice", ""),
    )


def _report(report: dict[str, Any]) -> FilmReport:
    return FilmReport(
        checks=tuple(CheckLine.model_validate(line) for line in report.get("checks", ())),
        fallbacks=tuple(report.get("fallbacks", ())),
        seconds=report.get("seconds", 0),
    )
