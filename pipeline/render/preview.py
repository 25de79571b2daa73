"""One scene, small and soon: what an editor shows after a change."""

from __future__ import annotations

from pathlib import Path

from pipeline.build import Workspace
from pipeline.render.encode import encoding
from pipeline.render.film import RenderReport, render
from pipeline.timeline import Timeline, resized, scene_alone

SHORT_SIDE, MAX_SIDE = 360, 4096


def preview(timeline: Timeline, base: Path, index: int, out: Path, *, workspace: Workspace) -> RenderReport:
    """The film of one segment at 360 lines, with its sound."""
    sides = timeline.width, timeline.height
    scale = min(SHORT_SIDE / min(sides), MAX_SIDE / max(sides))
    width, height = (2 * round(side * scale / 2) for side in sides)
    small = resized(scene_alone(timeline, index), width, height)
    return render(small, base, out, workspace=workspace, how=encoding("mp4", preset="ultrafast", quality=25))
