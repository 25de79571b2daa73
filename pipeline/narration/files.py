"""A narration as one file: a WAV that anything plays, with its words in a chunk of their own."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.errors import AssetError
from pipeline.narration.models import Narration
from pipeline.timeline.models import Word

CHUNK = b"cnar"
VERSION = 1


def to_bytes(narration: Narration) -> bytes:
    """16-bit mono; the same narration gives the same bytes."""
    pcm = np.round(np.clip(narration.samples, -1, 1) * 32767).astype("<i2").tobytes()
    rate = narration.sample_rate
    body = b"WAVE" + _chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, rate, 2 * rate, 2, 16))
    body += _chunk(b"data", pcm) + _chunk(CHUNK, json.dumps(_about(narration), ensure_ascii=False).encode())
    return b"RIFF" + struct.pack("<I", len(body)) + body


def from_bytes(raw: bytes, *, where: str = "narration") -> Narration:
    """Raises AssetError for anything that to_bytes did not write."""
    try:
        chunks = dict(_chunks(raw))
        _, channels, rate, _, _, bits = struct.unpack("<HHIIHH", chunks[b"fmt "][:16])
        about = json.loads(chunks[CHUNK])
        if (channels, bits) != (1, 16) or about["version"] != VERSION:
            raise ValueError("not a narration of this version")
        samples = np.frombuffer(chunks[b"data"], dtype="<i2").astype(np.float32) / np.float32(32767)
        return _narration(samples, rate, about)
    except (KeyError, ValueError, TypeError, struct.error) as error:
        raise AssetError("The narration's file is damaged: make it again.", where=where) from error


def write(narration: Narration, path: Path) -> None:
    path.write_bytes(to_bytes(narration))


def read(path: Path) -> Narration:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise AssetError(f"The narration cannot be read: {error.strerror}.", where=str(path)) from error
    return from_bytes(raw, where=str(path))


def _about(narration: Narration) -> dict[str, Any]:
    return {
        "version": VERSION,
        "section": narration.section_id,
        "timing": narration.timing,
        "engine": narration.engine,
        "notes": list(narration.notes),
        "words": [[word.text, word.start_ms, word.end_ms] for word in narration.words],
    }


def _narration(samples: np.ndarray, rate: int, about: dict[str, Any]) -> Narration:
    words = tuple(Word(text=text, start_ms=start, end_ms=end) for text, start, end in about["words"])
    return Narration(about["section"], samples, rate, words, about["timing"], about["engine"], tuple(about["notes"]))


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    if raw[:4] != b"RIFF" or raw[8:12] != b"WAVE" or struct.unpack("<I", raw[4:8])[0] != len(raw) - 8:
        raise ValueError("not a whole WAV file")
    position = 12
    while position + 8 <= len(raw):
        name, length = raw[position : position + 4], struct.unpack("<I", raw[position + 4 : position + 8])[0]
        yield name, raw[position + 8 : position + 8 + length]
        position += 8 + length + length % 2
