"""From what a project keeps to what the pipeline takes. A creator writes the one, so it names no path of this machine:

presets go by name, and files by where they lie in the creator's own part of the file store.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from pipeline.brief import Brief, SceneWish
from pipeline.timeline.sizes import SHORT_SIDES
from studio.credits import Usage
from studio.errors import FileMissing, FileRefused, InvalidValue, SignInNeeded
from studio.files import Files
from studio.files.paths import owned
from studio.films.given import GivenFile, GivenFiles
from studio.films.wishes import Wish
from studio.projects import Project, ProjectFields
from studio.safety.signatures import SUFFIXES, FileKind

_PRESET = re.compile(r"[a-z0-9-]{0,60}")
_COLUMNS = {
    "niche": "niche",
    "minutes": "target_minutes",
    "voice": "voice",
    "aspect": "aspect",
    "transcript": "transcript_mode",
}
"""The parts of a brief that are fields of the project itself."""


@dataclass(frozen=True)
class FilmBrief:
    """A project's brief, checked; its files are still in the file store."""

    brief: Brief
    files: GivenFiles

    @classmethod
    def of(cls, project: Project) -> FilmBrief:
        """Raises InvalidValue with the field that is wrong."""
        return cls.given(brief_of(project), project.user_id)

    @classmethod
    def given(cls, brief: Mapping[str, Any], owner: UUID | None) -> FilmBrief:
        """A brief as a page has it. Whoever is not signed in has no files."""
        given = {name: brief[name] for name in GivenFiles.model_fields if name in brief}
        rest = {name: value for name, value in brief.items() if name not in given}
        if "scenes" in rest:
            raise InvalidValue("scenes: choose for each scene by itself.", details={"field": "scenes"})
        try:
            found = cls(Brief.model_validate(rest), GivenFiles.model_validate(given))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(map(str, first["loc"]))
            raise InvalidValue(f"{place}: {first['msg']}.", details={"field": place}) from error
        for field in ("music", "pack", "look"):
            if not _PRESET.fullmatch(getattr(found.brief, field)):
                raise InvalidValue(f"{field}: choose one by its name.", details={"field": field})
        for file in found.files.all:
            _require_own(file, owner)
        _require_kind(found.files.documents, "documents", {"document"}, "Documents are texts, PDFs and web pages.")
        _require_kind(found.files.uploads, "uploads", {"picture", "clip"}, "Only pictures and clips can be shown.")
        if music := found.files.own_music:
            _require_kind((music,), "own_music", {"sound"}, "Music is a recording: MP3, WAV, M4A, Ogg or FLAC.")
        return found

    def placed(self, files: Files, owner: UUID, folder: Path, wishes: Mapping[str, Wish] | None = None) -> Brief:
        """The brief with its files brought into the folder, and what was chosen for its sections."""
        documents = tuple(_bring(self.files.documents, files, owner, folder / "documents"))
        uploads = tuple(_bring(self.files.uploads, files, owner, folder / "uploads"))
        music = [self.files.own_music] if self.files.own_music else []
        own_music = "".join(_bring(music, files, owner, folder / "music"))
        return self.brief.model_copy(
            update={
                "documents": documents,
                "uploads": uploads,
                "music": own_music or self.brief.music,
                "scenes": dict(_placed(wishes or {}, files, owner, folder / "scenes")),
            }
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


def brief_of(project: Project) -> dict[str, Any]:
    """A project's brief as a page has it: what `project_fields` parts, together again."""
    return {**project.brief, **{name: getattr(project, column) for name, column in _COLUMNS.items()}}


def usage_of(brief: Brief) -> Usage:
    """What the film's price is made from."""
    return Usage(seconds=brief.minutes * 60, hd=SHORT_SIDES[brief.resolution] > SHORT_SIDES["1080p"])


def _require_own(file: GivenFile, owner: UUID | None) -> None:
    if owner is None:
        raise SignInNeeded(f"Sign in to use {file.name}: files belong to an account.")
    try:
        owned(file.path, owner)
    except (FileMissing, FileRefused) as error:
        raise InvalidValue(f"{file.name} is not one of your files. Upload it.") from error


def _require_kind(files: tuple[GivenFile, ...], field: str, wanted: Collection[FileKind], words: str) -> None:
    """What a file is was seen when it was taken in, and it lies under that ending."""
    for file in files:
        found = SUFFIXES.get(PurePosixPath(file.path).suffix)
        if found and found.kind not in wanted:
            raise InvalidValue(f"{file.name} is {found.title}. {words}", details={"field": field})


def _placed(wishes: Mapping[str, Wish], files: Files, owner: UUID, folder: Path) -> Iterator[tuple[str, SceneWish]]:
    for section, wish in wishes.items():
        picture = "".join(_bring([wish.picture] if wish.picture else [], files, owner, folder / section))
        found = SceneWish(motion=wish.motion, picture=picture, like=wish.like)
        if found != SceneWish():
            yield section, found


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
