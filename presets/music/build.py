"""Makes the shipped files from the recipes. Needed only after a recipe or the synthesiser has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from presets import music, sounds
from presets.music.manifest import LICENCE, Shipped, fingerprint, shipped, write_manifest
from presets.music.ogg import write_opus
from presets.music.recipe import Bed, read_bed
from presets.music.render import render as render_bed
from presets.music.synth.loop import RATE, Wave
from presets.records import record_names
from presets.sounds.recipe import Effect, read_effect
from presets.sounds.render import render as render_effect

BED_BIT_RATE = 104_000
EFFECT_BIT_RATE = 112_000


def build(only: tuple[str, ...] = (), *, say: Callable[[str], None] = print) -> None:
    """Everything, or only what is named."""
    for recipes, files, make in ((music.RECIPES, music.FILES, make_bed), (sounds.RECIPES, sounds.FILES, make_effect)):
        files.mkdir(exist_ok=True)
        write_manifest(files, list(_made(recipes, files, make, only, say)))


def _made(
    recipes: Path,
    files: Path,
    make: Callable[[Path, Path], Shipped],
    only: tuple[str, ...],
    say: Callable[[str], None],
) -> Iterator[Shipped]:
    kept = {record.name: record for record in shipped(files)} if only else {}
    for name in record_names(recipes):
        if name in kept and name not in only:
            yield kept[name]
            continue
        record = make(recipes / f"{name}.toml", files)
        say(f"{record.file}: {record.length_s:.1f} s, {(files / record.file).stat().st_size / 1024:.0f} KiB")
        yield record


def make_bed(recipe: Path, files: Path) -> Shipped:
    bed = read_bed(recipe)
    sound = render_bed(bed)
    file = files / f"{bed.name}.opus"
    write_opus(file, sound, bit_rate=BED_BIT_RATE, title=bed.title, loop=True, licence=LICENCE)
    return _record(bed, recipe, file, sound, bpm=bed.bpm, key=f"{bed.key} {bed.mode}")


def make_effect(recipe: Path, files: Path) -> Shipped:
    effect = read_effect(recipe)
    sound = render_effect(effect)
    file = files / f"{effect.name}.opus"
    write_opus(file, sound, bit_rate=EFFECT_BIT_RATE, title=effect.title, loop=False, licence=LICENCE)
    return _record(effect, recipe, file, sound)


def _record(
    made: Bed | Effect, recipe: Path, file: Path, sound: Wave, *, bpm: float | None = None, key: str | None = None
) -> Shipped:
    return Shipped(
        name=made.name,
        title=made.title,
        mood=made.mood,
        length_s=round(sound.shape[1] / RATE, 3),
        licence=LICENCE,
        recipe_sha256=fingerprint(recipe),
        file=file.name,
        sha256=fingerprint(file),
        bpm=bpm,
        key=key,
    )
