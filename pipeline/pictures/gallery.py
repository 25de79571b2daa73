"""Has every shot painted by whom it suits: the creator's file, the chosen painter, or the canvas.

Cards are always drawn by the canvas, because their text must be right. Where a painter refuses or fails, the canvas
stands in and says so. Painting is pure: whoever calls stores pictures under `shot_key` and asks only for missing ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, replace

from pipeline.pictures.canvas.painter import CanvasPainter
from pipeline.pictures.errors import PainterUnavailable, PictureRefused
from pipeline.pictures.models import Painted, Painter, Shot, Style
from pipeline.pictures.plan import shot_key
from pipeline.pictures.uploads import UploadsPainter

AT_ONCE = 4


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

    def paint_all(
        self, shots: Sequence[Shot], style: Style, *, reference: bytes | None = None, at_once: int = AT_ONCE
    ) -> Iterator[tuple[Shot, Painted]]:
        """Side by side, as they are finished. What fails for good is raised when its turn comes; the rest goes on."""
        with ThreadPoolExecutor(at_once, thread_name_prefix="picture") as pool:
            waiting = {pool.submit(self.paint, shot, style, reference=reference): shot for shot in shots}
            try:
                while waiting:
                    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                    for future in done:
                        yield waiting.pop(future), future.result()
            finally:
                with suppress(RuntimeError):
                    pool.shutdown(wait=False, cancel_futures=True)
