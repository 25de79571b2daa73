"""Small timelines with real pictures and sounds, made on the spot."""

import json
from pathlib import Path

import numpy as np
import soundfile
from PIL import Image, ImageDraw

from pipeline.timeline import Timeline

RATE = 48_000
PLAIN_PACK = {
    "id": "plain",
    "name": "Plain",
    "description": "Pictures and nothing over them.",
    "fonts": {"heading": "Manrope", "body": "Manrope"},
    "colours": {"accent": "#ffc857", "text": "#ffffff", "background": "#10131a"},
    "captions": "off",
    "transition": {"kind": "cut", "durationMs": 0},
    "layers": ["pipeline.render.captions:layers"],
}


def picture(path: Path, seed: int, width: int = 480, height: int = 300) -> Path:
    """Shapes with edges on a bright ground: something that can be seen to move and is never black."""
    rng = np.random.default_rng(seed)
    image = Image.new("RGB", (width, height), tuple(int(v) for v in rng.integers(90, 200, 3)))
    pen = ImageDraw.Draw(image)
    for _ in range(60):
        x, y, r = int(rng.integers(0, width)), int(rng.integers(0, height)), int(rng.integers(6, 40))
        colour = tuple(int(v) for v in rng.integers(40, 256, 3))
        (pen.ellipse if rng.random() < 0.5 else pen.rectangle)((x, y, x + r, y + r), fill=colour)
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path)
    return path


def tone(path: Path, seconds: float, hertz: float = 220.0) -> Path:
    """A voice-like tone that comes and goes."""
    time = np.arange(round(seconds * RATE)) / RATE
    sound = 0.2 * np.sin(2 * np.pi * hertz * time) * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * time))
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, sound.astype(np.float32), RATE)
    return path


def document(folder: Path, lengths: tuple[int, ...] = (30, 24, 36), **changes: object) -> dict[str, object]:
    """A timeline of version 1 as JSON, with its assets in the folder."""
    segments, at = [], 0
    for number, length in enumerate(lengths):
        picture(folder / f"images/{number}.png", number)
        tone(folder / f"audio/{number}.wav", length / 30 * 0.8, 200 + 40 * number)
        segments.append(
            {
                "id": f"seg_{number}",
                "title": f"Part {number}",
                "startFrame": at,
                "endFrame": at + length,
                "narrationText": f"This is part {number}",
                "audioPath": f"audio/{number}.wav",
                "captions": [{"startMs": 0, "endMs": int(length / 30 * 1000) - 80, "text": f"This is part {number}"}],
                "visuals": [{"path": f"images/{number}.png", "overlayText": "HELLO" if number == 1 else None}],
            }
        )
        at += length
    return {"version": 1, "title": "Test film", "width": 320, "height": 180, "segments": segments, **changes}


def plain(folder: Path, frames: int, *visuals: dict[str, object]) -> Timeline:
    """One segment of pictures that nothing lies over."""
    (folder / "plain.json").write_text(json.dumps(PLAIN_PACK))
    segment = {"id": "a", "startFrame": 0, "endFrame": frames, "visuals": list(visuals)}
    facts = {"version": 1, "title": "", "width": 320, "height": 180, "pack": "plain.json", "segments": [segment]}
    return Timeline.model_validate(facts)


def film(folder: Path, lengths: tuple[int, ...] = (30, 24, 36), **changes: object) -> Timeline:
    return Timeline.model_validate(document(folder, lengths, **changes))
