"""Media that change the finished picture: a risograph's inks and dots, the wet edges of watercolour."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from pipeline.pictures.canvas import textures
from pipeline.pictures.canvas.colour import WHITE, Colour
from pipeline.pictures.canvas.media.base import Fill, Medium, Pixels

Bytes = NDArray[np.uint8]
STRENGTH = 1.3
"""How much more ink a print carries than the picture asks for: pale tints would vanish between the dots."""


class Risograph(Medium):
    """Three spot inks, each a screen of dots at its own angle, printed slightly out of register."""

    ground = "light"
    hours = ("day", "dusk")
    bend = 0.75
    tint_gain = 2.4

    def fill(self, canvas: skia.Canvas, path: skia.Path, fill: Fill) -> None:
        super().fill(canvas, path, Fill(fill.colour.vivid(1.15), fill.form, fill.depth * 0.8, fill.alpha))

    def finish(self, canvas: skia.Canvas) -> None:
        """The texture is in the print."""

    def develop(self, pixels: Pixels) -> None:
        inks = self._inks()
        table, colours = separation(self.palette.background.rgb(), tuple(ink.rgb() for ink in inks))
        index = (
            (pixels[..., 0] >> 3).astype(np.uint16) << 10
            | (pixels[..., 1] >> 3).astype(np.uint16) << 5
            | (pixels[..., 2] >> 3)
        )
        printed = np.zeros(index.shape, np.uint8)
        for number, angle in enumerate((15, 75, 45)):
            amount = table[number][index]
            shift = round(self.look.fill_offset * self.frame.unit * (number - 1) * 0.55)
            screen = _screen(angle, max(5.2 * self.look.texture_scale * self.frame.unit, 2.5), index.shape)
            printed |= np.roll(amount > screen, (shift, -shift), (0, 1)).astype(np.uint8) << number
        pixels[..., :3] = colours[printed]
        self._wear(pixels)

    def _inks(self) -> list[Colour]:
        first = max(self.palette.accents, key=lambda colour: colour.chroma)
        second = max(self.palette.accents, key=lambda colour: (colour.a - first.a) ** 2 + (colour.b - first.b) ** 2)
        inks = [colour.vivid(1.2).at(min(max(colour.l, 0.58), 0.76)) for colour in (first, second)]
        return [*inks, self.palette.text.mix(first, 0.3).at(0.28)]

    def _wear(self, pixels: Pixels) -> None:
        """Ink that did not take everywhere."""
        bare = np.array(self.palette.background.rgb(), np.uint8)
        side = textures.SIDE
        worn = textures.speckle(6) > 0.93
        height, width = pixels.shape[:2]
        mask = np.tile(worn, (height // side + 1, width // side + 1))[:height, :width]
        pixels[..., :3][mask] = bare


@lru_cache(maxsize=8)
def separation(paper: tuple[int, ...], inks: tuple[tuple[int, ...], ...]) -> tuple[list[Bytes], Bytes]:
    """How much of each ink a colour (5 bits a channel) needs, and the colours of the eight overprints."""
    ground = np.array(paper, np.float64) / 255
    density = np.array([np.clip(np.array(ink, np.float64) / 255, 0.02, 1) for ink in inks])
    density = -np.log(np.minimum(density / ground, 1))
    levels = (np.arange(32) + 0.5) / 32
    wanted = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), -1).reshape(-1, 3)
    wanted = -np.log(np.clip(wanted / ground, 0.02, 1)) * STRENGTH
    amounts = _least_squares(density.T, wanted.T)
    tables = [np.rint(np.clip(amount, 0, 1) * 255).astype(np.uint8) for amount in amounts]
    prints = [np.exp(-sum(density[i] for i in range(3) if mix >> i & 1)) * ground for mix in range(8)]
    return tables, np.rint(np.clip(np.array(prints), 0, 1) * 255).astype(np.uint8)


def _least_squares(inks: NDArray[np.float64], wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Amounts in [0, 1] by projected gradient; small, and made once for a film."""
    step = 1 / np.linalg.norm(inks.T @ inks, 2)
    amounts = np.full((inks.shape[1], wanted.shape[1]), 0.3)
    for _ in range(220):
        amounts = np.clip(amounts - step * (inks.T @ (inks @ amounts - wanted)), 0, 1)
    return amounts


@lru_cache(maxsize=12)
def _screen(degrees: float, pitch: float, shape: tuple[int, ...]) -> Bytes:
    """Thresholds of a halftone: round dots that grow and join."""
    y, x = (np.arange(size, dtype=np.float32) for size in shape)
    turn, wave = math.radians(degrees), math.tau / (pitch * 1.41)
    across = np.cos(((x * math.cos(turn))[None] + (y * math.sin(turn))[:, None]) * wave)
    along = np.cos(((-x * math.sin(turn))[None] + (y * math.cos(turn))[:, None]) * wave)
    # Solid ink stays solid and bare paper bare: dots live between.
    return np.clip(np.rint(128 + (across + along) * 54), 14, 238).astype(np.uint8)


class Watercolour(Medium):
    """Transparent washes with dark wet edges, blooms, and paper left white."""

    ground = "light"
    hours = ("day",)
    blooms = False
    bend = 0.3

    def sky(self, canvas: skia.Canvas, top: Colour, middle: Colour, low: Colour, horizon: float) -> None:
        paper = self.palette.background
        canvas.drawColor(paper.argb())
        wash, glow = top.mix(paper, 0.12), self.palette.glow.mix(paper, 0.35)
        ends = [(0, 0), (0, horizon)]
        colours = [wash.argb(0.95), wash.mix(paper, 0.5).argb(0.7), glow.argb(0.5)]
        canvas.drawPaint(skia.Paint(Shader=skia.GradientShader.MakeLinear(ends, colours, [0.0, 0.6, 1.0])))
        for scale, seed, degrees in ((3.6, 0, 10), (2.1, 2, 140)):
            bloom = textures.mask(
                "mist", paper.argb(), scale * self.frame.unit * 1.4, seed + self.frame.seed % 3, degrees
            )
            canvas.drawPaint(skia.Paint(Shader=bloom, Alphaf=0.62))

    def fill(self, canvas: skia.Canvas, path: skia.Path, fill: Fill) -> None:
        colour = self.hazed(fill.colour.vivid(1.25), fill.depth).mix(self.palette.background, 0.1)
        if fill.alpha < 0.9 or fill.form in ("glass", "light"):
            canvas.drawPath(path, skia.Paint(Color=colour.argb(fill.alpha * 0.7), AntiAlias=True))
            return
        if not self._is_big(path):
            canvas.drawPath(path, skia.Paint(Color=colour.argb(0.95), AntiAlias=True))
            return
        canvas.drawPath(path, skia.Paint(Color=self.palette.background.argb(0.9), AntiAlias=True))
        super().fill(canvas, path, Fill(colour, fill.form if fill.form == "land" else "glass", 0, 0.86))
        bounds = path.getBounds()
        if min(bounds.width(), bounds.height()) > 40 * self.frame.unit:
            self._pigment(canvas, path, colour, fill)

    def _pigment(self, canvas: skia.Canvas, path: skia.Path, colour: Colour, fill: Fill) -> None:
        unit = self.frame.unit
        canvas.save()
        canvas.clipPath(path, True)
        strength = 0.5 * (1 - fill.depth * 0.5)
        dark = colour.lighter(-0.16).vivid(1.2)
        bounds = path.getBounds()
        if min(bounds.width(), bounds.height()) > 130 * unit:
            pool = textures.mask("bloom", dark.argb(), 1.7 * unit, self.frame.seed % 3, 30)
            canvas.drawPaint(skia.Paint(Shader=pool, Alphaf=strength * 0.5))
        lift = textures.mask("mist", self.palette.background.argb(), 1.25 * unit, self.frame.seed % 2, 70)
        canvas.drawPaint(skia.Paint(Shader=lift, Alphaf=strength * 0.75))
        wet = self.pen(dark, 9 * unit, strength * 0.55)
        wet.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 2.4 * unit))
        canvas.drawPath(path, wet)
        canvas.drawPath(path, self.pen(dark.lighter(-0.06), 2.4 * unit, strength * 0.75))
        canvas.restore()

    def glow(self, canvas: skia.Canvas, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
        """Paper left white, with a breath of colour."""
        stops = [WHITE.argb(0.75 * strength), colour.mix(WHITE, 0.5).argb(0.35 * strength), WHITE.argb(0)]
        paint = skia.Paint(Shader=skia.GradientShader.MakeRadial((x, y), max(radius, 1), stops, [0.0, 0.4, 1.0]))
        canvas.drawCircle(x, y, radius, paint)

    def finish(self, canvas: skia.Canvas) -> None:
        """The texture goes on after the edges have bled."""

    def develop(self, pixels: Pixels) -> None:
        height, width = pixels.shape[:2]
        flat = np.ascontiguousarray(pixels).view(np.uint32).reshape(-1)
        moved = flat.take(_bleeding(height, width, 7 * self.frame.unit)).view(np.uint8).reshape(height, width, 4)
        pixels[:] = moved
        canvas = skia.Surface(pixels).getCanvas()
        self._margin(canvas)
        scale = max(self.look.texture_scale * self.frame.unit * 1.2, 0.5)
        for name, alpha in (("paper", 0.75), ("canvas", 0.0)):
            if alpha:
                shader = textures.tile(name, scale, self.frame.seed % 3)
                canvas.drawPaint(skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kSoftLight, Alphaf=alpha))

    def _margin(self, canvas: skia.Canvas) -> None:
        """Washes do not reach the sheet's edge evenly."""
        frame = self.frame
        band = skia.Path()
        band.addRect(skia.Rect.MakeWH(frame.width, frame.height))
        pen = self.pen(self.palette.background, 0.06 * frame.height)
        pen.setPathEffect(skia.DiscretePathEffect.Make(46 * frame.unit, 15 * frame.unit, frame.seed % 97))
        pen.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 5 * frame.unit))
        canvas.drawPath(band, pen)


@lru_cache(maxsize=4)
def _bleeding(height: int, width: int, reach: float) -> NDArray[np.int32]:
    """Where every pixel is taken from: a little off, in a slow random field."""
    side = textures.SIDE
    tiles = (height // side + 1, width // side + 1)
    fields = [
        (textures.cloud(14, 2, seed) - 0.5) * reach * 1.6 + (textures.cloud(80, 1, seed + 1) - 0.5) * reach * 0.35
        for seed in (31, 41)
    ]
    down, across = (np.tile(field, tiles)[:height, :width] for field in fields)
    rows = np.clip(np.arange(height)[:, None] + np.rint(down).astype(np.int32), 0, height - 1)
    columns = np.clip(np.arange(width)[None] + np.rint(across).astype(np.int32), 0, width - 1)
    return (rows * width + columns).astype(np.int32).reshape(-1)
