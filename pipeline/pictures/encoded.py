"""Encoded pictures: what they are by their content, never by their name."""

from __future__ import annotations

import io

from pipeline.pictures.errors import PainterUnavailable

# Phones write several pictures into one JPEG file; the first is the one that is meant.
MIMES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def mime_of(data: bytes, *, where: str = "") -> str:
    """The kind of a whole, readable picture; PainterUnavailable if it is none."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as image:
            image.load()
            if image.format in MIMES:
                return MIMES[image.format]
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise PainterUnavailable("The painter sent something that is no picture.", where=where) from error
    raise PainterUnavailable(f"The painter sent a picture of a kind that cannot be used ({image.format}).", where=where)
