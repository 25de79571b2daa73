"""From what a project keeps to what the pipeline takes. A creator writes the one, so it names no path of this machine:

presets go by name, and files by where they lie in the creator's own part of the file store.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.brief import Brief
from pipeline.timeline.sizes import SHORT_SIDES
from studio.credits import Usage
from studio.errors import FileMissing, FileRefused, InvalidValue
from studio.files import Files
from studio.files.paths import owned
from studio.projects import Project, ProjectFields

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
_LONGEST_NAME_BYTES = 200
_PRESET = re.compile(r"[a-z0-9-]{0,60}")
_COLUMNS = {
    "niche": "niche",
    "minutes": "target_minutes",
    "voice": "voice",
    "aspect": "aspect",
    "transcript": "transcript_mode",
}
"""The parts of a brief that are fields of the project itself."""


class GivenFile(BaseModel):
    """A file that a creator brought: where it lies in the file store, and what they call it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str = Field(max_length=1000)
    name: str = Field(min_length=1, max_length=200)

    @property
    def local_name(self) -> str:
        """Uploads are placed by their names, so as much of it is kept as any disk takes."""
        plain = _NOT_IN_NAMES.sub("_", self.name).encode()[-_LONGEST_NAME_BYTES:].decode(errors="ignore")
        return plain.strip(" .") or "file"


class GivenFiles(BaseModel):
    """The files of a brief; it names them under these keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    documents: tuple[GivenFile, ...] = Field(default=(), max_length=50)
    uploads: tuple[GivenFile, ...] = Field(default=(), max_length=200)
    own_music: GivenFile | None = None

    @property
    def all(self) -> tuple[GivenFile, ...]:
        return (*self.documents, *self.uploads, *((self.own_music,) if self.own_music else ()))


@dataclass(frozen=True)
class FilmBrief:
    """A project's brief, checked; its files are still in the file store."""

    brief: Brief
    files: GivenFiles

    @classmethod
    def of(cls, project: Project) -> FilmBrief:
        """Raises InvalidValue with the field that is wrong."""
        columns = {name: getattr(project, column) for name, column in _COLUMNS.items()}
        given = {name: project.brief[name] for name in GivenFiles.model_fields if name in project.brief}
        rest = {name: value for name, value in project.brief.items() if name not in given}
        try:
            found = cls(Brief.model_validate({**rest, **columns}), GivenFiles.model_validate(given))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(map(str, first["loc"]))
            raise InvalidValue(f"{place}: {first['msg']}.", details={"field": place}) from error
        for field in ("music", "pack", "look"):
            if not _PRESET.fullmatch(getattr(found.brief, field)):
                raise InvalidValue(f"{field}: choose one by its name.", details={"field": field})
        for file in found.files.all:
            _require_own(file, project.user_id)
        return found

    def placed(self, files: Files, owner: UUID, folder: Path) -> Brief:
        """The brief with its files brought into the folder."""
        documents = tuple(_bring(self.files.documents, files, owner, folder / "documents"))
        uploads = tuple(_bring(self.files.uploads, files, owner, folder / "uploads"))
        music = [self.files.own_music] if self.files.own_music else []
        own_music = "".join(_bring(music, files, owner, folder / "music"))
        return self.brief.model_copy(
            update={"documents": documents, "uploads": uploads, "music": own_music or self.brief.music}
        )


def project_fields(brief: Mapping[str, Any]) -> ProjectFields:
    """A brief as a page or a draft has it, parted into the project's fields and its brief."""
    columns = {column: brief[name] for name, column in _COLUMNS.items() if name in brief}
    rest = {name: value for name, value in brief.items() if name not in _COLUMNS}
    try:
        return ProjectFields(brief=rest, **columns)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise InvalidValue(f"{place}: {first['msg']}.", details={"field": place}) from error


def usage_of(brief: Brief) -> Usage:
    """What the film's price is made from."""
    return Usage(seconds=brief.minutes * 60, hd=SHORT_SIDES[brief.resolution] > SHORT_SIDES["1080p"])


def _require_own(file: GivenFile, owner: UUID) -> None:
    try:
        owned(file.path, owner)
    except (FileMissing, FileRefused) as error:
        raise InvalidValue(f"{file.name} is not one of your files. Upload it.") from error


def _bring(given: tuple[GivenFile, ...] | list[GivenFile], files: Files, owner: UUID, folder: Path) -> Iterator[str]:
    folder.mkdir(parents=True, exist_ok=True)
    for one in given:
        target = _free(folder / one.local_name)
        try:
            files.fetch(one.path, target, owner=owner)
        except FileMissing as error:
            raise InvalidValue(f"{one.name} is not there any more. Upload it again, or take it out.") from error
        yield str(target)


def _free(target: Path) -> Path:
    """Two files may be called the same."""
    number, chosen = 1, target
    while chosen.exists():
        number += 1
        chosen = target.with_stem(f"{target.stem}-{number}")
    return chosen
