"""The pictures on the cards, drawn by the canvas painter: `python -m studio.pages.create.pictures` draws them anew."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pipeline.pictures.models import Shot
from pipeline.pictures.styles import style_for
from presets import looks, niches

FOLDER = Path(__file__).parents[1] / "static" / "pictures"
WIDTH, HEIGHT = 480, 270
_FINER = 2
"""Drawn at twice the size and brought down, so that edges are smooth."""
_QUALITY = 82


class Motif(NamedTuple):
    """What a card shows, in the painter's words; the seed decides the light and the place."""

    niche: str
    shows: str
    seed: int
    look: str = ""


NICHES = {
    "documentary": Motif("documentary", "a mountain landscape with pine forest", 2),
    "explainer": Motif("explainer", "a glowing light bulb", 1),
    "facts": Motif("facts", "a dinosaur", 1),
    "finance": Motif("finance", "a piggy bank with coins", 2),
    "history": Motif("history", "a sailing ship on the ocean", 2),
    "motivation": Motif("motivation", "a runner on a road at dawn", 2),
    "scary-facts": Motif("scary-facts", "a haunted house at night", 2),
    "sci-fi": Motif("sci-fi", "a rocket in space beside a planet", 1),
    "science": Motif("science", "an atom", 2),
    "tech-explainer": Motif("tech-explainer", "a computer chip", 1),
    "true-crime": Motif("true-crime", "a detective in the street at night", 1),
}
SAMPLES = {
    "compound-interest": Motif("finance", "stacks of coins and a sprout", 1),
    "deep-sea": Motif("scary-facts", "an octopus or fish in the deep sea underwater", 4),
    "endurance": Motif("documentary", "a ship in the arctic ice iceberg", 2),
    "gps": Motif("tech-explainer", "a satellite above the earth", 1),
    "tea": Motif("history", "tea pot and tea leaves", 3),
    "volcanoes": Motif("explainer", "a volcano erupting", 4),
}
LOOKS = {name: Motif("motivation", "a lighthouse above the ocean", 2, name) for name in looks.names()}
"""One scene, so that the looks can be told apart."""


def paint(motif: Motif, into: Path) -> None:
    from PIL import Image

    from pipeline.pictures.canvas.painter import paint_pixels

    shot = Shot(
        id="card",
        section_id="card",
        kind="illustration",
        scale="medium",
        composition="centre",
        instruction=motif.shows,
        narration="",
        seed=motif.seed,
        width=WIDTH * _FINER,
        height=HEIGHT * _FINER,
    )
    pixels = paint_pixels(shot, style_for(niches.load(motif.niche), motif.look), margin=1.0)
    small = Image.fromarray(pixels[..., :3]).resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    into.parent.mkdir(parents=True, exist_ok=True)
    small.save(into, "WEBP", quality=_QUALITY, method=6)


def main() -> None:
    for shelf, motifs in (("niches", NICHES), ("looks", LOOKS), ("samples", SAMPLES)):
        for name, motif in motifs.items():
            paint(motif, FOLDER / shelf / f"{name}.webp")


if __name__ == "__main__":
    main()
