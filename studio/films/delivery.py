"""A finished film goes into the file store and is noted in the project. Done twice, it is as if done once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid5

from pipeline.making import Bundle
from studio.errors import KeyReused
from studio.files import Files, Shelf, StoredFile
from studio.films.versions import FilmState, merged
from studio.jobs import ClaimedJob
from studio.projects import AssetType, Making, Project, ProjectFields, Projects, Scene

Told = Callable[[float], None]
_AT_ONCE = 4
_FILES: tuple[tuple[str, AssetType], ...] = (
    ("final.mp4", "video"),
    ("captions.srt", "captions"),
    ("captions.vtt", "captions"),
    ("script.txt", "script"),
    ("outline.json", "outline"),
    ("timeline.json", "timeline"),
    ("assets.zip", "zip"),
    ("report.json", "manifest"),
    ("publishing.txt", "other"),
    ("publishing.json", "other"),
    ("thumbnail.jpg", "thumbnail"),
)


@dataclass(frozen=True)
class Parcel:
    """One file of a finished film. `section` is the scene that it belongs to."""

    name: str
    kind: AssetType
    section: str | None = None
    about: dict[str, object] = field(default_factory=dict)


Kept = dict[str, tuple[Parcel, StoredFile]]


@dataclass(frozen=True)
class Delivery:
    """Of one job's film into its project."""

    projects: Projects
    making: Making
    files: Files
    job: ClaimedJob
    project: Project

    def stored(self, bundle: Bundle, told: Told) -> Kept:
        """Every file of the film in the file store; what is there already is not sent again."""
        parcels = list(_parcels(bundle))
        kept: Kept = {}
        with ThreadPoolExecutor(_AT_ONCE, "deliver") as pool:
            sent = pool.map(lambda parcel: self._put(bundle.folder / parcel.name), parcels)
            for parcel, file in zip(parcels, sent, strict=True):
                kept[parcel.name] = parcel, file
                told(len(kept) / len(parcels))
        return kept

    def noted(
        self,
        state: FilmState,
        kept: Kept,
        scenes_before: Sequence[Scene],
        *,
        note: str,
    ) -> UUID:
        """Version, scenes and files become the project's; what an earlier attempt noted otherwise is replaced."""
        user, project = self.job.user_id, self.job.project_id
        version = state.version_id(self.job)
        self.making.record_version(
            version,
            user=user,
            project=project,
            job=self.job.id,
            note=note or "Film",
            snapshot=state.model_dump(mode="json"),
        )
        scenes = merged(state.scenes, scenes_before, self.projects.scenes(user, project))
        self.projects.save_scenes(user, project, scenes)
        by_section = {str(scene.settings["section"]): scene.id for scene in scenes}
        with ThreadPoolExecutor(_AT_ONCE, "note") as pool:
            noted = pool.map(lambda one: self._note(one[0], one[1], version, by_section), kept.values())
            self._remove_all_but(set(noted))
        if not self.project.title:
            self.projects.save(user, project, ProjectFields(title=state.title))
        return version

    def withdraw(self) -> None:
        """A job that was cancelled at the last moment leaves no files behind."""
        self._remove_all_but(set())

    def _put(self, source: Path) -> StoredFile:
        return self.files.put(source, owner=self.job.user_id, shelf=Shelf.OUTPUTS)

    def _note(self, parcel: Parcel, file: StoredFile, version: UUID, scenes: dict[str, UUID]) -> UUID:
        asset = uuid5(self.job.id, parcel.name)
        try:
            self._record(asset, parcel, file, version, scenes)
        except KeyReused:
            # Of an attempt that was killed here; a report, say, has its times in it.
            self.making.remove_asset(self.job.user_id, asset)
            self._record(asset, parcel, file, version, scenes)
        return asset

    def _record(self, asset: UUID, parcel: Parcel, file: StoredFile, version: UUID, scenes: dict[str, UUID]) -> None:
        self.making.record_asset(
            asset,
            user=self.job.user_id,
            project=self.job.project_id,
            kind=parcel.kind,
            path=file.path,
            size_bytes=file.bytes,
            mime=file.mime,
            sha256=file.sha256,
            job=self.job.id,
            version=version,
            scene=scenes.get(parcel.section) if parcel.section else None,
            meta={"name": parcel.name, **parcel.about},
        )

    def _remove_all_but(self, wanted: set[UUID]) -> None:
        for asset in self.projects.assets(self.job.user_id, self.job.project_id):
            if asset.job_id == self.job.id and asset.id not in wanted:
                self.making.remove_asset(self.job.user_id, asset.id)


def _parcels(bundle: Bundle) -> Iterator[Parcel]:
    timeline = bundle.timeline
    seconds = round(timeline.frames / timeline.fps, 3)
    film: dict[str, object] = {"width": timeline.width, "height": timeline.height, "seconds": seconds}
    for name, kind in _FILES:
        yield Parcel(name, kind, about=film if kind == "video" else {})
    told: set[str] = set()
    for segment in timeline.segments:
        if segment.audio_path:
            yield Parcel(segment.audio_path, "audio", segment.id)
        for visual in segment.visuals:
            if visual.path not in told:
                told.add(visual.path)
                yield Parcel(visual.path, "video" if visual.kind == "video" else "image", segment.id)
