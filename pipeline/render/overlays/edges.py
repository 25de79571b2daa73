"""What stands at the edges of the frame: lower third, chapter marker, logo and progress bar."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import ceil
from pathlib import Path
from typing import Any

from pipeline.errors import AssetError
from pipeline.render.overlays.motion import Animation, Part, Pose, place, pose_of
from pipeline.render.overlays.parts import Scene, ground_of, line_parts
from pipeline.render.overlays.schedule import LOWER_THIRD_UNITS, Shown, section_number
from pipeline.render.packs import Canvas
from pipeline.render.sprites import Pixels, Sprite
from pipeline.render.text.contrast import text_on
from pipeline.render.text.drawing import Art, paint_panel, paint_text, panel
from pipeline.render.text.paragraphs import Block, fit

MAX_LOGO_PIXELS = 64_000_000


def lower_third(item: Shown, scene: Scene) -> tuple[Part, ...]:
    """Who or what is seen: a name and a line on a panel, behind an accent bar."""
    canvas, ground = scene.canvas, ground_of(scene.canvas, 0.86)
    px, safe = canvas.format.px, canvas.format.safe
    room = round(safe.width * 0.8) - px(80)
    name = fit(item.overlay.text, canvas.heading(60, ground.text), room, lines=1)
    detail = fit(item.overlay.detail, canvas.body(36, ground.accent), room, lines=1)
    height = min(px(LOWER_THIRD_UNITS), ceil(name.height + detail.height) + px(56))
    width = ceil(max(name.width, detail.width)) + px(72)
    top, bar = safe.bottom - height, px(10)
    text_top = top + (height - ceil(name.height + detail.height)) // 2
    ground_art = panel(width, height, ground.colour, opacity=ground.opacity, radius=px(4))
    x = safe.left + bar + px(30)
    return (
        Part(ground_art, safe.left + bar, top, 60, enter="wipe", leave="fade"),
        Part(panel(bar, height, canvas.look.accent), safe.left, top, 0, enter="rise"),
        *line_parts(name, x, text_top, delay_ms=200, enter="fade"),
        *line_parts(detail, x, text_top + ceil(name.height), delay_ms=300, enter="fade"),
    )


def chapter_marker(item: Shown, scene: Scene) -> tuple[Part, ...]:
    """The section's number on a mark, and its title beside it."""
    canvas, ground = scene.canvas, ground_of(scene.canvas, 0.82)
    px, safe = canvas.format.px, canvas.format.safe
    small = canvas.format.scale.small
    text = item.overlay.text or scene.timeline.segments[scene.index].title or ""
    title = fit(text, canvas.body(small, ground.text, leading=1.2), safe.width * 0.55, lines=1)
    number = section_number(scene.timeline, scene.index)
    figure = canvas.body(small, text_on(canvas.look.accent, canvas.look.background), leading=1.2, weight=800)
    mark = Block((str(number),) if number else (), figure)
    art = _marker(mark, title, canvas, ground.colour, ground.opacity, px(16), px(12))
    return (Part(art, safe.left, safe.top),)


def logo(item: Shown, scene: Scene) -> tuple[Part, ...]:
    """The overlay's own picture or the theme's, in the upper right corner."""
    px, safe = scene.canvas.format.px, scene.canvas.format.safe
    art = logo_art(logo_path(item, scene.canvas), px(240), px(96), where=item.where)
    return (Part(art, safe.right - art.width, safe.top),)


def logo_path(item: Shown, canvas: Canvas) -> Path:
    path = canvas.base / item.overlay.path if item.overlay.path else canvas.look.logo
    if path is None:
        raise AssetError("This logo has no picture: give it a path, or the theme a logoPath.", where=item.where)
    return path


def logo_art(path: Path, width: int, height: int, *, where: str) -> Art:
    """A picture file, fitted into a box."""
    return _logo(path, _stamp(path, where), width, height, where)


def file_key(path: Path, where: str) -> str:
    """A hash of the file's bytes."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise AssetError(f"The logo {path} cannot be read: {error.strerror}", where=where) from error


@dataclass
class ProgressBar:
    """How much of the film has passed, along the edge that no platform covers. Its length is its place: no redraw."""

    item: Shown
    scene: Scene

    @cached_property
    def art(self) -> tuple[Art, Art, Art]:
        """Track, filled bar, and the ticks between sections."""
        canvas = self.scene.canvas
        width, height = canvas.format.width, canvas.format.px(10)
        ticks = tuple(self.x_at(segment.start_frame) for segment in self.scene.timeline.segments[1:])
        track = panel(width, height, canvas.look.background, opacity=0.55)
        return track, panel(width, height, canvas.look.accent), _ticks(ticks, width, height, canvas.look.background)

    def __call__(self, frame: int) -> tuple[Sprite, ...]:
        span, canvas = self.item.span, self.scene.canvas
        if frame not in span:
            return ()
        pose = edge_pose(self.item, frame, canvas)
        track, bar, ticks = self.art
        filled = self.x_at(frame + 1 + self.scene.timeline.segments[self.scene.index].start_frame)
        y = 0 if canvas.format.aspect == "tall" else canvas.format.height - track.height
        still = Pose(opacity=pose.opacity)
        return tuple(place(art, x, y, still) for art, x in ((track, 0), (bar, filled - bar.width), (ticks, 0)))

    def x_at(self, film_frame: int) -> int:
        return round(self.scene.canvas.format.width * min(1.0, film_frame / self.scene.timeline.frames))


def edge_pose(item: Shown, frame: int, canvas: Canvas) -> Pose:
    """A fade at both ends, whatever the overlay asks for; none if it asks for none."""
    since, left = (frame - item.span.start + 1) / canvas.frames(400), (item.span.end - frame) / canvas.frames(300)
    entering: Animation = "none" if item.overlay.animate_in == "none" else "fade"
    leaving: Animation = "none" if item.overlay.animate_out == "none" else "fade"
    return pose_of(entering, since, 0) if since < left else pose_of(leaving, left, 0, leaving=True)


def _marker(mark: Block, title: Block, canvas: Canvas, ground: str, opacity: float, pad_x: int, pad_y: int) -> Art:
    height = ceil(max(title.height, mark.height)) + 2 * pad_y
    figure = max(height, ceil(mark.width) + 2 * pad_x) if mark.lines else 0
    text_width = ceil(title.width) + 2 * pad_x if title.lines else 0
    accent, radius = canvas.look.accent, 0.2 * height

    def painter(surface: Any) -> None:
        paint_panel(surface, 0, 0, figure + text_width, height, ground, opacity, radius)
        paint_panel(surface, 0, 0, figure, height, accent, radius=radius)
        paint_text(surface, mark, (figure - mark.width) / 2, pad_y)
        paint_text(surface, title, figure + pad_x, pad_y)

    key = ("marker", mark, title, ground, opacity, accent, pad_x, pad_y)
    return Art(key, max(1, figure + text_width), height, painter)


def _ticks(places: tuple[int, ...], width: int, height: int, colour: str) -> Art:
    thick = max(1, height // 4)

    def painter(surface: Any) -> None:
        for x in places:
            paint_panel(surface, x - thick / 2, 0, thick, height, colour)

    return Art(("ticks", places, colour), width, height, painter)


def _stamp(path: Path, where: str) -> tuple[int, int]:
    """Changes when the file does."""
    try:
        stat = path.stat()
    except OSError as error:
        raise AssetError(f"The logo {path} cannot be read: {error.strerror}", where=where) from error
    return stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=16)
def _logo(path: Path, stamp: tuple[int, int], width: int, height: int, where: str) -> Art:
    pixels = _logo_pixels(path, width, height, where)

    def painter(surface: Any) -> None:
        import skia

        image = skia.Image.fromarray(pixels, colorType=skia.kRGBA_8888_ColorType)
        surface.drawImageRect(
            image,
            skia.Rect.MakeWH(pixels.shape[1], pixels.shape[0]),
            skia.SamplingOptions(skia.CubicResampler.Mitchell()),
        )

    return Art(("logo", str(path), stamp), pixels.shape[1], pixels.shape[0], painter)


def _logo_pixels(path: Path, width: int, height: int, where: str) -> Pixels:
    """(H, W, 4) RGBA, as large as fits, never enlarged beyond twice its size."""
    import numpy as np
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path) as opened:
            if opened.width * opened.height > MAX_LOGO_PIXELS:
                raise AssetError(f"The logo {path} is larger than 64 megapixels.", where=where)
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, UnidentifiedImageError, SyntaxError) as error:
        raise AssetError(f"The logo {path} is not a picture that can be read.", where=where) from error
    share = min(width / upright.width, height / upright.height, 2.0)
    size = (max(1, round(upright.width * share)), max(1, round(upright.height * share)))
    return np.asarray(upright.resize(size, Image.Resampling.LANCZOS))
