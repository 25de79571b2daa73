"""The pictures: planned from the script, painted side by side, each once.

The first painted illustration is the reference for the others, so that one film has one style and one cast.
"""

from __future__ import annotations

import io
import json
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

from PIL import Image

from pipeline import progress
from pipeline.build import Artifact, Recipe, hash_of_sources
from pipeline.making.job import Job
from pipeline.pictures import plan, uploads
from pipeline.pictures.canvas.painter import CanvasPainter
from pipeline.pictures.gallery import Gallery
from pipeline.pictures.models import Painted, Shot
from pipeline.scripts.models import Script

PICTURES, UPLOADS = "assets/pictures", "assets/uploads"
JPEG_QUALITY = 94
ANOTHER_SEED = 7919


@dataclass(frozen=True)
class Pictures:
    """The shots of a film and the files that they will be in, while they are still being painted."""

    shots: tuple[Shot, ...]
    paths: dict[str, str]
    painting: dict[str, Future[None]]
    clips: frozenset[str]
    unwanted: Event

    def of(self, section_id: str) -> tuple[Shot, ...]:
        return tuple(shot for shot in self.shots if shot.section_id == section_id)

    def wait_for(self, section_id: str) -> None:
        """Until every picture of a section lies in its place; raises what kept one from being painted."""
        for shot in self.of(section_id):
            self.painting[shot.id].result()

    def drop(self) -> None:
        """These shots are no longer of the film: what has not been asked for is not asked for, and not paid."""
        self.unwanted.set()
        for future in self.painting.values():
            future.cancel()


def planned(job: Job, script: Script) -> tuple[Shot, ...]:
    """From the words alone: how long they will take to say is not known yet, and must not change the pictures."""
    brief = job.setup.brief
    with job.stage("VISUAL_PLAN"):
        shots = plan.plan(
            script, job.setup.style, aspect=brief.aspect, resolution=brief.resolution, copies=brief.copies
        )
        shots = _with_own_pictures(shots, {name for name, wish in brief.scenes.items() if wish.picture})
    job.progress(progress.Event("VISUAL_PLAN", f"{len(shots)} pictures", 1.0))
    return shots


def _with_own_pictures(shots: tuple[Shot, ...], sections: set[str]) -> tuple[Shot, ...]:
    """A scene that shows its creator's own picture shows nothing else."""
    plain = {"kind": "illustration", "heading": "", "lines": (), "start_fraction": 0.0}
    firsts = {shot.section_id: shot.id for shot in reversed(shots)}
    return tuple(
        shot.model_copy(update=plain) if shot.section_id in sections else shot
        for shot in shots
        if shot.section_id not in sections or firsts[shot.section_id] == shot.id
    )


def painted(job: Job, shots: tuple[Shot, ...], pool: ThreadPoolExecutor) -> Pictures:
    """Start painting, in the order in which the pictures are seen.

    The others wait for the first in the pool that paints it: it is ahead of them in its queue, so it has a thread.
    """
    placed = _placed(job, shots)
    gallery = Gallery(job.services.painter, CanvasPainter(job.setup.niche.motifs), uploads.UploadsPainter(placed))
    unwanted = Event()
    easel = _Easel(job, gallery, progress.Meter("IMAGE_GEN", len(shots), job.progress), unwanted)
    paths: dict[str, str] = {}
    painting: dict[str, Future[None]] = {}
    anchor: Future[None] | None = None
    for shot in shots:
        if shot.id in placed:
            own = placed[shot.id].path
            paths[shot.id] = f"{UPLOADS}/{shot.id}{own.suffix.lower()}"
            painting[shot.id] = pool.submit(easel.hang, own, paths[shot.id])
            continue
        paths[shot.id] = f"{PICTURES}/{shot.id}.jpg"
        painting[shot.id] = pool.submit(easel.paint, shot, paths[shot.id], anchor)
        if anchor is None and gallery.painter_of(shot) is job.services.painter and job.services.painter.paid:
            anchor = painting[shot.id]
            easel.reference_path = job.out / paths[shot.id]
    clips = frozenset(name for name, upload in placed.items() if upload.kind == "clip")
    return Pictures(shots, paths, painting, clips, unwanted)


def _placed(job: Job, shots: tuple[Shot, ...]) -> dict[str, uploads.Upload]:
    """The creator's files: those chosen for a scene there, the others by name or order.

    Scenes take those in the order that they were written in, so that moving one moves its picture along.
    """
    brief = job.setup.brief
    chosen = {
        shot.id: uploads.read([wish.picture])[0]
        for shot in shots
        if (wish := brief.scenes.get(shot.section_id)) and wish.picture
    }
    open_shots = sorted(
        (shot for shot in shots if shot.id not in chosen and shot.section_id not in brief.copies),
        key=lambda shot: plan.place_of(shot.section_id),
    )
    return {**uploads.place(uploads.read(brief.uploads), open_shots), **chosen}


class _Easel:
    """Paints one shot at a time for each thread that asks."""

    def __init__(self, job: Job, gallery: Gallery, meter: progress.Meter, unwanted: Event) -> None:
        self._job = job
        self._gallery = gallery
        self._meter = meter
        self._unwanted = unwanted
        self.reference_path: Path | None = None

    def hang(self, upload: Path, name: str) -> None:
        """The creator's own file, as it is."""
        self._job.bring(upload, name)
        self._meter.add(1, upload.name)

    def paint(self, shot: Shot, name: str, anchor: Future[None] | None) -> None:
        job = self._job
        reference = self._reference(anchor) if self._gallery.painter_of(shot) is job.services.painter else None
        job.cancel.check()
        if self._unwanted.is_set():
            return
        with job.account.timed("IMAGE_GEN"):
            artifact = self._artifact(shot, reference)
        if self._unwanted.is_set():
            return
        job.place(artifact, name)
        made = progress.Made("picture", shot.id, shot.section_id, data=_preview(artifact.path))
        self._meter.add(1, shot.id, found=not artifact.fresh, made=made if artifact.fresh else None)

    def _reference(self, anchor: Future[None] | None) -> bytes | None:
        if anchor is None or self.reference_path is None:
            return None
        anchor.result()
        return self.reference_path.read_bytes()

    def _artifact(self, shot: Shot, reference: bytes | None) -> Artifact:
        job, gallery = self._job, self._gallery
        take = job.takes.take(f"picture:{shot.id}") + job.takes.take(f"picture:{shot.section_id}") - 1
        again = shot.model_copy(update={"seed": shot.seed + ANOTHER_SEED * (take - 1)})
        painter = gallery.painter_of(again)
        inputs: dict[str, object] = {"shot": gallery.key(again, job.setup.style), "take": take}
        if not painter.paid:
            inputs["code"] = hash_of_sources(Path(plan.__file__).parent)
        made: list[Painted] = []

        def produce(path: Path) -> None:
            made.append(gallery.paint(again, job.setup.style, reference=reference))
            path.write_bytes(_as_jpeg(made[0]))

        def note(path: Path) -> None:
            path.write_text(json.dumps(_facts(made)), encoding="utf-8")

        artifact = job.workspace.make(Recipe("picture", inputs, ".jpg"), produce)
        known = json.loads(job.workspace.make(Recipe("picture-notes", inputs, ".json"), note).path.read_bytes())
        job.account.count("IMAGE_GEN", fresh=artifact.fresh, cents=known["cents"])
        job.account.note(*known["notes"])
        return artifact


def _facts(made: list[Painted]) -> dict[str, Any]:
    """After a kill between a picture and its notes, nothing is known of how it came to be but that it is there."""
    return {"cents": made[0].cost_cents, "notes": list(made[0].notes)} if made else {"cents": None, "notes": []}


def _as_jpeg(picture: Painted) -> bytes:
    if picture.mime == "image/jpeg":
        return picture.data
    target = io.BytesIO()
    Image.open(io.BytesIO(picture.data)).convert("RGB").save(target, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return target.getvalue()


def _preview(path: Path) -> bytes:
    target = io.BytesIO()
    with Image.open(path) as image:
        image.draft("RGB", (640, 360))
        image.thumbnail((320, 320))
        image.save(target, "JPEG", quality=80)
    return target.getvalue()
