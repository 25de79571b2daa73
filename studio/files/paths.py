"""Where a file lies: `<user id>/<shelf>/...`, so that every store and every policy sees its owner first."""

from __future__ import annotations

import re
from enum import StrEnum
from uuid import UUID

from studio.errors import FileMissing, FileRefused

_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*")
_SUFFIX = re.compile(r"(\.[a-z0-9]{1,10})?")
_LONGEST = 900


class Shelf(StrEnum):
    """What a creator brought or a build made on the way, and the finished things."""

    ASSETS = "assets"
    OUTPUTS = "outputs"


def content_path(owner: UUID, shelf: Shelf, sha256: str, suffix: str) -> str:
    """The path of bytes with that hash; equal bytes of one owner share it."""
    if not _SUFFIX.fullmatch(suffix):
        raise FileRefused("A file name ends in a dot and a few letters, such as .mp4.", details={"suffix": suffix})
    return f"{owner}/{shelf}/{sha256[:2]}/{sha256}{suffix}"


def named_path(owner: UUID, shelf: Shelf, name: str) -> str:
    """The path of a file that keeps a name of its own."""
    return checked(f"{owner}/{shelf}/{name}")


def checked(path: str) -> str:
    """The path itself, if it can mean nothing but a file below its owner."""
    parts = path.split("/")
    if len(path) > _LONGEST or len(parts) < 3 or not all(_PART.fullmatch(part) for part in parts):
        raise FileRefused("This is not the path of a file.", details={"path": path[:200]})
    if parts[1] not in set(Shelf):
        raise FileRefused("This is not the path of a file.", details={"path": path})
    return path


def owned(path: str, owner: UUID) -> str:
    """The path itself, if it is that owner's; another's file is as good as none."""
    if not checked(path).startswith(f"{owner}/"):
        raise FileMissing("There is no such file.", details={"path": path})
    return path


def shelf_of(path: str) -> Shelf:
    return Shelf(checked(path).split("/")[1])
