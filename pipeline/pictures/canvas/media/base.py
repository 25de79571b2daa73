"""How a picture is made: the medium that fills, strokes and lights whatever is drawn, in the manner of a look.

The medium here is the plain one: soft gradients and modelled shapes. The others change what they must.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import skia
from numpy.typing import NDArray

from pipeline.pictures.canvas import textures
from pipeline.pictures.canvas.colour import BLACK, WHITE, Colour
from pipeline.pictures.canvas.palette import Palette
from presets.looks import Look

Form = Literal["form", "flat", "land", "glass", "light"]
Ground = Literal["keep", "light", "dark"]
Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Frame:
    """What a picture is painted on: its size, the length of one design pixel (of 1080), and where light comes from."""

    width: int
    height: int
    unit: float
    light: tuple[float, float]
    seed: int = 0

    def towards_light(self, x: float, y: float) -> tuple[float, float]:
        dx, dy = self.light[0] - x, self.light[1] - y
        length = math.hypot(dx, dy) or 1.0
        return dx / length, dy / length


@dataclass(frozen=True)
class Fill:
    """How one shape is filled: depth from 0, near, to 1, far."""

    colour: Colour
    form: Form = "form"
    depth: float = 0.0
    alpha: float = 1.0


class Medium:
    """Soft, clean gradients: the plain medium."""

    ground: Ground = "keep"
    hours: tuple[str, ...] = ("day", "dusk", "night")
    blooms = True
    bend = 0.42
    tint_gain = 1.0
    """How much stronger than usual a pale tint must be to be seen at all."""

    def __init__(self, look: Look, palette: Palette, frame: Frame) -> None:
        self.look = look
        self.palette = palette
        self.frame = frame

    # -- colour -------------------------------------------------------------------------------------------------

    def hazed(self, colour: Colour, depth: float) -> Colour:
        """Distance pales things."""
        return colour.mix(self.palette.haze, min(depth * 0.8, 0.86)) if depth > 0 else colour

    # -- marks --------------------------------------------------------------------------------------------------

    def sky(self, canvas: skia.Canvas, top: Colour, middle: Colour, low: Colour, horizon: float) -> None:
        """The whole ground of the picture, before anything stands on it."""
        shader = skia.GradientShader.MakeLinear(
            [(0, 0), (0, horizon)], [top.argb(), middle.argb(), low.argb()], [0.0, 0.55, 1.0]
        )
        canvas.drawPaint(skia.Paint(Shader=shader, Dither=True))

    def calm(self, canvas: skia.Canvas, top: Colour, low: Colour) -> None:
        """The ground of a card: as quiet as the look can be, for text to lie on."""
        self.sky(canvas, top, top.mix(low, 0.5), low, self.frame.height)

    def fill(self, canvas: skia.Canvas, path: skia.Path, fill: Fill) -> None:
        canvas.drawPath(path, self._paint(path, fill))
        if fill.form == "form" and self._is_big(path):
            self.model(canvas, path, fill)

    def stroke(self, canvas: skia.Canvas, path: skia.Path, fill: Fill, width: float) -> None:
        canvas.drawPath(path, self.pen(self.hazed(fill.colour, fill.depth), width, fill.alpha))

    def glow(self, canvas: skia.Canvas, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
        """Light that spills into the air."""
        strong = min(strength * (0.6 + 0.7 * self.look.light.glow), 1.0)
        canvas.drawPaint(
            skia.Paint(Shader=radial(x, y, radius, colour, strong), BlendMode=skia.BlendMode.kScreen, Dither=True)
        ) if radius > self.frame.width * 0.4 else canvas.drawCircle(
            x, y, radius, skia.Paint(Shader=radial(x, y, radius, colour, strong), BlendMode=skia.BlendMode.kScreen)
        )

    def shadow(self, canvas: skia.Canvas, path: skia.Path, strength: float) -> None:
        """Where something stands on the ground."""
        blur = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, max(path.getBounds().height() * 0.35, 1))
        canvas.drawPath(
            path, skia.Paint(Color=self.palette.deep.at(0.1).argb(strength), AntiAlias=True, MaskFilter=blur)
        )

    # -- the whole ----------------------------------------------------------------------------------------------

    def finish(self, canvas: skia.Canvas) -> None:
        """Over the whole picture, when everything stands: vignette and texture."""
        self._vignette(canvas, self.look.light.vignette)
        self.texture(canvas, self.look.texture, self.look.texture_strength)

    def develop(self, pixels: Pixels) -> None:
        """Change the finished pixels (RGBA) in place; text is set afterwards and stays as it is."""

    def texture(self, canvas: skia.Canvas, name: str, strength: float) -> None:
        if name in ("grain", "noise", "paper", "canvas") and strength > 0:
            shader = textures.tile(name, max(self.look.texture_scale * self.frame.unit, 0.4), self.frame.seed % 3)
            mode = skia.BlendMode.kSoftLight
            canvas.drawPaint(skia.Paint(Shader=shader, BlendMode=mode, Alphaf=min(0.15 + strength * 0.85, 1)))

    def _vignette(self, canvas: skia.Canvas, strength: float) -> None:
        if strength <= 0:
            return
        frame = self.frame
        colours = [0x00000000, 0x00000000, BLACK.argb(min(strength, 1) * 0.58)]
        shader = skia.GradientShader.MakeRadial((0, 0), 1, colours, [0.0, 0.55, 1.0])
        matrix = skia.Matrix()
        matrix.setScale(frame.width * 0.72, frame.height * 0.78)
        matrix.postTranslate(frame.width / 2, frame.height * 0.48)
        canvas.drawPaint(skia.Paint(Shader=shader.makeWithLocalMatrix(matrix), Dither=True))

    # -- shapes -------------------------------------------------------------------------------------------------

    def pen(self, colour: Colour, width: float, alpha: float = 1.0) -> skia.Paint:
        cap = skia.Paint.kRound_Cap if self.look.lines.round else skia.Paint.kButt_Cap
        join = skia.Paint.kRound_Join if self.look.lines.round else skia.Paint.kMiter_Join
        return skia.Paint(
            Color=colour.argb(alpha), Style=skia.Paint.kStroke_Style, StrokeWidth=width, AntiAlias=True,
            StrokeCap=cap, StrokeJoin=join,
        )  # fmt: skip

    def _is_big(self, path: skia.Path) -> bool:
        bounds = path.getBounds()
        return min(bounds.width(), bounds.height()) > 14 * self.frame.unit

    def _paint(self, path: skia.Path, fill: Fill) -> skia.Paint:
        colour = self.hazed(fill.colour, fill.depth)
        if fill.form == "land":
            return skia.Paint(Shader=self._rising(path, colour, fill), AntiAlias=True, Dither=True)
        if fill.form in ("form", "glass") and self._is_big(path):
            return skia.Paint(Shader=self._lit(path, colour, fill.alpha), AntiAlias=True)
        return skia.Paint(Color=colour.argb(fill.alpha), AntiAlias=True)

    def _rising(self, path: skia.Path, colour: Colour, fill: Fill) -> skia.Shader:
        """Land: its crest clear, its foot lost in mist."""
        bounds, mist = path.getBounds(), 0.25 + 0.5 * self.look.light.mist
        foot = colour.mix(self.palette.haze, mist * (0.35 + fill.depth))
        ends = [(0, bounds.top()), (0, min(bounds.bottom(), bounds.top() + self.frame.height * 0.5))]
        return skia.GradientShader.MakeLinear(ends, [colour.argb(fill.alpha), foot.argb(fill.alpha)])

    def _lit(self, path: skia.Path, colour: Colour, alpha: float) -> skia.Shader:
        """Lighter towards the light, darker and cooler away from it."""
        bounds, swing = path.getBounds(), 0.05 + 0.1 * self.look.light.contrast
        dx, dy = self.frame.towards_light(bounds.centerX(), bounds.centerY())
        reach = (abs(dx) * bounds.width() + abs(dy) * bounds.height()) / 2
        near = (bounds.centerX() + dx * reach, bounds.centerY() + dy * reach)
        far = (bounds.centerX() - dx * reach, bounds.centerY() - dy * reach)
        bright = colour.lighter(swing).mix(self.palette.glow.at(colour.l + swing), 0.12)
        shade = colour.lighter(-swing * 1.15).mix(self.palette.deep.at(max(colour.l - swing, 0)), 0.16)
        return skia.GradientShader.MakeLinear([near, far], [bright.argb(alpha), shade.argb(alpha)])

    def model(self, canvas: skia.Canvas, path: skia.Path, fill: Fill) -> None:
        """Give a shape body: a soft core shadow on the side away from the light, a rim on the other."""
        bounds, unit = path.getBounds(), self.frame.unit
        size = min(bounds.width(), bounds.height())
        dx, dy = self.frame.towards_light(bounds.centerX(), bounds.centerY())
        canvas.save()
        canvas.clipPath(path, True)
        colour = self.hazed(fill.colour, fill.depth)
        self._crescent(canvas, path, (dx * size * 0.16, dy * size * 0.16), self._core(colour), size * 0.07)
        rim = self.look.light.rim
        if rim > 0:
            reach = max(1.5 * unit, size * 0.018)
            edge = self.palette.glow.mix(WHITE, 0.45).at(max(0.86, colour.l)).argb(rim * 0.75 * (1 - fill.depth * 0.6))
            self._crescent(canvas, path, (-dx * reach, -dy * reach), edge, 0.8 * unit)
        canvas.restore()

    def _core(self, colour: Colour) -> int:
        return self.palette.deep.mix(colour, 0.3).at(colour.l * 0.55).argb(0.22 + 0.3 * self.look.light.contrast)

    def _crescent(
        self, canvas: skia.Canvas, path: skia.Path, shift: tuple[float, float], colour: int, blur: float
    ) -> None:
        """What of the clip is not covered by the shifted shape."""
        outside = skia.Path(path)
        outside.offset(*shift)
        outside.toggleInverseFillType()
        paint = skia.Paint(Color=colour, AntiAlias=True)
        if blur > 0.5:
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
        canvas.drawPath(outside, paint)


def radial(x: float, y: float, radius: float, colour: Colour, strength: float) -> skia.Shader:
    stops = [colour.argb(strength), colour.argb(strength * 0.42), colour.argb(strength * 0.12), colour.argb(0)]
    return skia.GradientShader.MakeRadial((x, y), max(radius, 1), stops, [0.0, 0.28, 0.6, 1.0])
