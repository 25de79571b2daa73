"""Writes Ogg Opus so that a loop stays a loop.

Opus starts and ends in silence, which would mar the seam. So the encoder is fed the end of the loop before its start
and the start again after its end, and the file says which samples count: every decoder skips the rest (RFC 7845).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame

from presets.music.synth.loop import RATE, Wave

_LEAD = RATE // 10
_FRAME = 960
_PACKETS_A_PAGE = 50
_FIRST, _LAST = 0x02, 0x04
_VENDOR = b"CanvasCast"


def write_opus(path: Path, sound: Wave, *, bit_rate: int, title: str, loop: bool, licence: str) -> None:
    """(2, samples) at 48 kHz. The bytes depend on nothing but the arguments and the encoder."""
    length = sound.shape[1]
    before = sound[:, -_LEAD:] if loop else np.zeros((2, _LEAD))
    spare = -(length + _LEAD) % _FRAME + 2 * _FRAME
    after = sound[:, :spare] if loop else np.zeros((2, spare))
    packets, encoder_delay = _encoded(np.concatenate((before, sound, after), axis=1), bit_rate)
    skip = encoder_delay + _LEAD
    wanted = -(-(skip + length) // _FRAME)
    head = struct.pack("<8sBBHIhB", b"OpusHead", 1, 2, skip, RATE, 0, 0)
    tags = _tags({"TITLE": title, "LICENSE": licence})
    path.write_bytes(b"".join(_pages(head, tags, packets[:wanted], skip + length)))


def _encoded(sound: Wave, bit_rate: int) -> tuple[list[bytes], int]:
    encoder: Any = av.CodecContext.create("libopus", "w")
    encoder.sample_rate, encoder.layout, encoder.format, encoder.bit_rate = RATE, "stereo", "flt", bit_rate
    encoder.time_base = Fraction(1, RATE)
    encoder.options = {"vbr": "constrained", "compression_level": "10", "application": "audio"}
    encoder.open()
    delay = struct.unpack_from("<H", encoder.extradata, 10)[0]
    interleaved = np.ascontiguousarray(sound.T.astype(np.float32)).reshape(1, -1)
    packets: list[bytes] = []
    for first in range(0, sound.shape[1], _FRAME):
        part = np.ascontiguousarray(interleaved[:, 2 * first : 2 * (first + _FRAME)])
        frame = AudioFrame.from_ndarray(part, format="flt", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, first, Fraction(1, RATE)
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    return packets + [bytes(packet) for packet in encoder.encode(None)], delay


def _tags(comments: dict[str, str]) -> bytes:
    lines = [f"{name}={text}".encode() for name, text in comments.items()]
    body = b"".join(struct.pack("<I", len(line)) + line for line in lines)
    return b"OpusTags" + struct.pack("<I", len(_VENDOR)) + _VENDOR + struct.pack("<I", len(lines)) + body


def _pages(head: bytes, tags: bytes, packets: list[bytes], end: int) -> Iterable[bytes]:
    yield _page(0, _FIRST, 0, [head])
    yield _page(1, 0, 0, [tags])
    groups = [packets[first : first + _PACKETS_A_PAGE] for first in range(0, len(packets), _PACKETS_A_PAGE)]
    done = 0
    for number, group in enumerate(groups):
        done += len(group) * _FRAME
        last = number == len(groups) - 1
        yield _page(2 + number, _LAST if last else 0, end if last else done, group)


def _page(number: int, flags: int, position: int, packets: list[bytes]) -> bytes:
    lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, position, 1, number, 0, len(lacing))
    page = head + lacing + b"".join(packets)
    return page[:22] + struct.pack("<I", _checksum(page)) + page[26:]


def _checksum(data: bytes) -> int:
    value = 0
    for byte in data:
        value = (value << 8 & 0xFFFFFFFF) ^ _CHECK_TABLE[value >> 24 ^ byte]
    return value


def _check_row(index: int) -> int:
    value = index << 24
    for _ in range(8):
        value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
    return value


_CHECK_TABLE = tuple(_check_row(index) for index in range(256))
