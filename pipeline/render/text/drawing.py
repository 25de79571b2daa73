"""Pictures made of shapes and text: what can be painted, at which size, and the key that names the result."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.render.sprites import Picture, Pixels
from pipeline.render.text import fonts
from pipeline.render.text.paragraphs import Block, argb, paint

Painter = Callable[[Any], None]
SHADOW_SCALE = 4


@dataclass(frozen=True, eq=False)
class Art:
    """Something to paint: the key names all that the result depends on."""

    key: Hashable
    width: int
    height: int
    painter: Painter

    def picture(self) -> Picture:
        """A new picture each time: whoever draws it decides how long its pixels are kept."""
        return Picture((self.key, self.width, self.height), self.draw)

    def draw(self) -> Pixels:
        return paint_pixels(self.width, self.height, self.painter)

    def resampled(self, scale: float) -> Art:
        """The same about its centre, from an image that is kept: quicker than painting anew at every scale."""

        def painter(canvas: Any) -> None:
            import skia

            target = skia.Rect.MakeWH(self.width * scale, self.height * scale)
            canvas.drawImageRect(_image(self), target, skia.SamplingOptions(skia.FilterMode.kLinear))

        width, height = (max(1, round(side * scale)) for side in (self.width, self.height))
        return Art(("resampled", self.key, scale), width, height, painter)

    def scaled(self, scale: float) -> Art:
        """The same about its centre, painted anew at that scale and therefore sharp."""
        if scale == 1.0:
            return self

        def painter(canvas: Any) -> None:
            canvas.scale(scale, scale)
            self.painter(canvas)

        width, height = (max(1, round(side * scale)) for side in (self.width, self.height))
        return Art(("scaled", self.key, scale), width, height, painter)


_images: OrderedDict[Hashable, Any] = OrderedDict()
RECENT = 4


def _image(art: Art) -> Any:
    """The art as an image, painted once for all scales that it is seen at."""
    import skia

    key = (art.key, art.width, art.height)
    with fonts.lock:
        if key not in _images:
            surface = skia.Surface(art.width, art.height)
            art.painter(surface.getCanvas())
            _images[key] = surface.makeImageSnapshot()
        while len(_images) > RECENT:
            _images.popitem(last=False)
        return _images[key]


@dataclass(frozen=True)
class Effects:
    """What keeps letters off the picture: an outline and a soft shadow, in pixels."""

    outline: float = 0.0
    outline_colour: str = "#000000"
    shadow_blur: float = 0.0
    shadow_drop: float = 0.0
    shadow_opacity: float = 0.0
    shadow_colour: str = "#000000"

    @property
    def reach(self) -> int:
        """How far beyond the letters they go."""
        return int(np.ceil(self.outline + 2.5 * self.shadow_blur + self.shadow_drop))


PLAIN = Effects()


def paint_pixels(width: int, height: int, painter: Painter) -> Pixels:
    """(height, width, 4) RGBA, alpha not premultiplied."""
    import skia

    surface = skia.Surface(width, height)
    painter(surface.getCanvas())
    info = skia.ImageInfo.Make(width, height, skia.kRGBA_8888_ColorType, skia.kUnpremul_AlphaType)
    pixels = np.empty((height, width, 4), np.uint8)
    surface.readPixels(info, pixels, pixels.strides[0], 0, 0)
    return pixels


def text_art(block: Block, effects: Effects = PLAIN) -> tuple[Art, int]:
    """A block as art, and the pad around it: letters may reach out of their line boxes."""
    pad = round(block.type.size * 0.3) + effects.reach
    width, height = int(np.ceil(block.width)) + 2 * pad, int(np.ceil(block.height)) + 2 * pad
    key = ("text", block, effects)
    return Art(key, width, height, lambda canvas: paint_text(canvas, block, pad, pad, effects)), pad


def paint_text(canvas: Any, block: Block, x: float, y: float, effects: Effects = PLAIN) -> None:
    if effects.shadow_opacity:
        paint_shadow(
            canvas,
            effects,
            lambda shape: paint(shape, block, x, y, stroke=effects.outline, colour=effects.shadow_colour),
        )
    if effects.outline:
        paint(canvas, block, x, y, stroke=effects.outline, colour=effects.outline_colour)
    paint(canvas, block, x, y)


def paint_shadow(canvas: Any, effects: Effects, paint_shape: Callable[[Any], None]) -> None:
    """What the callable paints, as a soft shadow, blurred at a quarter of the size: nobody sees the difference."""
    import skia

    size = canvas.getBaseLayerSize()
    small = skia.Surface(size.width() // SHADOW_SCALE + 2, size.height() // SHADOW_SCALE + 2)
    shape = small.getCanvas()
    blur = effects.shadow_blur / SHADOW_SCALE
    flat = skia.ColorFilters.Blend(argb(effects.shadow_colour), skia.BlendMode.kSrcIn)
    shape.saveLayer(None, skia.Paint(ImageFilter=skia.ImageFilters.Blur(blur, blur), ColorFilter=flat))
    shape.scale(1 / SHADOW_SCALE, 1 / SHADOW_SCALE)
    shape.concat(canvas.getTotalMatrix())
    shape.translate(0, effects.shadow_drop)
    paint_shape(shape)
    shape.restore()
    canvas.save()
    canvas.resetMatrix()
    target = skia.Rect.MakeWH(small.width() * SHADOW_SCALE, small.height() * SHADOW_SCALE)
    smooth = skia.SamplingOptions(skia.FilterMode.kLinear)
    canvas.drawImageRect(small.makeImageSnapshot(), target, smooth, skia.Paint(Alphaf=effects.shadow_opacity))
    canvas.restore()


def paint_together(canvas: Any, opacity: float, paint_shapes: Callable[[], None]) -> None:
    """Overlapping shapes as one, at one opacity."""
    import skia

    canvas.saveLayer(None, skia.Paint(Alphaf=opacity))
    paint_shapes()
    canvas.restore()


def panel(width: int, height: int, colour: str, *, opacity: float = 1.0, radius: float = 0.0) -> Art:
    """A rounded box of one colour."""
    key = ("panel", colour, opacity, radius)
    return Art(key, width, height, lambda canvas: paint_panel(canvas, 0, 0, width, height, colour, opacity, radius))


def paint_panel(
    canvas: Any, x: float, y: float, width: float, height: float, colour: str, opacity: float = 1.0, radius: float = 0.0
) -> None:
    import skia

    paint_ = skia.Paint(AntiAlias=True, Color=argb(colour, opacity))
    canvas.drawRoundRect(skia.Rect.MakeXYWH(x, y, width, height), radius, radius, paint_)


def gradient(width: int, height: int, colour: str, stops: tuple[tuple[float, float], ...], *, across: bool) -> Art:
    """A scrim: opacities at places from 0 to 1, left to right if `across`, top to bottom otherwise."""
    import skia

    end = (width, 0) if across else (0, height)

    def painter(canvas: Any) -> None:
        shader = skia.GradientShader.MakeLinear(
            points=[(0, 0), end],
            colors=[argb(colour, opacity) for _, opacity in stops],
            positions=[place for place, _ in stops],
        )
        canvas.drawPaint(skia.Paint(Shader=shader, Dither=True))

    return Art(("gradient", colour, stops, across), width, height, painter)


def glow(diameter: int, colour: str, opacity: float) -> Art:
    """A soft round light."""
    import skia

    def painter(canvas: Any) -> None:
        middle = diameter / 2
        fades = [argb(colour, opacity * share) for share in (1.0, 0.66, 0.26, 0.07, 0.0)]
        shader = skia.GradientShader.MakeRadial((middle, middle), middle, fades, [0, 0.25, 0.55, 0.8, 1])
        canvas.drawPaint(skia.Paint(Shader=shader, Dither=True))

    return Art(("glow", colour, opacity), diameter, diameter, painter)


def ring(diameter: int, thickness: int, colour: str) -> Art:
    """A thin circle."""
    import skia

    def painter(canvas: Any) -> None:
        line = skia.Paint(AntiAlias=True, Color=argb(colour), Style=skia.Paint.kStroke_Style, StrokeWidth=thickness)
        canvas.drawCircle(diameter / 2, diameter / 2, (diameter - thickness) / 2 - 1, line)

    return Art(("ring", thickness, colour), diameter, diameter, painter)
