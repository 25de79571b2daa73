"""The creator's own pictures and clips: checked by content, placed by name or else in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.errors import PictureError
from pipeline.pictures import reading
from pipeline.pictures.canvas.lexicon import stems
from pipeline.pictures.encoded import MIMES
from pipeline.pictures.models import Painted, Shot, Style

MOST_PIXELS = 120_000_000
CLIP_MIMES = {"mov,mp4,m4a,3gp,3g2,mj2": "video/mp4", "matroska,webm": "video/webm"}
_LEADING = re.compile(r"^(?:s|scene|section|part)?[ _-]*0*(\d{1,3})(?=\D|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Upload:
    """A file that can be shown."""

    path: Path
    mime: str
    kind: Literal["picture", "clip"]

    @property
    def number(self) -> int | None:
        """The place that its name gives: 3 in 03-castle.jpg."""
        match = _LEADING.match(self.path.stem)
        return int(match[1]) if match else None

    @property
    def words(self) -> frozenset[str]:
        name = re.sub(r"[_\-.\d]+", " ", self.path.stem)
        return frozenset(stem for word, stem in zip(name.split(), stems(name), strict=False) if len(word) > 2)


def read(paths: Sequence[str | Path]) -> tuple[Upload, ...]:
    """Every file, opened and looked at; a PictureError names the first that cannot be shown."""
    return tuple(_look(Path(path)) for path in paths)


def place(uploads: Sequence[Upload], shots: Sequence[Shot]) -> dict[str, Upload]:
    """Shot id to upload: numbers in names first, then words in names, then the order they came in.

    Illustrations are replaced before cards, because a card carries words of its own. Each upload is used once.
    """
    placed: dict[str, Upload] = {}
    sections = list(dict.fromkeys(shot.section_id for shot in shots))
    waiting = list(uploads)
    for upload in list(waiting):
        number = upload.number
        if number is not None and 1 <= number <= len(sections):
            inside = [shot for shot in shots if shot.section_id == sections[number - 1]]
            if _put(placed, upload, inside):
                waiting.remove(upload)
    for upload in list(waiting):
        called = sorted(shots, key=lambda shot: -_kinship(upload, shot))
        if _kinship(upload, called[0]) and _put(placed, upload, [s for s in called if _kinship(upload, s)]):
            waiting.remove(upload)
    for upload in waiting:
        _put(placed, upload, shots)
    return placed


class UploadsPainter:
    """Gives back the creator's own file for the shots that have one."""

    name = "uploads"
    paid = False

    def expected_cents(self, pictures: float) -> float:
        return 0.0

    def __init__(self, placed: dict[str, Upload]) -> None:
        self._placed = placed

    def has(self, shot: Shot) -> bool:
        return shot.id in self._placed

    def paint(self, shot: Shot, style: Style, *, idempotency_key: str = "", reference: bytes | None = None) -> Painted:
        upload = self._placed.get(shot.id)
        if upload is None:
            raise PictureError("No picture was uploaded for this place.", where=shot.id)
        return Painted(upload.path.read_bytes(), upload.mime, self.name, prompt=upload.path.name)


def _put(placed: dict[str, Upload], upload: Upload, shots: Sequence[Shot]) -> bool:
    free = [shot for shot in shots if shot.id not in placed]
    chosen = next((shot for shot in free if shot.kind == "illustration"), free[0] if free else None)
    if chosen is not None:
        placed[chosen.id] = upload
    return chosen is not None


def _kinship(upload: Upload, shot: Shot) -> int:
    text = f"{shot.instruction} {shot.heading} {' '.join(reading.keywords(shot.narration, 20))}"
    return len(upload.words & set(stems(text)))


def _look(path: Path) -> Upload:
    if not path.is_file():
        raise PictureError("There is no such file.", where=path.name)
    if path.stat().st_size == 0:
        raise PictureError("The file is empty. Upload it again.", where=path.name)
    mime = _picture_mime(path)
    if mime:
        return Upload(path, mime, "picture")
    return Upload(path, _clip_mime(path), "clip")


def _picture_mime(path: Path) -> str:
    """The kind of a picture that can be read to its end; empty if it is none."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as image:
            if getattr(image, "is_animated", False) and image.format != "MPO":
                return ""
            if image.width * image.height > MOST_PIXELS:
                raise PictureError("It has too many pixels. Make it smaller than 120 megapixels.", where=path.name)
            image.load()
            return MIMES.get(image.format or "", "image/" + (image.format or "unknown").lower())
    except UnidentifiedImageError:
        return ""
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureError("The file is damaged. Save it again and upload it once more.", where=path.name) from error


def _clip_mime(path: Path) -> str:
    import av

    try:
        with av.open(str(path)) as container:
            stream = next(iter(container.streams.video), None)
            if stream is not None and next(container.decode(stream), None) is not None:
                return CLIP_MIMES.get(container.format.name, "video/x-" + container.format.name.split(",")[0])
    except (av.error.FFmpegError, StopIteration) as error:
        raise PictureError("This is neither a picture nor a clip that can be read.", where=path.name) from error
    raise PictureError("There are no pictures in it.", where=path.name)
