"""The bundle: everything a creator takes away, written beside the film and listed with its hashes."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np

from pipeline.build import Recipe, Workspace, hash_of_file, hash_of_sources
from pipeline.captions import film_captions, to_srt, to_vtt
from pipeline.check import Report
from pipeline.check import film as film_check
from pipeline.check.parts import Seen
from pipeline.making.job import Job
from pipeline.making.picturing import UPLOADS, Pictures
from pipeline.making.speaking import Spoken
from pipeline.pictures.thumbnail import thumbnail
from pipeline.publishing import PublishingPack, publishing_pack
from pipeline.scripts.summary import outline
from pipeline.sound import MixReport
from pipeline.sources import Source
from pipeline.timeline import Timeline, dump

FILM = "final.mp4"
BESIDE = ("timeline.json", "script.txt", "outline.json", "captions.srt", "captions.vtt")


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
    assets = _assets(timeline)
    _zip(job.out, sorted({*assets, *BESIDE}), job.out / "assets.zip")
    _sweep(job.out, assets)
    return pack


def _assets(timeline: Timeline) -> set[str]:
    """Every file that the timeline names; names without a folder are of the own library."""
    named = {timeline.bgm_path or "", timeline.pack}
    for segment in timeline.segments:
        named |= {segment.audio_path or "", *(visual.path for visual in segment.visuals)}
    return {name for name in named if "/" in name}


def _sweep(folder: Path, assets: set[str]) -> None:
    """Remove what an earlier version of the film had, and what was being written when one was stopped."""
    for path in (folder / "assets").rglob("*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in assets:
            path.unlink()
    for path in folder.glob(f".{FILM}.*"):
        path.unlink()


def _thumbnail(job: Job, pack: PublishingPack, pictures: Pictures) -> bytes:
    """The hook's words over its picture; a painted or given one is used as it is, the canvas draws its own anew."""
    stills = [shot for shot in pictures.shots if shot.id not in pictures.clips] or pictures.shots
    shot = next((shot for shot in stills if shot.kind == "illustration"), stills[0])
    path = pictures.paths[shot.id]
    is_a_picture = shot.id not in pictures.clips and (job.services.painter.paid or path.startswith(UPLOADS))
    over = (job.out / path).read_bytes() if is_a_picture else None
    return thumbnail(pack.thumbnail_words[0], shot, job.setup.style, over=over, motifs=job.setup.niche.motifs).data


def checked(job: Job, timeline: Timeline, mix: MixReport | None, asked_s: float | None) -> Report:
    """The finished file measured; the same film is not measured twice."""
    film = job.out / FILM
    inputs = {
        "film": hash_of_file(film),
        "timeline": dump(timeline),
        "mix": asdict(mix) if mix else None,
        "asked_s": asked_s,
        "code": hash_of_sources(Path(film_check.__file__).parent),
    }

    def produce(path: Path) -> None:
        memory = _Seen(job.workspace)
        report = film_check.check(film, timeline, job.out, asked_s=asked_s, mix=mix, memory=memory)
        path.write_text(report.model_dump_json())

    artifact = job.workspace.make(Recipe("check", inputs, ".json"), produce)
    job.account.count("PACKAGING", fresh=artifact.fresh)
    return Report.model_validate_json(artifact.path.read_bytes())


class _Seen:
    """What the check saw in each part of a film, kept through the build."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def recall(self, digest: str) -> Seen | None:
        artifact = self._workspace.find(_seen(digest))
        return np.load(artifact.path) if artifact else None

    def remember(self, digest: str, seen: Seen) -> None:
        def produce(path: Path) -> None:
            with open(path, "wb") as file:
                np.save(file, seen)

        self._workspace.make(_seen(digest), produce)


def _seen(digest: str) -> Recipe:
    folder = Path(film_check.__file__).parent
    code = [hash_of_file(folder / name) for name in ("frames.py", "parts.py")]
    decoder = ".".join(map(str, av.library_versions["libavcodec"]))
    return Recipe("seen", {"packets": digest, "code": code, "libavcodec": decoder}, ".npy")


def write_report(job: Job, timeline: Timeline, check: Report, about_render: dict[str, Any]) -> dict[str, Any]:
    """report.json: what was measured, what it took, and every fallback that was taken."""
    brief = job.setup.brief
    report = {
        "title": timeline.title,
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
        for name in names:
            facts = zipfile.ZipInfo(name)
            facts.external_attr = 0o644 << 16
            archive.writestr(facts, (folder / name).read_bytes())
    partial.replace(into)


def _write(path: Path, text: str) -> None:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
