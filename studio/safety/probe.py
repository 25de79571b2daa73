"""Opens a stranger's picture, clip or recording, in a process of its own: run as a file, it imports nothing of ours.

One JSON object comes out: what was found, or "trouble" and why. Whatever a decoder does, this process has a limit.
"""

from __future__ import annotations

import contextlib
import json
import sys
from typing import Any

Found = dict[str, Any]


class Trouble(Exception):
    """The file cannot be used: damaged, too_large or empty."""


def picture(path: str, most: int) -> Found:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # The limit below says so in words.
    with Image.open(path) as image:
        if image.width * image.height > most:
            raise Trouble("too_large")
        image.verify()
    with Image.open(path) as image:
        image.load()
        frames = getattr(image, "n_frames", 1)
        return {"format": image.format, "width": image.width, "height": image.height, "frames": frames}


def clip(path: str, container: str, most_pixels: int, most_s: int) -> Found:
    import av

    with av.open(path, format=container, options={"protocol_whitelist": "file"}) as media:
        stream = next(iter(media.streams.video), None)
        if stream is None:
            raise Trouble("empty")
        if stream.codec_context.width * stream.codec_context.height > most_pixels:
            raise Trouble("too_large")
        _require_short(media, most_s)
        stream.thread_count = 1
        frame = next(media.decode(stream), None)
        if frame is None:
            raise Trouble("empty")
        return {"width": frame.width, "height": frame.height, "format": media.format.name}


def sound(path: str, container: str, most_pixels: int, most_s: int) -> Found:
    import av

    with av.open(path, format=container, options={"protocol_whitelist": "file"}) as media:
        stream = next(iter(media.streams.audio), None)
        if stream is None:
            raise Trouble("empty")
        _require_short(media, most_s)
        if next(media.decode(stream), None) is None:
            raise Trouble("empty")
        return {"rate": stream.codec_context.sample_rate, "format": media.format.name}


def _require_short(media: Any, most_s: int) -> None:
    if media.duration and media.duration / 1_000_000 > most_s:
        raise Trouble("too_long")


def _limit(memory_bytes: int, cpu_s: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the caller's time limit stays.
        return
    for what, most in ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_CPU, cpu_s), (resource.RLIMIT_FSIZE, 0)):
        with contextlib.suppress(ValueError, OSError):  # macOS refuses some.
            resource.setrlimit(what, (most, resource.getrlimit(what)[1]))


def _serve(order: Found) -> Found:
    _limit(order["memory_bytes"], order["cpu_s"])
    try:
        if order["kind"] == "picture":
            return picture(order["path"], order["most_pixels"])
        look = clip if order["kind"] == "clip" else sound
        return look(order["path"], order["container"], order["most_pixels"], order["most_s"])
    except Trouble as trouble:
        return {"trouble": str(trouble)}
    except MemoryError:
        return {"trouble": "too_large"}
    # Decoders raise whatever they like on broken files, and each means the same.
    except Exception as error:  # noqa: BLE001
        return {"trouble": "damaged", "why": type(error).__name__}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_serve(json.loads(sys.argv[1]))))
