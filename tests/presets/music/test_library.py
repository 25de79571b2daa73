"""The shipped files: complete, theirs, and fit to be heard."""

from itertools import pairwise

import av
import numpy as np
import pytest

from presets import music, sounds
from presets.errors import UnknownPreset
from presets.music.manifest import fingerprint, shipped
from presets.music.synth.loop import RATE, loudness_lufs
from presets.records import record_names

MOODS = ("calm", "uplifting", "tense", "curious", "epic", "lofi", "corporate", "dark")
EFFECTS = ("whoosh", "click", "chime", "pop", "riser", "impact", "typing", "page-turn")

everything = pytest.mark.parametrize(
    ("package", "record"),
    [(package, record) for package in (music, sounds) for record in shipped(package.FILES)],
    ids=lambda value: getattr(value, "name", "").removeprefix("presets."),
)
every_bed = pytest.mark.parametrize("bed", music.beds(), ids=lambda bed: bed.name)


def decoded(path):
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)


def level_db(sound):
    return 10 * np.log10(np.mean(np.square(sound, dtype=np.float64)) + 1e-20)


def test_every_promised_mood_and_effect_is_there():
    assert {bed.name for bed in music.beds()} >= set(MOODS)
    assert {effect.name for effect in sounds.effects()} >= set(EFFECTS)


@everything
def test_a_file_is_what_the_recipe_and_the_manifest_say(package, record):
    path = package.find(record.name)
    assert fingerprint(path) == record.sha256
    assert fingerprint(package.RECIPES / f"{record.name}.toml") == record.recipe_sha256
    assert decoded(path).shape == (2, pytest.approx(record.length_s * RATE, abs=RATE / 1000))
    assert record.licence.startswith("CC0")


def test_nothing_is_shipped_without_a_recipe_and_no_recipe_without_a_file():
    for package in (music, sounds):
        names = set(record_names(package.RECIPES))
        assert names == {record.name for record in shipped(package.FILES)}
        assert names == {path.stem for path in package.FILES.glob("*.opus")}


def test_the_files_are_small():
    sizes = [path.stat().st_size for package in (music, sounds) for path in package.FILES.glob("*.opus")]
    assert max(sizes) < 1_000_000
    assert sum(sizes) < 9_000_000


@everything
def test_nothing_clips_and_nothing_leans(package, record):
    sound = decoded(package.find(record.name))
    assert np.abs(sound).max() < 0.95
    assert np.abs(sound.mean(axis=1)).max() < 1e-3


@pytest.mark.parametrize(("package", "kind"), [(music, "music"), (sounds, "sound effect")])
def test_an_unknown_name_is_an_error_that_lists_the_known_ones(package, kind):
    with pytest.raises(UnknownPreset, match=rf'no {kind} "polka"') as caught:
        package.find("polka")
    assert all(record.name in str(caught.value) for record in shipped(package.FILES))


@every_bed
def test_a_bed_lasts_a_minute_or_more_and_says_what_it_is(bed):
    assert bed.length_s >= 60
    assert bed.bpm
    assert bed.key
    assert len(bed.mood) > 20


@every_bed
def test_a_bed_loops_without_a_click(bed):
    """Around the seam the sound bends no more sharply than it does at its own beats."""
    sound = decoded(music.find(bed.name))
    bend = np.square(np.diff(np.concatenate((sound, sound[:, :RATE]), axis=1), 2, axis=1)).sum(axis=0)
    steps = bend[: len(bend) // 96 * 96].reshape(-1, 96).mean(axis=1)
    seam = sound.shape[1] // 96
    assert steps[seam - 2 : seam + 2].max() <= np.quantile(steps, 0.999) * 1.5
    jumps = np.abs(np.diff(sound, axis=1)).max(axis=0)
    assert np.abs(sound[:, 0] - sound[:, -1]).max() <= np.quantile(jumps, 0.999)


@every_bed
def test_a_bed_is_about_as_loud_after_the_seam_as_before(bed):
    sound = decoded(music.find(bed.name))
    assert abs(level_db(sound[:, -4 * RATE :]) - level_db(sound[:, : 4 * RATE])) < 5


@every_bed
def test_a_bed_is_pleasant_by_its_numbers(bed):
    """Level, dynamics, width and colour, as a mastering engineer would read them off the meters."""
    sound = decoded(music.find(bed.name)).astype(np.float64)
    power = (np.abs(np.fft.rfft(sound, axis=1)) ** 2).sum(axis=0)
    hertz = np.fft.rfftfreq(sound.shape[1], 1 / RATE)

    def share_db(low, high):
        return 10 * np.log10(power[(hertz >= low) & (hertz < high)].sum() / power.sum() + 1e-12)

    assert loudness_lufs(sound) == pytest.approx(-18, abs=1)
    assert 10 < 20 * np.log10(np.abs(sound).max()) - level_db(sound) < 20, "neither crushed nor spiky"
    assert 0.2 < np.corrcoef(sound)[0, 1] < 0.97, "wide, and whole in mono"
    assert share_db(8000, 24_000) < -16, "not harsh"
    assert share_db(20, 60) < -4, "does not boom"
    assert share_db(150, 400) < -2, "not muddy"
    assert share_db(1000, 4000) < -7, "leaves room for a voice"
    assert share_db(1000, 4000) > -24, "not dull"


@every_bed
def test_a_bed_does_not_stand_still(bed):
    """Eighths of it differ in colour: a minute must not bore."""
    sound = decoded(music.find(bed.name)).mean(axis=0)
    edges = np.geomspace(60, 8000, 25)
    colours = []
    for part in np.array_split(sound, 8):
        power = np.abs(np.fft.rfft(part)) ** 2
        hertz = np.fft.rfftfreq(len(part), 1 / RATE)
        sums = [power[(hertz >= low) & (hertz < high)].sum() for low, high in pairwise(edges)]
        colours.append(10 * np.log10(np.asarray(sums) + 1e-9))
    apart = [np.abs(a - b).mean() for a in colours for b in colours if a is not b]
    assert max(apart) > 3
