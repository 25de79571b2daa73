"""The door to projects for those who make films: versions, files and model calls, noted by the service."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from studio.projects.records import Asset, AssetType, Generation, GenerationState, Version
from studio.store.records import Record
from studio.store.store import Store


class Purge(Record):
    """A project whose time to be restored is over, and the files to remove before it is purged."""

    id: UUID
    user_id: UUID
    paths: list[str]


class Making:
    """Every note takes an id of the caller's making, so that a repeated note is the same one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def record_version(
        self,
        version: UUID,
        *,
        user: UUID,
        project: UUID,
        job: UUID | None = None,
        note: str = "",
        snapshot: Mapping[str, object] | None = None,
    ) -> Version:
        """A finished state of the project, which becomes its current one."""
        arguments = {
            "p_id": version,
            "p_user": user,
            "p_project": project,
            "p_job": job,
            "p_note": note,
            "p_snapshot": dict(snapshot or {}),
        }
        return Version.of(self._store.call("version_record", arguments))

    def record_asset(
        self,
        asset: UUID,
        *,
        user: UUID,
        project: UUID,
        kind: AssetType,
        path: str,
        size_bytes: int,
        mime: str,
        sha256: str,
        job: UUID | None = None,
        version: UUID | None = None,
        scene: UUID | None = None,
        meta: Mapping[str, object] | None = None,
    ) -> Asset:
        arguments = {
            "p_id": asset,
            "p_user": user,
            "p_project": project,
            "p_type": kind,
            "p_path": path,
            "p_bytes": size_bytes,
            "p_mime": mime,
            "p_sha256": sha256,
            "p_job": job,
            "p_version": version,
            "p_scene": scene,
            "p_meta": dict(meta or {}),
        }
        return Asset.of(self._store.call("asset_record", arguments))

    def remove_asset(self, user: UUID, asset: UUID) -> None:
        self._store.call("asset_remove", {"p_user": user, "p_asset": asset})

    def begin_generation(
        self,
        generation: UUID,
        *,
        user: UUID,
        input_key: str,
        provider: str,
        model: str,
        purpose: str,
        project: UUID | None = None,
        job: UUID | None = None,
        meta: Mapping[str, object] | None = None,
    ) -> Generation:
        """Begin a model call, or find the one that these inputs began already, which then has an id of its own."""
        arguments = {
            "p_id": generation,
            "p_user": user,
            "p_input_key": input_key,
            "p_provider": provider,
            "p_model": model,
            "p_purpose": purpose,
            "p_project": project,
            "p_job": job,
            "p_meta": dict(meta or {}),
        }
        return Generation.of(self._store.call("generation_begin", arguments))

    def note_generation(
        self,
        generation: UUID,
        state: GenerationState,
        *,
        task_id: str | None = None,
        cost_micros: int | None = None,
        meta: Mapping[str, object] | None = None,
    ) -> Generation:
        arguments = {
            "p_id": generation,
            "p_state": state,
            "p_task_id": task_id,
            "p_cost_micros": cost_micros,
            "p_meta": None if meta is None else dict(meta),
        }
        return Generation.of(self._store.call("generation_note", arguments))

    def generations_of(self, job: UUID) -> list[Generation]:
        return Generation.all_of(self._store.call("generations_of", {"p_job": job}))

    def to_purge(self, *, after_days: int = 30, limit: int = 50) -> list[Purge]:
        return Purge.all_of(self._store.call("projects_to_purge", {"p_days": after_days, "p_limit": limit}))

    def purge(self, project: UUID) -> None:
        """Remove a deleted project for good; its files must be gone by then."""
        self._store.call("project_purge", {"p_project": project})
