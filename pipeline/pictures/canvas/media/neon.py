"""Night neon: dark bodies, glowing tubes for outlines, haze between them."""

from __future__ import annotations

import skia

from pipeline.pictures.canvas.colour import WHITE, Colour
from pipeline.pictures.canvas.media.base import Fill, Medium, radial


class Neon(Medium):
    ground = "dark"
    hours = ("night",)
    bend = 0.7

    def sky(self, canvas: skia.Canvas, top: Colour, middle: Colour, low: Colour, horizon: float) -> None:
        background, glow = self.palette.background, self.palette.glow
        colours = [
            background.argb(),
            background.mix(glow, 0.16).at(0.2).argb(),
            background.mix(glow, 0.5).at(0.36).argb(),
        ]
        shader = skia.GradientShader.MakeLinear([(0, 0), (0, horizon)], colours, [0.0, 0.6, 1.0])
        canvas.drawPaint(skia.Paint(Shader=shader, Dither=True))
        x, y = self.frame.light
        canvas.drawPaint(
            skia.Paint(Shader=radial(x, y, self.frame.width * 0.5, glow, 0.28), BlendMode=skia.BlendMode.kScreen)
        )

    def calm(self, canvas: skia.Canvas, top: Colour, low: Colour) -> None:
        Medium.sky(self, canvas, top, top.mix(low, 0.5), low, self.frame.height)

    def fill(self, canvas: skia.Canvas, path: skia.Path, fill: Fill) -> None:
        if fill.form == "light":
            self._tube(canvas, path, fill.colour, 3, 1.0)
            canvas.drawPath(path, skia.Paint(Color=fill.colour.mix(WHITE, 0.5).argb(fill.alpha), AntiAlias=True))
            return
        body = self._body(fill)
        bounds = path.getBounds()
        shader = skia.GradientShader.MakeLinear(
            [(0, bounds.top()), (0, bounds.bottom())],
            [body.lighter(0.07).argb(fill.alpha), body.lighter(-0.05).argb(fill.alpha)],
        )
        canvas.drawPath(path, skia.Paint(Shader=shader, AntiAlias=True, Dither=True))
        if fill.alpha > 0.5:
            self._edge(canvas, path, fill)

    def _body(self, fill: Fill) -> Colour:
        night = self.palette.background.mix(fill.colour, 0.3).at(0.13 + 0.16 * fill.colour.l)
        return night.mix(self.palette.haze.at(0.34), fill.depth * 0.75)

    def _edge(self, canvas: skia.Canvas, path: skia.Path, fill: Fill) -> None:
        bounds = path.getBounds()
        size = max(bounds.width(), bounds.height()) / self.frame.unit
        width = self.look.lines.width * (0.4 if size < 60 else 0.75 if fill.form == "flat" else 1.0)
        self._tube(canvas, path, self._lamp(fill.colour), width * (1 - fill.depth * 0.5), 1 - fill.depth * 0.8)

    def _lamp(self, colour: Colour) -> Colour:
        """Which neon: the accent nearest in hue; what has no hue takes the picture's own light."""
        accents = self.palette.accents
        if colour.chroma < 0.045:
            return accents[(self.palette.key + 1) % len(accents)].at(0.74)
        nearest = min(accents, key=lambda accent: (accent.a - colour.a) ** 2 + (accent.b - colour.b) ** 2)
        return nearest.vivid(1.15).at(max(nearest.l, 0.7))

    def _tube(self, canvas: skia.Canvas, path: skia.Path, colour: Colour, width: float, strength: float) -> None:
        unit = self.frame.unit
        halo = self.pen(colour, width * 2.6 * unit, 0.5 * strength)
        blur = max(self.look.lines.double_glow * unit * (0.25 + width * 0.11), 1)
        halo.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
        halo.setBlendMode(skia.BlendMode.kScreen)
        canvas.drawPath(path, halo)
        canvas.drawPath(path, self.pen(colour, width * unit, strength))
        if width > 2.5:
            canvas.drawPath(path, self.pen(colour.mix(WHITE, 0.75), width * 0.35 * unit, 0.9 * strength))

    def stroke(self, canvas: skia.Canvas, path: skia.Path, fill: Fill, width: float) -> None:
        size = min(width / self.frame.unit, 9)
        self._tube(canvas, path, self._lamp(fill.colour), max(size * 0.7, 1.2), (1 - fill.depth * 0.7) * fill.alpha)
