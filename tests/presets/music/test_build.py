"""The shipped files are what the recipes make, rendered anew."""

import av
import numpy as np
import pytest

from presets import music, sounds
from presets.music.build import build, make_effect
from presets.music.manifest import shipped
from presets.music.recipe import read_bed
from presets.music.render import render
from presets.music.synth.loop import RATE


def decoded(path):
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)


def likeness(one, other):
    """1 for the same sound at the same level, however a codec rounded it."""
    return float(2 * np.sum(one * other) / (np.sum(one**2) + np.sum(other**2)))


@pytest.mark.parametrize("name", [effect.name for effect in sounds.effects()])
def test_an_effect_is_what_its_recipe_makes(tmp_path, name):
    made = make_effect(sounds.RECIPES / f"{name}.toml", tmp_path)
    assert likeness(decoded(tmp_path / made.file), decoded(sounds.find(name))) > 0.99


def test_a_bed_is_what_its_recipe_makes():
    made = render(read_bed(music.RECIPES / "curious.toml"))
    assert likeness(made[:, : 20 * RATE], decoded(music.find("curious"))[:, : 20 * RATE]) > 0.97


def test_building_one_effect_keeps_the_others(tmp_path, monkeypatch):
    """The command writes into a copy here; the real folder must stay as it is shipped."""
    for package in (music, sounds):
        copy = tmp_path / package.__name__
        copy.mkdir()
        for file in package.FILES.iterdir():
            (copy / file.name).write_bytes(file.read_bytes())
        monkeypatch.setattr(package, "FILES", copy)
    before = {record.name: record for record in shipped(sounds.FILES)}
    said = []
    build(("click",), say=said.append)
    assert len(said) == 1
    assert "click.opus" in said[0]
    after = {record.name: record for record in shipped(sounds.FILES)}
    assert after.keys() == before.keys()
    assert all(after[name] == before[name] for name in before if name != "click")
