"""The film's sound as one encoded stream, made through the build."""

from __future__ import annotations

import json
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import av

from pipeline.build import Artifact, Recipe, Workspace, hash_of_sources
from pipeline.sound.mixing import MixReport, mix
from pipeline.sound.pcm import RATE
from pipeline.sound.plan import MixPlan

Codec = Literal["aac", "libopus"]

BIT_RATE = 192_000
FILE_FORMAT: dict[Codec, str] = {"aac": "mp4", "libopus": "webm"}


def soundtrack(plan: MixPlan, codec: Codec, workspace: Workspace) -> tuple[Artifact, MixReport]:
    """The encoded sound of a plan, and what was measured of it while it was mixed."""
    inputs = {
        "plan": plan.inputs(),
        "codec": codec,
        "bit_rate": BIT_RATE,
        "code": hash_of_sources(Path(__file__).parent.parent / "sound"),
        "libavcodec": ".".join(map(str, av.library_versions["libavcodec"])),
    }
    reports: list[MixReport] = []

    def produce(path: Path) -> None:
        wav = workspace.partial_path(".wav")
        try:
            reports.append(mix(plan, wav))
            encode(wav, path, codec)
        finally:
            wav.unlink(missing_ok=True)

    audio = workspace.make(Recipe("sound", inputs, f".{FILE_FORMAT[codec]}"), produce)
    report = workspace.make(
        Recipe("sound-report", inputs, ".json"), lambda path: _write(path, reports, plan, workspace)
    )
    return audio, MixReport(**_read(report.path))


def encode(wav: Path, into: Path, codec: Codec) -> None:
    """Lossless samples to AAC in MP4 or Opus in WebM, at a rate that nobody hears."""
    with av.open(str(wav)) as source, av.open(str(into), "w", format=FILE_FORMAT[codec]) as target:
        # The two-loop search of the AAC encoder takes five times as long and is no better at this rate.
        options = {"aac_coder": "fast"} if codec == "aac" else {}
        stream = target.add_stream(codec, rate=RATE, options=options)
        stream.codec_context.bit_rate = BIT_RATE
        stream.codec_context.layout = "stereo"
        stream.codec_context.time_base = Fraction(1, RATE)
        for frame in source.decode(source.streams.audio[0]):
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))


def _write(path: Path, reports: list[MixReport], plan: MixPlan, workspace: Workspace) -> None:
    """The report of the mix just made; after a kill between the two, of the same mix made once more."""
    if not reports:
        wav = workspace.partial_path(".wav")
        try:
            reports.append(mix(plan, wav))
        finally:
            wav.unlink(missing_ok=True)
    path.write_text(json.dumps(asdict(reports[0])), encoding="utf-8")


def _read(path: Path) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(path.read_bytes())
    return {**facts, "warnings": tuple(facts["warnings"])}
