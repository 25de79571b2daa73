"""A screen for the tests of what is drawn over pictures: films to draw, and sprites blended the plain way."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pipeline.render.film_layers import segment_layers
from pipeline.render.layout import Box
from pipeline.timeline.models import Timeline

WORDS = "If you've been waiting to start until you feel ready, you've already lost."
SIZES = {"wide": (640, 360), "tall": (360, 640), "square": (360, 360)}


def caption(text, start_ms=0, end_ms=4000, words=()):
    timed = [{"text": w, "startMs": a, "endMs": b} for w, a, b in words]
    return {"startMs": start_ms, "endMs": end_ms, "text": text, "words": timed}


def spoken(text, start_ms=0, each_ms=300):
    """A caption whose words follow each other without a pause."""
    words = text.split()
    times = [(w, start_ms + i * each_ms, start_ms + (i + 1) * each_ms) for i, w in enumerate(words)]
    return caption(text, start_ms, start_ms + each_ms * len(words), times)


def segment(name="s2", start=0, end=300, **parts):
    return {"id": name, "startFrame": start, "endFrame": end, "visuals": [{"path": "a.png"}], **parts}


def film(*segments, size="wide", **parts):
    width, height = SIZES[size] if isinstance(size, str) else size
    given = {"version": 1, "title": "", "width": width, "height": height, "pack": "documentary-slideshow", **parts}
    return Timeline.model_validate({**given, "segments": list(segments) or [segment()]})


def sprites(timeline, frame, index=0, base=Path()):
    return [sprite for layer in segment_layers(timeline, index, base) for sprite in layer(frame)]


def blended(shown, size, level):
    """The sprites over a picture of one grey, as (H, W, 3) floats."""
    width, height = size
    picture = np.full((height, width, 3), float(level))
    for sprite in shown:
        pixels = sprite.picture.pixels
        box = box_of(sprite)
        left, top = max(box.left, 0), max(box.top, 0)
        right, bottom = min(box.right, width), min(box.bottom, height)
        if right <= left or bottom <= top:
            continue
        part = pixels[top - box.top : bottom - box.top, left - box.left : right - box.left].astype(float)
        alpha = part[..., 3:] / 255 * sprite.opacity
        below = picture[top:bottom, left:right]
        picture[top:bottom, left:right] = below * (1 - alpha) + part[..., :3] * alpha
    return picture


def box_of(sprite):
    height, width = sprite.picture.pixels.shape[:2]
    return Box(sprite.x, sprite.y, sprite.x + width, sprite.y + height)


def inside(inner, outer):
    across = outer.left <= inner.left and inner.right <= outer.right
    return across and outer.top <= inner.top and inner.bottom <= outer.bottom


def touch(one, other):
    apart = one.right <= other.left or other.right <= one.left
    return not (apart or one.bottom <= other.top or other.bottom <= one.top)


def ink_box(sprite, least_alpha=128):
    """The box of what is really seen of a sprite."""
    alpha = sprite.picture.pixels[..., 3]
    rows, columns = (
        np.flatnonzero((alpha >= least_alpha).any(axis=1)),
        np.flatnonzero((alpha >= least_alpha).any(axis=0)),
    )
    return Box(
        sprite.x + int(columns[0]),
        sprite.y + int(rows[0]),
        sprite.x + int(columns[-1]) + 1,
        sprite.y + int(rows[-1]) + 1,
    )


def luminance(picture):
    part = picture / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def readable_share(shown, size, colour):
    """The share of letters' edges, over white and over black, that have a contrast of 4.5 within three pixels.

    Letters are what has the colour whatever lies below.
    """
    white, black = blended(shown, size, 255), blended(shown, size, 0)
    wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], float)
    letters = (np.abs(white - wanted).max(axis=2) < 12) & (np.abs(black - wanted).max(axis=2) < 12)
    assert letters.sum() > 12, "no letters of that colour are seen"
    return min(_edge_share(luminance(picture), letters) for picture in (white, black))


def _edge_share(light, letters):
    inner = _eroded(letters)
    edges = letters & ~inner
    darkest, lightest = _neighbourhood(light, np.minimum), _neighbourhood(light, np.maximum)
    contrast = np.maximum((light + 0.05) / (darkest + 0.05), (lightest + 0.05) / (light + 0.05))
    return float((contrast[edges] >= 4.5).mean())


def _eroded(mask):
    padded = np.pad(mask, 1)
    return mask & padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]


def _neighbourhood(light, pick, reach=3):
    padded, found = np.pad(light, reach, mode="edge"), light
    height, width = light.shape
    for down in range(2 * reach + 1):
        for across in range(2 * reach + 1):
            found = pick(found, padded[down : down + height, across : across + width])
    return found
