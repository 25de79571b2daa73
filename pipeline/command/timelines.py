"""Commands on a timeline.json: render, preview, poster, sheet, check, export, schema."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.command.bar import Bar
from pipeline.timeline import load, schema


def run_render(arguments: Sequence[str]) -> int:
    """Write the film of a timeline."""
    from pipeline.build import Workspace
    from pipeline.render.film import render

    options = _options("render", "Render a timeline to a film.", arguments, out="film.mp4", work=True)
    timeline = load(options.timeline)
    bar = Bar({"RENDERING": 1})
    workspace = Workspace(options.work or options.out.parent / ".work")
    report = render(timeline, options.timeline.parent, options.out, workspace=workspace, progress=bar)
    bar.close()
    made = f"{report.stretches_made} of {report.stretches} stretches drawn"
    print(f"{options.out}: {report.frames} frames with {report.encoder} in {report.seconds:.1f} s, {made}")
    for warning in report.warnings:
        print(f"warning: {warning}")
    return 0


def run_preview(arguments: Sequence[str]) -> int:
    """Write one scene small and soon."""
    from pipeline.build import Workspace
    from pipeline.errors import TimelineError
    from pipeline.render.preview import preview

    parser = _parser("preview", "Render one scene of a timeline at 360 lines.", out="preview.mp4", work=True)
    parser.add_argument("--scene", type=int, default=1, help="its number, from 1")
    options = parser.parse_args(arguments)
    timeline = load(options.timeline)
    if not 1 <= options.scene <= len(timeline.segments):
        raise TimelineError(f"There is no scene {options.scene}: this film has {len(timeline.segments)}.")
    workspace = Workspace(options.work or options.out.parent / ".work")
    report = preview(timeline, options.timeline.parent, options.scene - 1, options.out, workspace=workspace)
    print(f"{options.out}: scene {options.scene} in {report.seconds:.1f} s")
    return 0


def run_poster(arguments: Sequence[str]) -> int:
    """Write the picture that stands for the film."""
    from pipeline.render import sheets
    from pipeline.render.film import Film

    options = _options("poster", "Write a poster of a timeline.", arguments, out="poster.jpg")
    sheets.save(sheets.poster(Film(load(options.timeline), options.timeline.parent)), options.out)
    return 0


def run_sheet(arguments: Sequence[str]) -> int:
    """Write one frame of every picture on a sheet."""
    from pipeline.render import sheets
    from pipeline.render.film import Film

    options = _options("sheet", "Write a contact sheet of a timeline.", arguments, out="sheet.jpg")
    sheets.save(sheets.contact_sheet(Film(load(options.timeline), options.timeline.parent)), options.out)
    return 0


def run_check(arguments: Sequence[str]) -> int:
    """Measure a finished film; exit 1 when a hard line is broken."""
    from pipeline.check import check
    from pipeline.render.delivery import delivered

    parser = argparse.ArgumentParser("python -m pipeline check", description="Measure a finished film.")
    parser.add_argument("film", type=Path)
    parser.add_argument("--timeline", type=Path, help="what it should show and say")
    parser.add_argument("--minutes", type=float, help="the length that was asked for")
    parser.add_argument("--out", type=Path, help="report.json (default: beside the film)")
    options = parser.parse_args(arguments)
    timeline = load(options.timeline) if options.timeline else None
    base = options.timeline.parent if options.timeline else None
    asked_s = options.minutes * 60 if options.minutes else None
    report = check(options.film, timeline, base, asked_s=asked_s)
    for line in report.lines:
        print(f"{line.verdict:<13} {line.name:<32} {line.measured}   (allowed: {line.allowed})")
    out = options.out or options.film.parent / "report.json"
    with delivered(out, "report") as partial:
        partial.write_text(report.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return 0 if report.fit_to_ship else 1


def run_export(arguments: Sequence[str]) -> int:
    """Write the edit for an editing suite."""
    from pipeline.exchange import export

    options = _options("export", "Write the edit as .otio, .otioz, .xml, .fcpxml or .edl.", arguments, out="edit.otio")
    export(load(options.timeline), options.timeline.parent, options.out)
    return 0


def run_schema(arguments: Sequence[str]) -> int:
    """Print the JSON Schema of timeline.json."""
    argparse.ArgumentParser("python -m pipeline schema", description=run_schema.__doc__).parse_args(arguments)
    json.dump(schema(), sys.stdout, indent=2)
    sys.stdout.write("\n")
    return 0


def _options(name: str, about: str, arguments: Sequence[str], *, out: str, work: bool = False) -> argparse.Namespace:
    return _parser(name, about, out=out, work=work).parse_args(arguments)


def _parser(name: str, about: str, *, out: str, work: bool = False) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(f"python -m pipeline {name}", description=about)
    parser.add_argument("timeline", type=Path, help="timeline.json")
    parser.add_argument("--out", type=Path, default=Path(out))
    if work:
        parser.add_argument("--work", type=Path, help="folder of what was made before (default: .work beside the film)")
    return parser
