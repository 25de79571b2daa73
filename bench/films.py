"""The films that the rendering benches render: rich stills, words with times, a voice and music."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path
from typing import Literal

import numpy as np
import soundfile
from PIL import Image

from pipeline.pictures.canvas import painter
from pipeline.pictures.models import Shot
from pipeline.pictures.styles import style_for
from pipeline.timeline import Timeline
from presets import niches

Kind = Literal["drawn", "grainy"]

RATE = 48_000
WORD_MS = 400
WORDS_A_CAPTION = 6
PICTURES = 12
SCENE_S = 5.0
MOTIONS = ("kenburns_in", "pan_right", "kenburns_out", "pan_left")
LOOKS = ("explainer", "history", "science", "documentary")
SCENES = (
    "A volcano erupts at night and lava runs down to the sea",
    "A city with towers and bridges at dusk",
    "A steam train crosses the mountains",
    "A whale under the waves beside a small ship",
    "A telescope on a hill under a sky of stars",
    "A market street with people and lanterns",
    "A forest with a river and birds",
    "A rocket rises from its tower",
    "A castle above a valley in autumn",
    "A laboratory with flasks and a microscope",
    "A desert with camels and pyramids",
    "A harbour with cranes and container ships",
)
SPOKEN = (
    "slow rivers carve deep valleys while tall mountains rise again and every grain of sand remembers "
    "where the water went because nothing in nature is ever lost for good"
)


def pictures(folder: Path, kind: Kind, width: int, height: int, count: int = PICTURES) -> list[Path]:
    """Illustrations as the canvas paints them, if they are not there yet. Grain encodes as a photograph does."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number, scene in enumerate(islice(cycle(SCENES), count)):
        path = folder / f"{kind}-{number:02}.jpg"
        made.append(path)
        if path.exists():
            continue
        pixels = _painted(scene, number, width, height)
        if kind == "grainy":
            grain = np.random.default_rng(number).normal(0, 7, (*pixels.shape[:2], 1))
            pixels = np.clip(pixels + grain, 0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(path, quality=94, subsampling=0)
    return made


def _painted(scene: str, number: int, width: int, height: int) -> np.ndarray:
    shot = Shot(
        id=f"s{number:02}_1",
        section_id=f"s{number:02}",
        kind="illustration",
        scale=("wide", "medium", "close")[number % 3],
        composition="centre",
        instruction=scene,
        narration=scene,
        seed=number,
        width=width,
        height=height,
    )
    return painter.paint_pixels(shot, style_for(niches.load(LOOKS[number % len(LOOKS)])))[:, :, :3]


def voice(path: Path, seconds: float, seed: int = 0) -> Path:
    """Bursts of voiced sound, a word each: what ducks the music as speech does."""
    time = np.arange(round(seconds * RATE)) / RATE
    pitch = 110 + 12 * np.sin(2 * np.pi * 0.7 * time + seed)
    tone = sum(np.sin(2 * np.pi * np.cumsum(pitch * k) / RATE) / k for k in range(1, 12))
    words = np.clip(np.sin(np.pi * (time * 1000 % WORD_MS) / WORD_MS) * 1.6, 0, 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, (0.12 * tone * words).astype(np.float32), RATE)
    return path


def karaoke(seconds: float, number: int) -> list[dict[str, object]]:
    """Captions of six words, every word with its times. No scene says what another says: none is found made already."""
    spoken = islice(cycle(SPOKEN.split()), number, None)
    words = [f"{number + 1}.", *islice(spoken, int(seconds * 1000 / WORD_MS) - 1)]
    captions = []
    for first in range(0, len(words), WORDS_A_CAPTION):
        spoken = words[first : first + WORDS_A_CAPTION]
        times = [(first + i) * WORD_MS for i in range(len(spoken) + 1)]
        timed = [{"text": w, "startMs": a, "endMs": a + WORD_MS - 80} for w, a in zip(spoken, times, strict=False)]
        captions.append(
            {"startMs": times[0], "endMs": times[-1] - 70, "text": " ".join(spoken), "words": timed},
        )
    return captions


def film(
    folder: Path,
    *,
    seconds: float,
    width: int,
    height: int,
    fps: int = 30,
    kind: Kind = "drawn",
    scene_s: float = SCENE_S,
    stills: int = PICTURES,
) -> Timeline:
    """Stills of five seconds with a motion each, karaoke captions, a voice and music; joints are cuts."""
    scenes = max(1, round(seconds / scene_s))
    stills = min(stills, scenes)
    paths = pictures(folder / "images", kind, width, height, stills)
    length = round(scene_s * fps)
    segments = []
    for number in range(scenes):
        sound = folder / f"audio/{number % stills:02}.wav"
        if not sound.exists():
            voice(sound, scene_s, number)
        captions = karaoke(scene_s, number)
        segments.append(
            {
                "id": f"s{number:03}",
                "startFrame": number * length,
                "endFrame": (number + 1) * length,
                "narrationText": " ".join(str(caption["text"]) for caption in captions),
                "audioPath": str(sound.relative_to(folder)),
                "captions": captions,
                "visuals": [
                    {
                        "path": str(paths[number % stills].relative_to(folder)),
                        "motion": MOTIONS[number % len(MOTIONS)],
                        "transition": {"kind": "cut"},
                    }
                ],
            }
        )
    facts = {
        "version": 1,
        "title": "Bench",
        "fps": fps,
        "width": width,
        "height": height,
        "bgmPath": "music:calm",
        "captionStyle": "karaoke",
        "transition": {"kind": "cut", "durationMs": 0},
        "segments": segments,
    }
    return Timeline.model_validate(facts)
