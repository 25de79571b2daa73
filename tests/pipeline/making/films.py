"""Small films: one minute at 360 lines, made with what is always there."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.brief import Brief
from pipeline.build import Workspace
from pipeline.making import Bundle, Services, make
from pipeline.pictures.canvas.painter import CanvasPainter
from pipeline.progress import Event, Progress, silent
from pipeline.scripts.manual import ManualWriter
from pipeline.scripts.outline import OutlineWriter
from voices import Cast

NOTES = Path(__file__).parents[3] / "examples" / "volcanoes.md"


def brief(**changes: Any) -> Brief:
    given: dict[str, Any] = {"documents": (str(NOTES),), "minutes": 1, "resolution": "360p", "fps": 24}
    return Brief.model_validate({**given, **changes})


def embedded(brief_: Brief) -> Services:
    """No key, no network, no model."""
    writer = ManualWriter() if brief_.transcript == "manual" else OutlineWriter()
    return Services(writer=writer, cast=Cast(), painter=CanvasPainter())


@dataclass
class Studio:
    """A folder with a film and the workspace that it is made in."""

    folder: Path
    events: list[Event] = field(default_factory=list)

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.folder / "work")

    def make(self, brief_: Brief, *, redo: Iterable[str] = (), progress: Progress = silent) -> Bundle:
        return make(brief_, self.out, services=embedded(brief_), workspace=self.workspace, redo=redo, progress=progress)

    def kinds(self) -> Counter[str]:
        """How many artifacts of each kind there are."""
        return Counter(artifact.kind for artifact in self.workspace.artifacts())

    def json(self, name: str) -> Any:
        return json.loads((self.out / name).read_bytes())
