"""Drawn by hand: pen with hatching on paper, white lines of a blueprint, chalk on a board."""

from __future__ import annotations

from random import Random

import skia

from pipeline.pictures.canvas import textures
from pipeline.pictures.canvas.colour import WHITE, Colour
from pipeline.pictures.canvas.media.base import Fill, Ground, Medium
from pipeline.pictures.canvas.shapes import polygon


class PenAndInk(Medium):
    """Wobbling outlines, hatching for the shadows, a wash of colour that strays."""

    ground: Ground = "light"
    hours: tuple[str, ...] = ("day",)
    blooms = False
    hatch_angle = -48.0
    corner = 9.0

    def sky(self, canvas: skia.Canvas, top: Colour, middle: Colour, low: Colour, horizon: float) -> None:
        canvas.drawColor(self.palette.background.argb())
        glow = self.palette.accent(self.palette.key)
        shader = skia.GradientShader.MakeLinear([(0, 0), (0, horizon)], [glow.argb(0.36), glow.argb(0.0)])
        canvas.drawPaint(skia.Paint(Shader=shader))
        self._cloud_strokes(canvas, horizon)

    def _cloud_strokes(self, canvas: skia.Canvas, horizon: float) -> None:
        """Loose level strokes where the sky is darkest."""
        rng, unit, frame = Random(self.frame.seed), self.frame.unit, self.frame
        for _ in range(22):
            x, y = rng.uniform(0, frame.width), horizon * rng.uniform(0.02, 0.4) ** 1.1
            stroke = skia.Path()
            stroke.moveTo(x, y)
            stroke.quadTo(x + 90 * unit, y - rng.uniform(-9, 9) * unit, x + rng.uniform(120, 420) * unit, y)
            canvas.drawPath(stroke, self.pen(self.palette.text, rng.uniform(1.2, 2.6) * unit, 0.3))

    def fill(self, canvas: skia.Canvas, path: skia.Path, fill: Fill) -> None:
        colour = self.hazed(fill.colour, fill.depth * 0.8)
        if fill.form == "glass" or fill.alpha < 0.9:
            canvas.drawPath(path, skia.Paint(Color=colour.argb(fill.alpha * 0.4), AntiAlias=True))
            return
        self._wash(canvas, path, colour, fill)
        if fill.form in ("form", "land"):
            self._shade(canvas, path, colour, fill)
        self._outline(canvas, path, self.line_colour(fill), self._width(path, fill))

    def _wash(self, canvas: skia.Canvas, path: skia.Path, colour: Colour, fill: Fill) -> None:
        canvas.drawPath(path, skia.Paint(Color=self.palette.background.argb(), AntiAlias=True))
        near = max(1 - fill.depth * 1.5, 0.0) if fill.form != "land" else max(0.45 - fill.depth * 0.4, 0.06)
        tint = self._ink_wash(colour).argb(min(self.look.fill_opacity * 1.35, 1) * near)
        stray = self.look.fill_offset * self.frame.unit * 0.8
        canvas.save()
        canvas.clipPath(path, True)
        moved = skia.Path(path)
        if self._is_big(path):
            moved.offset(stray, -stray * 0.6)
        canvas.drawPath(moved, skia.Paint(Color=tint, AntiAlias=True))
        canvas.restore()

    def _ink_wash(self, colour: Colour) -> Colour:
        """Few bottles: what has a hue takes the nearest accent's, the rest a grey wash."""
        if colour.chroma < 0.035:
            return colour.at(max(colour.l, 0.45))
        nearest = min(self.palette.accents, key=lambda accent: (accent.a - colour.a) ** 2 + (accent.b - colour.b) ** 2)
        return colour.mix(nearest, 0.6).vivid(1.35).at(max(0.5 * colour.l + 0.32, 0.5))

    def _shade(self, canvas: skia.Canvas, path: skia.Path, colour: Colour, fill: Fill) -> None:
        if not self._is_big(path):
            return
        canvas.save()
        canvas.clipPath(path, True)
        darkness = 1 - colour.l
        if darkness > 0.3:
            self._hatched(canvas, None, min(0.25 + darkness * 0.5, 0.8) * (1 - fill.depth * 0.6), 9, 0)
        bounds = path.getBounds()
        dx, dy = self.frame.towards_light(bounds.centerX(), bounds.centerY())
        size = min(bounds.width(), bounds.height())
        shadow = skia.Path(path)
        shadow.offset(dx * size * 0.26, dy * size * 0.26)
        canvas.clipPath(shadow, skia.ClipOp.kDifference, True)
        self._hatched(canvas, None, 0.75 * (1 - fill.depth * 0.6), 7, 90 if darkness > 0.55 else 8)
        canvas.restore()

    def _hatched(self, canvas: skia.Canvas, path: skia.Path | None, alpha: float, spacing: int, turn: float) -> None:
        shader = textures.mask(
            "hatch", self.palette.text.argb(), max(self.frame.unit * 1.15, 0.5), spacing, self.hatch_angle + turn
        )
        canvas.drawPaint(skia.Paint(Shader=shader, Alphaf=alpha))

    def line_colour(self, fill: Fill) -> Colour:
        return self.palette.text.mix(self.palette.background, fill.depth * 0.62)

    def _width(self, path: skia.Path, fill: Fill) -> float:
        bounds = path.getBounds()
        size = min(max(bounds.width(), bounds.height()) / (160 * self.frame.unit), 1)
        return self.look.lines.width * self.frame.unit * (0.35 + 0.65 * size) * (1 - 0.5 * fill.depth)

    def _outline(self, canvas: skia.Canvas, path: skia.Path, colour: Colour, width: float) -> None:
        lines = self.look.lines
        for trial in range(lines.passes):
            pen = self.pen(colour, width * (1 if trial == 0 else 0.55), 0.92 if trial == 0 else 0.6)
            if lines.wobble > 0:
                pen.setPathEffect(self._wobble(trial))
            canvas.drawPath(path, pen)

    def _wobble(self, trial: int) -> skia.PathEffect:
        unit = self.frame.unit
        stray = self.look.lines.wobble * unit * (0.8 if trial == 0 else 1.3)
        rough = skia.DiscretePathEffect.Make(34 * unit, stray, self.frame.seed % 1000 + trial)
        return skia.PathEffect.MakeCompose(skia.CornerPathEffect.Make(self.corner * unit), rough)

    def stroke(self, canvas: skia.Canvas, path: skia.Path, fill: Fill, width: float) -> None:
        width = min(width, self.look.lines.width * 2.2 * self.frame.unit)
        self._outline(canvas, path, self.line_colour(fill).mix(self.hazed(fill.colour, fill.depth), 0.35), width)

    def glow(self, canvas: skia.Canvas, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
        """Short rays round the light."""

    def shadow(self, canvas: skia.Canvas, path: skia.Path, strength: float) -> None:
        canvas.save()
        canvas.clipPath(path, True)
        self._hatched(canvas, None, 0.7, 8, -40)
        canvas.restore()

    def finish(self, canvas: skia.Canvas) -> None:
        self._vignette(canvas, self.look.light.vignette)
        shader = textures.tile("paper", max(self.look.texture_scale * self.frame.unit, 0.5), self.frame.seed % 3)
        canvas.drawPaint(skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kSoftLight, Alphaf=0.6))


class Blueprint(PenAndInk):
    """Thin white lines on blue, a grid, nothing modelled."""

    ground = "dark"
    hours = ("night",)
    hatch_angle = -45.0

    def sky(self, canvas: skia.Canvas, top: Colour, middle: Colour, low: Colour, horizon: float) -> None:
        background, frame = self.palette.background, self.frame
        shader = skia.GradientShader.MakeRadial(
            (frame.width * 0.5, frame.height * 0.42), frame.width * 0.7,
            [background.lighter(0.07).argb(), background.lighter(-0.04).argb()],
        )  # fmt: skip
        canvas.drawPaint(skia.Paint(Shader=shader, Dither=True))
        self._grid(canvas, 24 * frame.unit, 0.07, 0.8)
        self._grid(canvas, 120 * frame.unit, 0.16, 1.2)

    def _grid(self, canvas: skia.Canvas, step: float, alpha: float, width: float) -> None:
        path, frame = skia.Path(), self.frame
        for i in range(int(frame.width / step) + 1):
            path.addPoly([skia.Point(i * step, 0), skia.Point(i * step, frame.height)], False)
        for i in range(int(frame.height / step) + 1):
            path.addPoly([skia.Point(0, i * step), skia.Point(frame.width, i * step)], False)
        canvas.drawPath(path, self.pen(self.palette.text, width * frame.unit, alpha))

    def _width(self, path: skia.Path, fill: Fill) -> float:
        return super()._width(path, fill) * 1.4

    def _wash(self, canvas: skia.Canvas, path: skia.Path, colour: Colour, fill: Fill) -> None:
        ground = self.palette.background.mix(self.palette.surface, 0.25 + 0.6 * colour.l)
        canvas.drawPath(path, skia.Paint(Color=ground.argb(0.93 if fill.form != "land" else 0.8), AntiAlias=True))
        if fill.form != "land" and fill.depth < 0.5:
            tint = self.palette.accent(0 if colour.chroma > 0.05 else 1).argb(
                (0.08 + 0.3 * colour.l) * (1 - fill.depth)
            )
            canvas.drawPath(path, skia.Paint(Color=tint, AntiAlias=True))

    def _shade(self, canvas: skia.Canvas, path: skia.Path, colour: Colour, fill: Fill) -> None:
        if colour.l < 0.5 and fill.form != "land" and self._is_big(path):
            canvas.save()
            canvas.clipPath(path, True)
            self._hatched(canvas, None, 0.32 * (1 - fill.depth), 12, 0)
            canvas.restore()

    def finish(self, canvas: skia.Canvas) -> None:
        self._sheet_border(canvas)
        self._vignette(canvas, self.look.light.vignette)
        shader = textures.tile("paper", max(1.4 * self.frame.unit, 0.5), 1)
        canvas.drawPaint(skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kSoftLight, Alphaf=0.35))

    def _sheet_border(self, canvas: skia.Canvas) -> None:
        """Register crosses, as on a drawing sheet, where the camera may see them."""
        frame, arm = self.frame, 14 * self.frame.unit
        path = skia.Path()
        for x in (0.12, 0.5, 0.88):
            for y in (0.1, 0.9):
                px, py = frame.width * x, frame.height * y
                path.addPoly([skia.Point(px - arm, py), skia.Point(px + arm, py)], False)
                path.addPoly([skia.Point(px, py - arm), skia.Point(px, py + arm)], False)
        canvas.drawPath(path, self.pen(self.palette.text, 1.6 * frame.unit, 0.5))


class Chalk(PenAndInk):
    """Dusty strokes on a board that was wiped before."""

    ground = "dark"
    hours = ("night",)
    hatch_angle = -35.0

    def sky(self, canvas: skia.Canvas, top: Colour, middle: Colour, low: Colour, horizon: float) -> None:
        background, frame = self.palette.background, self.frame
        canvas.drawColor(background.argb())
        smears = textures.mask("mist", background.mix(WHITE, 0.5).argb(), 4.2 * frame.unit, 1, -14)
        canvas.drawPaint(skia.Paint(Shader=smears, Alphaf=0.13))
        dust = textures.mask("chalk", WHITE.argb(), 2.4 * frame.unit, 0, -20)
        canvas.drawPaint(skia.Paint(Shader=dust, Alphaf=0.035))

    def _width(self, path: skia.Path, fill: Fill) -> float:
        return super()._width(path, fill) * 1.2

    def _wash(self, canvas: skia.Canvas, path: skia.Path, colour: Colour, fill: Fill) -> None:
        canvas.drawPath(path, skia.Paint(Color=self.palette.background.argb(0.92), AntiAlias=True))
        rubbed = self._ink_wash(colour).mix(WHITE, 0.2).at(max(colour.l, 0.7))
        strength = self.look.fill_opacity * (0.6 + 1.9 * colour.l) * max(1 - fill.depth * 1.3, 0.12)
        if fill.form == "land":
            strength *= 0.35
        canvas.drawPath(path, skia.Paint(Color=rubbed.argb(min(strength, 0.85)), AntiAlias=True))

    def _shade(self, canvas: skia.Canvas, path: skia.Path, colour: Colour, fill: Fill) -> None:
        return

    def line_colour(self, fill: Fill) -> Colour:
        chalk = fill.colour.mix(WHITE, 0.4).at(max(fill.colour.l, 0.86))
        return chalk.mix(self.palette.background, fill.depth * 0.7)

    def _outline(self, canvas: skia.Canvas, path: skia.Path, colour: Colour, width: float) -> None:
        for trial in range(self.look.lines.passes):
            pen = self.pen(colour, width * (1.0 if trial == 0 else 0.7), 0.95 if trial == 0 else 0.6)
            pen.setPathEffect(self._wobble(trial))
            canvas.drawPath(path, pen)

    def shadow(self, canvas: skia.Canvas, path: skia.Path, strength: float) -> None:
        bounds = path.getBounds()
        line = polygon([(bounds.left(), bounds.centerY()), (bounds.right(), bounds.centerY())], closed=False)
        self._outline(canvas, line, self.palette.text.mix(self.palette.background, 0.5), 3 * self.frame.unit)

    def finish(self, canvas: skia.Canvas) -> None:
        """The board shows through wherever the chalk did not take."""
        board = self.palette.background
        bare = textures.mask("bare", board.argb(), max(0.8 * self.frame.unit, 0.4), 0, -35)
        canvas.drawPaint(skia.Paint(Shader=bare, Alphaf=min(0.1 + self.look.texture_strength * 0.55, 0.9)))
        self._vignette(canvas, self.look.light.vignette)
