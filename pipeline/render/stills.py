"""Pictures from files: opened, turned upright, brought to sRGB and to the size of a plate."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageFilter, ImageOps, UnidentifiedImageError

from pipeline.errors import AssetError
from pipeline.timeline.models import Point

_SIXTEEN_BIT = {"I", "I;16", "I;16L", "I;16B", "I;16N"}


def is_still(path: Path) -> bool:
    """Whether a file holds one picture (an animation counts as a clip)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                return not getattr(image, "is_animated", False)
    except Image.DecompressionBombError:
        return True
    except (UnidentifiedImageError, OSError):
        return False


def plate(
    path: Path, width: int, height: int, *, focus: Point, fit: Literal["cover", "contain"], background: str, where: str
) -> NDArray[np.uint8]:
    """The picture at exactly width x height: (height, width, 3) RGB."""
    with _opened(path, where) as image:
        picture = _upright_rgb(image, (width, height), background)
    if fit == "contain" and abs(picture.width * height - picture.height * width) > picture.width * height * 0.02:
        picture = _contained(picture, width, height)
    else:
        picture = _covering(picture, width, height, focus)
    return np.asarray(picture)


def check(path: Path, where: str) -> None:
    """Raise an AssetError if a file is not a picture that can be drawn; damage further inside shows when it is."""
    with _opened(path, where) as image:
        image.verify()


@contextmanager
def _opened(path: Path, where: str) -> Iterator[Image.Image]:
    try:
        if path.stat().st_size == 0:
            raise AssetError(f"{path.name} is empty. Upload it again.", where=where)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                yield image
    except FileNotFoundError as error:
        raise AssetError(f"There is no file {path}.", where=where) from error
    except Image.DecompressionBombError as error:
        sentence = f"{path.name} has more than 175 megapixels. Save it smaller and use that."
        raise AssetError(sentence, where=where) from error
    except UnidentifiedImageError as error:
        raise AssetError(f"{path.name} is not a picture that can be read.", where=where) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise AssetError(f"{path.name} is damaged or cut off: {error}.", where=where) from error


def _upright_rgb(image: Image.Image, wanted: tuple[int, int], background: str) -> Image.Image:
    # A huge JPEG is decoded at a fraction of its size where that still covers what is wanted.
    image.draft("RGB", (wanted[0] * 2, wanted[1] * 2))
    profile = image.info.get("icc_profile")
    # In place: a copy of a large picture is the most memory that rendering takes.
    ImageOps.exif_transpose(image, in_place=True)
    upright: Image.Image = image
    if upright.mode in _SIXTEEN_BIT:
        upright = _eight_bits(upright)
    if "A" in upright.getbands() or "transparency" in upright.info:
        return _over(upright.convert("RGBA"), background)
    return _to_srgb(upright, profile)


def _eight_bits(image: Image.Image) -> Image.Image:
    values = np.asarray(image).astype(np.float64)
    top = 65535.0 if values.max(initial=0) > 255 else 255.0
    return Image.fromarray(np.clip(values * (255 / top), 0, 255).astype(np.uint8))


def _over(image: Image.Image, background: str) -> Image.Image:
    canvas = Image.new("RGBA", image.size, background)
    canvas.alpha_composite(image)
    return canvas.convert("RGB")


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            converted = None  # a broken profile: the plain conversion is what every viewer falls back to
        if converted is not None:
            return converted
    return image if image.mode == "RGB" else image.convert("RGB")


def _covering(picture: Image.Image, width: int, height: int, focus: Point) -> Image.Image:
    """Cut to the frame's shape around the focus, then scale."""
    scale = max(width / picture.width, height / picture.height)
    w, h = min(width / scale, picture.width), min(height / scale, picture.height)
    x = min(max(focus.x * picture.width - w / 2, 0), picture.width - w)
    y = min(max(focus.y * picture.height - h / 2, 0), picture.height - h)
    return picture.resize((width, height), Image.Resampling.LANCZOS, box=(x, y, x + w, y + h), reducing_gap=3.0)


def _contained(picture: Image.Image, width: int, height: int) -> Image.Image:
    canvas = backdrop(picture, width, height)
    scale = min(width / picture.width, height / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    front = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    canvas.paste(front, ((width - size[0]) // 2, (height - size[1]) // 2))
    return canvas


def backdrop(picture: Image.Image, width: int, height: int) -> Image.Image:
    """What lies behind a picture that does not fill the frame: itself, enlarged, blurred and darkened."""
    small = _covering(picture, max(2, width // 8), max(2, height // 8), Point())
    blurred = small.filter(ImageFilter.GaussianBlur(max(2, width // 160))).point(lambda value: int(value * 0.45))
    return blurred.resize((width, height), Image.Resampling.BICUBIC)
