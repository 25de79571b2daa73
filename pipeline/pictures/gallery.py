"""Has every shot painted by whom it suits: the creator's file, the chosen painter, or the canvas.

Cards are always drawn by the canvas, because their text must be right. Where a painter refuses or fails, the canvas
stands in and says so. Painting is pure: whoever calls stores pictures under `shot_key` and asks only for missing ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.pictures.canvas.painter import CanvasPainter
from pipeline.pictures.errors import PainterUnavailable, PictureRefused
from pipeline.pictures.models import Painted, Painter, Shot, Style
from pipeline.pictures.plan import shot_key
from pipeline.pictures.uploads import UploadsPainter


@dataclass(frozen=True)
class Gallery:
    """Everybody who paints for one film."""

    painter: Painter
    canvas: CanvasPainter
    uploads: UploadsPainter | None = None

    def painter_of(self, shot: Shot) -> Painter:
        if self.uploads is not None and self.uploads.has(shot):
            return self.uploads
        return self.painter if shot.kind == "illustration" else self.canvas

    def key(self, shot: Shot, style: Style) -> str:
        """Under which the shot's picture is stored, and the idempotency key that its painter is given."""
        return shot_key(shot, style, self.painter_of(shot).name)

    def paint(self, shot: Shot, style: Style, *, reference: bytes | None = None) -> Painted:
        painter, key = self.painter_of(shot), self.key(shot, style)
        try:
            return painter.paint(shot, style, idempotency_key=key, reference=reference)
        except (PictureRefused, PainterUnavailable) as error:
            stand_in = self.canvas.paint(shot, style, idempotency_key=key)
            return replace(stand_in, notes=(f"{shot.id}: {error.message} The canvas stands in.",))
