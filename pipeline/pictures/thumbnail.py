"""The film's thumbnail: a few huge words beside or over one strong picture, readable at 120 pixels."""

from __future__ import annotations

import io
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.pictures import reading
from pipeline.pictures.models import Painted, Shot, Style

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDTH, HEIGHT = 1280, 720
MOST_WORDS, MOST_BYTES = 5, 2_000_000
_ARTICLES = frozenset({"a", "an", "the"})


def thumbnail(
    words: str, shot: Shot, style: Style, *, over: bytes | None = None, motifs: tuple[str, ...] = ()
) -> Painted:
    """1280 x 720 with the hook's words. Over a painted picture if one is given, else over the canvas's own."""
    sized = shot.model_copy(
        update={
            "width": WIDTH,
            "height": HEIGHT,
            "kind": "illustration",
            "scale": "close",
            "composition": "right_third",
        }
    )
    pixels = _given(over) if over else _drawn(sized, style, motifs)
    _lettered(pixels, few_words(words), style, Random(f"thumbnail {shot.seed}"))
    return Painted(_encoded(pixels), "image/jpeg", "canvas", prompt=words)


def few_words(text: str) -> str:
    """At most five words: a leading article goes first, then all articles, then other small words, then the end."""
    words = text.strip().rstrip(".!,;:").split()
    for spare in (_ARTICLES, _ARTICLES, reading.STOP):
        if len(words) <= MOST_WORDS:
            break
        words = words[1:] if words[0].lower() in spare else [w for w in words if w.lower() not in spare]
    return " ".join(words[:MOST_WORDS]).rstrip(",;:")


def _drawn(shot: Shot, style: Style, motifs: tuple[str, ...]) -> NDArray[np.uint8]:
    from pipeline.pictures.canvas.painter import paint_pixels

    return paint_pixels(shot, style, motifs=motifs, margin=1.0)


def _given(data: bytes) -> NDArray[np.uint8]:
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as image:
        fitted = ImageOps.fit(image.convert("RGBA"), (WIDTH, HEIGHT))
    return np.array(fitted)


def _lettered(pixels: NDArray[np.uint8], words: str, style: Style, rng: Random) -> None:
    import skia

    from pipeline.pictures.canvas.colour import BLACK, WHITE, legible, parse
    from pipeline.render.text.paragraphs import Type, paint

    canvas = skia.Surface(pixels).getCanvas()
    ground, accents = parse(style.palette[0]), [parse(colour) for colour in style.palette[3:]]
    shade = ground.at(min(ground.l, 0.16))
    _shaded(canvas, shade)
    block = _block(words.upper(), Type(style.heading_font, 190, 900, leading=1.0, tracking=-0.015))
    top = (HEIGHT - block.height) / 2
    bright = legible(max(accents, key=lambda colour: colour.chroma * 2 + colour.l), shade, 7)
    accent_line = rng.randrange(len(block.lines))
    canvas.drawRect(skia.Rect.MakeXYWH(0, top, 18, block.height), skia.Paint(Color=bright.argb()))
    paint(canvas, block, 64, top, stroke=10, colour="#{:02x}{:02x}{:02x}".format(*BLACK.rgb()))
    for index in range(len(block.lines)):
        ink = bright if index == accent_line else WHITE
        _one_line(canvas, block, index, top, ink)


def _one_line(canvas: Any, block: Any, index: int, top: float, ink: Any) -> None:
    from pipeline.render.text.paragraphs import paint_runs

    colour = "#{:02x}{:02x}{:02x}".format(*ink.rgb())
    paint_runs(canvas, ((block.lines[index], colour),), block.type, 64, top + index * block.type.line_height)


def _block(words: str, type_: Any) -> Any:
    """As large as the left two thirds allow, in two to four lines."""
    from pipeline.render.text.breaking import join
    from pipeline.render.text.paragraphs import Block, break_text, measure

    room, size = WIDTH * 0.62, type_.size
    while size > 60:
        tried = replace(type_, size=size)
        widest = max(measure(word, tried) for word in words.split())
        lines = tuple(join(line) for line in break_text(words, tried, room))
        if widest <= room and len(lines) * tried.line_height <= HEIGHT * 0.82 and len(lines) <= 4:
            return Block(lines, tried, "left")
        size -= 6
    return Block((words,), replace(type_, size=60), "left")


def _shaded(canvas: Any, shade: Any) -> None:
    """Dark behind the words, clear over the picture."""
    import skia

    shader = skia.GradientShader.MakeLinear(
        [(0, 0), (WIDTH * 0.78, 0)], [shade.argb(0.94), shade.argb(0.82), shade.argb(0)], [0.0, 0.5, 1.0]
    )
    canvas.drawPaint(skia.Paint(Shader=shader))


def _encoded(pixels: NDArray[np.uint8]) -> bytes:
    """Under the two megabytes that platforms take."""
    from PIL import Image

    image = Image.fromarray(np.ascontiguousarray(pixels[..., :3]))
    for quality in (93, 85, 75, 60):
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality, subsampling=0 if quality > 90 else 2)
        if file.tell() <= MOST_BYTES:
            break
    return file.getvalue()
