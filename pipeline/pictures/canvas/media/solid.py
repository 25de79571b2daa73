"""Media of light and mass: facets of a small solid world, and the low key light of a film still."""

from __future__ import annotations

import math

import skia

from pipeline.pictures.canvas.colour import WHITE, Colour
from pipeline.pictures.canvas.media.base import Fill, Medium


class Facets(Medium):
    """Two crisp tones for every body, no gradients, and a long clean shadow."""

    blooms = False

    def sky(self, canvas: skia.Canvas, top: Colour, middle: Colour, low: Colour, horizon: float) -> None:
        """A plain ground with a faint isometric lattice."""
        base = middle.mix(low, 0.35)
        canvas.drawColor(base.argb())
        frame, path = self.frame, skia.Path()
        step, rise = 150 * frame.unit, math.tan(math.radians(30))
        count = int((frame.width * rise + frame.height) / step) + 2
        for i in range(-count, count):
            y = i * step
            path.addPoly([skia.Point(0, y), skia.Point(frame.width, y + frame.width * rise)], False)
            path.addPoly([skia.Point(0, y), skia.Point(frame.width, y - frame.width * rise)], False)
        canvas.drawPath(path, self.pen(base.mix(WHITE, 0.5), 1.5 * frame.unit, 0.16))

    def fill(self, canvas: skia.Canvas, path: skia.Path, fill: Fill) -> None:
        colour = self.hazed(fill.colour, fill.depth)
        big = self._is_big(path) and fill.alpha >= 0.9
        if big and fill.form == "form":
            self._cast(canvas, path)
        canvas.drawPath(path, skia.Paint(Color=colour.argb(fill.alpha), AntiAlias=True))
        if big and fill.form in ("form", "land"):
            self._side(canvas, path, colour, fill)

    def _cast(self, canvas: skia.Canvas, path: skia.Path) -> None:
        bounds, light, unit = path.getBounds(), self.look.light, self.frame.unit
        reach = min(light.shadow_offset * unit, min(bounds.width(), bounds.height()) * 0.12)
        shade = skia.Path(path)
        shade.offset(reach, reach * 0.6)
        mask = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, max(reach * 0.5, 0.6))
        colour = self.palette.deep.at(0.1).argb(light.shadow_opacity * 0.8)
        canvas.drawPath(shade, skia.Paint(Color=colour, AntiAlias=True, MaskFilter=mask))

    def _side(self, canvas: skia.Canvas, path: skia.Path, colour: Colour, fill: Fill) -> None:
        """The half away from the light is a tone darker; the lit edge is a tone lighter."""
        bounds, contrast = path.getBounds(), self.look.light.contrast
        canvas.save()
        canvas.clipPath(path, True)
        if fill.form == "form":
            lean = bounds.height() * 0.12
            middle = bounds.centerX()
            side = skia.Path()
            side.addPoly(
                [
                    skia.Point(middle + lean, bounds.top()), skia.Point(bounds.right() + 1, bounds.top()),
                    skia.Point(bounds.right() + 1, bounds.bottom()), skia.Point(middle - lean, bounds.bottom()),
                ],
                True,
            )  # fmt: skip
            dark = colour.lighter(-0.13 * contrast).mix(self.palette.deep.at(colour.l), 0.15)
            canvas.drawPath(side, skia.Paint(Color=dark.argb(), AntiAlias=True))
        edge = colour.mix(WHITE, 0.5).argb(0.5)
        reach = min(5 * self.frame.unit, min(bounds.width(), bounds.height()) * 0.05)
        self._crescent(canvas, path, (reach * 0.7, reach), edge, 0)
        canvas.restore()

    def glow(self, canvas: skia.Canvas, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
        for share in (0.55, 0.38):
            canvas.drawCircle(x, y, radius * share, skia.Paint(Color=colour.argb(0.13 * strength), AntiAlias=True))


class FilmStill(Medium):
    """Low key, warm against cold: beams, rim light, bloom and grain."""

    ground = "dark"
    hours = ("dusk", "dusk", "night")

    def finish(self, canvas: skia.Canvas) -> None:
        self._beams(canvas)
        self._grade(canvas)
        lifted = self.palette.glow.mix(self.palette.blush, 0.5).at(0.5)
        canvas.drawPaint(skia.Paint(Color=lifted.argb(0.11), BlendMode=skia.BlendMode.kScreen))
        super().finish(canvas)

    def _beams(self, canvas: skia.Canvas) -> None:
        frame, strength = self.frame, self.look.light.rays
        if strength <= 0:
            return
        x, y = frame.light
        reach = frame.width * 0.95
        fan = skia.Path()
        for i, (start, width) in enumerate(((12, 5), (31, 9), (52, 4), (70, 11), (98, 6), (122, 9), (148, 5))):
            turn = start + (frame.seed >> i) % 9
            fan.moveTo(x, y)
            for angle in (turn, turn + width):
                fan.lineTo(x + reach * math.cos(math.radians(angle)), y + reach * math.sin(math.radians(angle)))
            fan.close()
        light = self.palette.glow.mix(WHITE, 0.3)
        shader = skia.GradientShader.MakeRadial((x, y), reach, [light.argb(0.3 * strength), light.argb(0)])
        blur = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 14 * frame.unit)
        paint = skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kScreen, MaskFilter=blur, AntiAlias=True)
        canvas.drawPath(fan, paint)

    def _grade(self, canvas: skia.Canvas) -> None:
        """Cold shadows rise from below, warm light hangs above the horizon."""
        frame = self.frame
        cold = self.palette.deep.at(0.22)
        shader = skia.GradientShader.MakeLinear(
            [(0, frame.height * 0.55), (0, frame.height)], [cold.argb(0), cold.at(0.1).argb(0.34)]
        )
        canvas.drawPaint(skia.Paint(Shader=shader, Dither=True))
