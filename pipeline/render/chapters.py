"""Chapter marks in a film's container: by the library where it can, else by the ffmpeg that MoviePy brings along."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from pipeline.errors import RenderError


@dataclass(frozen=True)
class Chapter:
    title: str
    start_frame: int
    end_frame: int


def can_set(container: Any) -> bool:
    """Releases of av before 16 cannot."""
    return hasattr(container, "set_chapters")


def set_on(container: Any, chapters: Sequence[Chapter], fps: int) -> None:
    """Before the first packet is written."""
    container.set_chapters(
        [
            {
                "id": number,
                "start": _ms(chapter.start_frame, fps),
                "end": _ms(chapter.end_frame, fps),
                "time_base": Fraction(1, 1000),
                "metadata": {"title": chapter.title},
            }
            for number, chapter in enumerate(chapters)
        ]
    )


def add_to(film: Path, chapters: Sequence[Chapter], fps: int, *, title: str) -> None:
    """To a finished file, whose packets are copied once more."""
    from imageio_ffmpeg import get_ffmpeg_exe

    marks, marked = film.with_suffix(".ffmeta"), film.with_name(f"marked-{film.name}")
    marks.write_text("\n".join([";FFMETADATA1", f"title={_escaped(title)}", *_lines(chapters, fps)]), encoding="utf-8")
    command = [get_ffmpeg_exe(), "-v", "error", "-y", "-i", film, "-f", "ffmetadata", "-i", marks]
    command += ["-map", "0", "-map_metadata", "1", "-c", "copy", "-fflags", "+bitexact", "-flags", "+bitexact"]
    command += ["-movflags", "+faststart"] if film.suffix == ".mp4" else []
    try:
        done = subprocess.run([*map(str, command), str(marked)], capture_output=True, text=True, check=False)
        if done.returncode:
            raise RenderError(f"The chapters could not be written: {done.stderr.strip()}")
        marked.replace(film)
    finally:
        marks.unlink(missing_ok=True)
        marked.unlink(missing_ok=True)


def _lines(chapters: Sequence[Chapter], fps: int) -> list[str]:
    return [
        line
        for chapter in chapters
        for line in (
            "[CHAPTER]",
            "TIMEBASE=1/1000",
            f"START={_ms(chapter.start_frame, fps)}",
            f"END={_ms(chapter.end_frame, fps)}",
            f"title={_escaped(chapter.title)}",
        )
    ]


def _escaped(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "=;#\\\n" else letter for letter in text)


def _ms(frame: int, fps: int) -> int:
    return round(frame * 1000 / fps)
