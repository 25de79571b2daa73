"""The door to projects for their creators: everything runs as the user, under row-level security."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from studio.projects.records import (
    Asset,
    AssetType,
    Project,
    ProjectCard,
    ProjectDetail,
    ProjectFields,
    Scene,
    Version,
    VersionDetail,
)
from studio.store.store import Json, Store


class Projects:
    def __init__(self, store: Store) -> None:
        self._store = store

    def create(self, user: UUID, project: UUID, fields: ProjectFields | None = None) -> Project:
        """The id is the caller's: the same one again finds what was made."""
        return Project.of(self._call("project_create", user, p_id=project, p_fields=_given(fields)))

    def save(self, user: UUID, project: UUID, fields: ProjectFields) -> Project:
        return Project.of(self._call("project_save", user, p_project=project, p_fields=_given(fields)))

    def get(self, user: UUID, project: UUID) -> ProjectDetail:
        return ProjectDetail.of(self._call("project_get", user, p_project=project))

    def list_of(
        self,
        user: UUID,
        *,
        limit: int = 50,
        before: datetime | None = None,
        search: str = "",
        deleted: bool = False,
    ) -> list[ProjectCard]:
        """Last changed first; a page begins below the `updated_at` of the page before."""
        rows = self._call("project_list", user, p_limit=limit, p_before=before, p_search=search, p_deleted=deleted)
        return ProjectCard.all_of(rows)

    def delete(self, user: UUID, project: UUID) -> ProjectCard:
        """Out of sight and its films cancelled; `restore` brings it back until the purge comes."""
        return ProjectCard.of(self._call("project_delete", user, p_project=project))

    def restore(self, user: UUID, project: UUID) -> ProjectCard:
        return ProjectCard.of(self._call("project_restore", user, p_project=project))

    def scenes(self, user: UUID, project: UUID) -> list[Scene]:
        return Scene.all_of(self._call("scene_list", user, p_project=project))

    def save_scenes(self, user: UUID, project: UUID, scenes: Sequence[Scene]) -> list[Scene]:
        """The project's scenes become exactly these, in this order."""
        rows = [scene.model_dump(mode="json", exclude={"position"}) for scene in scenes]
        return Scene.all_of(self._call("scenes_save", user, p_project=project, p_scenes=rows))

    def versions(self, user: UUID, project: UUID) -> list[Version]:
        return Version.all_of(self._call("version_list", user, p_project=project))

    def version(self, user: UUID, version: UUID) -> VersionDetail:
        return VersionDetail.of(self._call("version_get", user, p_version=version))

    def use_version(self, user: UUID, project: UUID, version: UUID) -> ProjectCard:
        """Back to an earlier version, or forward again."""
        return ProjectCard.of(self._call("version_use", user, p_project=project, p_version=version))

    def assets(self, user: UUID, project: UUID, kind: AssetType | None = None) -> list[Asset]:
        return Asset.all_of(self._call("asset_list", user, p_project=project, p_type=kind))

    def asset(self, user: UUID, asset: UUID) -> Asset:
        return Asset.of(self._call("asset_get", user, p_asset=asset))

    def _call(self, function: str, user: UUID, **arguments: object) -> Json:
        return self._store.call(function, arguments, as_user=user)


def _given(fields: ProjectFields | None) -> dict[str, object]:
    return fields.model_dump(mode="json", exclude_none=True) if fields else {}
