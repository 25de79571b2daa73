"""How far films are from the length that was asked for, and how many rules their captions break.

    python -m bench.making_lengths [--writer chat|outline] [--niches 11] [--minutes 1 3 6 12]

Every niche and length is written by a stand-in model that misses its budget as models do, spoken by a stand-in voice
whose pace is not quite the catalogue's, brought to length and captioned as in a real film; nothing is painted or
rendered, because neither changes a length. With --writer outline the creator's own sentences are told instead.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.brief import Brief
from pipeline.build import Workspace
from pipeline.captions import violations
from pipeline.errors import ScriptError
from pipeline.making import Services
from pipeline.making.assembling import timeline_of
from pipeline.making.job import Account, Job, Takes
from pipeline.making.picturing import PICTURES, Pictures, planned
from pipeline.making.scripting import scripted, source_of
from pipeline.making.services import writer_for
from pipeline.making.setup import choose
from pipeline.making.speaking import spoken
from pipeline.pictures.canvas.painter import CanvasPainter
from pipeline.progress import Cancel, silent
from pipeline.timeline import Timeline
from presets import niches
from tests.fakes.chat import compose
from tests.fakes.provider import KEY, Provider
from voices import Cast
from voices.settings import VoiceSettings

GOAL, LIMIT = 0.03, 0.10


@dataclass(frozen=True)
class Result:
    """One film's error, signed, and its broken caption rules; or why it was refused."""

    niche: str
    minutes: float
    error: float | None
    broken: tuple[str, ...] = ()
    refusal: str = ""


def measured(
    provider: Provider, folder: Path, which: list[str], lengths: list[float], writer: str, notes: str
) -> Iterator[Result]:
    for niche in which:
        for minutes in lengths:
            brief = Brief(documents=(notes,), niche=niche, minutes=minutes, voice="elevenlabs-george")
            try:
                timeline = laid_out(brief, services(provider, brief, writer), folder / f"{niche}-{minutes:g}")
            except ScriptError as error:
                yield Result(niche, minutes, None, refusal=str(error))
                continue
            seconds = timeline.frames / timeline.fps
            yield Result(niche, minutes, seconds / (60 * minutes) - 1, broken_rules(timeline))


def broken_rules(timeline: Timeline) -> tuple[str, ...]:
    return tuple(
        f"{segment.id}: {found.rule}"
        for segment in timeline.segments
        for found in violations(segment.captions, fps=timeline.fps, language=timeline.language)
    )


def services(provider: Provider, brief: Brief, writer: str) -> Services:
    settings = VoiceSettings(elevenlabs_key=KEY, elevenlabs_address=provider.url)
    chosen = writer_for(brief, provider.environment, name="outline" if writer == "outline" else "openai")
    return Services(writer=chosen, cast=Cast(settings), painter=CanvasPainter())


def laid_out(brief: Brief, services: Services, out: Path) -> Timeline:
    """A film's timeline without its pictures: only where they will lie."""
    out.mkdir(parents=True)
    workspace = Workspace(out / "work")
    source = source_of(brief, services, workspace)
    setup = choose(brief, services.cast, language=source.language)
    job = Job(setup, services, workspace, out, Takes(out / "state"), Account(), silent, Cancel())
    said = spoken(job, scripted(job, source))
    shots = planned(job, said.script)
    paths = {shot.id: f"{PICTURES}/{shot.id}.jpg" for shot in shots}
    return timeline_of(job, said, Pictures(shots, paths, {}, frozenset(), threading.Event()))


def erring(payload: dict) -> dict:
    """A model that misses: the film by up to a tenth, each of its sections by up to a sixth."""
    pen = random.Random(json.dumps(payload, sort_keys=True))
    asked = copy.deepcopy(payload)
    bias = pen.uniform(0.9, 1.1) if payload["task"] != "rewrite" else pen.uniform(0.95, 1.05)
    for part in asked["sections"]:
        part["words"] = max(6, round(part["words"] * bias * pen.uniform(0.85, 1.17)))
    return compose(asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writer", choices=("chat", "outline"), default="chat")
    parser.add_argument("--notes", default="examples/volcanoes.md")
    parser.add_argument("--niches", type=int, default=11, help="how many of them")
    parser.add_argument("--minutes", type=float, nargs="+", default=[1.0, 3.0, 6.0, 12.0])
    options = parser.parse_args()
    found: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="lengths-") as folder, Provider(author=erring) as provider:
        which = list(niches.names())[: options.niches]
        for one in measured(provider, Path(folder), which, options.minutes, options.writer, options.notes):
            found.append(one)
            _print(one)
    errors = [abs(one.error) for one in found if one.error is not None]
    print(f"films {len(errors)}, refused {len(found) - len(errors)}")
    print(f"mean error        {sum(errors) / len(errors):>7.2%}")
    print(f"worst error       {max(errors):>7.2%}   allowed {GOAL:.0%}, never past {LIMIT:.0%}")
    print(f"past {GOAL:.0%}           {sum(error > GOAL for error in errors):>7}")
    print(f"caption rules broken {sum(len(one.broken) for one in found):>4}   allowed 0")


def _print(one: Result) -> None:
    told = one.refusal if one.error is None else f"{one.error:>+7.2%}   {', '.join(one.broken[:2])}"
    print(f"{one.niche:<16}{one.minutes:>4g} min  {told}", flush=True)


if __name__ == "__main__":
    main()
