"""Paper-cut: sheets of coloured card, each casting a soft shadow on the one behind."""

from __future__ import annotations

import skia

from pipeline.pictures.canvas import textures
from pipeline.pictures.canvas.colour import WHITE, Colour
from pipeline.pictures.canvas.media.base import Fill, Medium


class CardStock(Medium):
    blooms = False

    def sky(self, canvas: skia.Canvas, top: Colour, middle: Colour, low: Colour, horizon: float) -> None:
        """Rings of card, darker towards the edge, opening on the light."""
        frame, sheets = self.frame, 5
        canvas.drawColor(top.argb())
        x, y = frame.light
        reach = frame.width * 0.62
        for sheet in range(sheets):
            share = (sheet + 1) / sheets
            colour = top.mix(middle, min(share * 2, 1)).mix(low, max(share * 2 - 1, 0))
            radius = reach * (1.15 - share)
            disc = skia.Path()
            disc.addCircle(x, y, radius)
            self._sheet(canvas, disc, colour, 16 * frame.unit, 0.5, inner=True)

    def calm(self, canvas: skia.Canvas, top: Colour, low: Colour) -> None:
        """One sheet, without rings."""
        Medium.sky(self, canvas, top, top.mix(low, 0.5), low, self.frame.height)

    def fill(self, canvas: skia.Canvas, path: skia.Path, fill: Fill) -> None:
        colour = self.hazed(fill.colour, fill.depth)
        if fill.form in ("glass", "light") or fill.alpha < 1 or not self._is_big(path):
            canvas.drawPath(path, skia.Paint(Color=colour.argb(fill.alpha), AntiAlias=True))
            return
        bounds = path.getBounds()
        size = min(bounds.width(), bounds.height())
        lift = self.look.light.shadow_offset * self.frame.unit * (1.9 if fill.form == "land" else 1)
        self._sheet(canvas, path, colour, min(lift, size * 0.09 + 1), self.look.light.shadow_opacity)

    def _sheet(
        self, canvas: skia.Canvas, path: skia.Path, colour: Colour, lift: float, darkness: float, inner: bool = False
    ) -> None:
        bounds = path.getBounds()
        dx, dy = self.frame.towards_light(bounds.centerX(), bounds.centerY())
        if inner:
            dx, dy = 0.35, 0.6
        shade = self.palette.deep.at(0.08).argb(darkness)
        for reach, blur, share in ((0.35, 0.5, 1.0), (1.3, 1.6, 0.75)):
            cast = skia.Path(path)
            cast.offset(-dx * lift * reach, (abs(dy) * 0.4 + 0.5) * lift * reach)
            mask = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, max(lift * blur, 0.6))
            paint = skia.Paint(Color=shade, Alphaf=darkness * share, AntiAlias=True, MaskFilter=mask)
            canvas.drawPath(cast, paint)
        canvas.drawPath(path, skia.Paint(Shader=self._lit(path, colour, 1), AntiAlias=True))
        self._edge(canvas, path, colour, max(lift * 0.13, 0.7))

    def _edge(self, canvas: skia.Canvas, path: skia.Path, colour: Colour, width: float) -> None:
        """The cut shows the core of the card where light meets it."""
        canvas.save()
        canvas.clipPath(path, True)
        self._crescent(canvas, path, (width, width * 1.4), colour.mix(WHITE, 0.5).argb(0.55), 0)
        canvas.restore()

    def glow(self, canvas: skia.Canvas, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
        """Paper does not glow: a ring or two of lighter card stands for it."""
        if radius < 60 * self.frame.unit or strength < 0.3:
            return
        for share in (0.5, 0.36):
            canvas.drawCircle(x, y, radius * share, skia.Paint(Color=colour.argb(0.16), AntiAlias=True))

    def finish(self, canvas: skia.Canvas) -> None:
        self._vignette(canvas, self.look.light.vignette)
        scale = max(self.look.texture_scale * self.frame.unit, 0.5)
        shader = textures.tile("paper", scale, self.frame.seed % 3)
        strength = 0.3 + 0.7 * self.look.texture_strength
        canvas.drawPaint(skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kSoftLight, Alphaf=strength))
