"""The bundle: everything a creator takes away, written beside the film and listed with its hashes."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.build import hash_of_file
from pipeline.captions import film_captions, to_srt, to_vtt
from pipeline.check import Report
from pipeline.making.job import Job
from pipeline.making.picturing import Pictures
from pipeline.making.speaking import Spoken
from pipeline.pictures.thumbnail import thumbnail
from pipeline.publishing import PublishingPack, publishing_pack
from pipeline.scripts.summary import outline
from pipeline.sources import Source
from pipeline.timeline import Timeline, dump

FILM = "final.mp4"
ZIPPED = ("assets", "timeline.json", "script.txt", "outline.json", "captions.srt", "captions.vtt")


@dataclass(frozen=True)
class Bundle:
    """What was made, and where it lies."""

    folder: Path
    timeline: Timeline
    report: dict[str, Any]
    publishing: PublishingPack

    @property
    def film(self) -> Path:
        return self.folder / FILM


def package(job: Job, source: Source, spoken: Spoken, pictures: Pictures, timeline: Timeline) -> PublishingPack:
    """Everything beside the film and its report."""
    captions = film_captions(timeline)
    pack = publishing_pack(spoken.script, source, job.setup.niche, timeline)
    _write(job.out / "captions.srt", to_srt(captions))
    _write(job.out / "captions.vtt", to_vtt(captions))
    _write(job.out / "outline.json", outline(spoken.script, source).json_text())
    _write(job.out / "timeline.json", dump(timeline))
    _write(job.out / "publishing.txt", pack.text())
    _write(job.out / "publishing.json", pack.json_text())
    (job.out / "thumbnail.jpg").write_bytes(_thumbnail(job, pack, pictures))
    _zip(job.out, ZIPPED, job.out / "assets.zip")
    return pack


def _thumbnail(job: Job, pack: PublishingPack, pictures: Pictures) -> bytes:
    """The hook's words over its picture; a painted one is used as it is, the canvas draws its own anew."""
    shot = next((shot for shot in pictures.shots if shot.kind == "illustration"), pictures.shots[0])
    over = (job.out / pictures.paths[shot.id]).read_bytes() if job.services.painter.paid else None
    return thumbnail(pack.thumbnail_words[0], shot, job.setup.style, over=over, motifs=job.setup.niche.motifs).data


def write_report(job: Job, check: Report, about_render: dict[str, Any]) -> dict[str, Any]:
    """report.json: what was measured, what it took, and every fallback that was taken."""
    brief = job.setup.brief
    report = {
        "title": job.setup.brief.title,
        "niche": brief.niche,
        "look": job.setup.look.name,
        "voice": job.setup.voice.voice.id,
        "checks": [line.model_dump(mode="json") for line in check.lines],
        "fitToShip": check.fit_to_ship,
        **job.account.as_json(),
        "render": about_render,
        "files": {
            path.name: {"bytes": path.stat().st_size, "sha256": hash_of_file(path)}
            for path in sorted(job.out.iterdir())
            if path.is_file() and not path.name.startswith(".") and path.name != "report.json"
        },
    }
    _write(job.out / "report.json", json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    return report


def _zip(folder: Path, names: Iterable[str], into: Path) -> None:
    """Stored, not packed: pictures and sound do not shrink. The same files give the same bytes."""
    partial = into.with_name(f".{into.name}.partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(path for name in names for path in _files(folder / name)):
            facts = zipfile.ZipInfo(path.relative_to(folder).as_posix())
            facts.external_attr = 0o644 << 16
            archive.writestr(facts, path.read_bytes())
    partial.replace(into)


def _files(path: Path) -> Iterable[Path]:
    if path.is_file():
        return [path]
    return [file for file in path.rglob("*") if file.is_file() and not file.name.startswith(".")]


def _write(path: Path, text: str) -> None:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
