"""Files that nobody will ask for again: half-written ones, previews of jobs that were lost, Gradio's copies."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

PARTIAL = ".partial-"
PREVIEWS = "previews"


def clear_partials(files: Path, *, older_than_s: float) -> int:
    """What killed processes were writing into the file store's folder."""
    return sum(
        _removed(path) for path in _files(files) if path.name.startswith(PARTIAL) and _age_s(path) > older_than_s
    )


def clear_previews(files: Path, *, older_than_s: float) -> int:
    """Whole jobs' folders, by their newest file: a running job writes a preview every few minutes at least."""
    freed = 0
    for folder in files.glob(f"*/assets/{PREVIEWS}/*"):
        inside = list(_files(folder))
        if inside and min(map(_age_s, inside)) > older_than_s:
            freed += sum(map(_removed, inside))
            _prune(folder)
    return freed


def clear_folder(folder: Path, *, older_than_s: float) -> int:
    """Every file of that age, and the folders that they leave empty."""
    freed = 0
    for path in _files(folder):
        if _age_s(path) > older_than_s:
            freed += _removed(path)
            if path.parent != folder:
                _prune(path.parent)
    return freed


def _files(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            yield Path(parent) / name


def _age_s(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _removed(path: Path) -> int:
    try:
        size = path.stat().st_size
        path.unlink()
    except FileNotFoundError:
        return 0
    return size


def _prune(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:  # not empty, or gone already
        return
