import numpy as np
import pytest

from presets import sounds
from presets.errors import PresetInvalid
from presets.music.synth.loop import RATE
from presets.records import record_names
from presets.sounds.recipe import read_effect
from presets.sounds.render import PEAK, render


@pytest.fixture(params=record_names(sounds.RECIPES))
def effect(request):
    return read_effect(sounds.RECIPES / f"{request.param}.toml")


def test_an_effect_starts_at_once_and_ends_in_silence(effect):
    sound = render(effect)
    heard = np.flatnonzero(np.abs(sound).max(axis=0) > 0.02 * PEAK)
    if effect.name != "riser":
        assert heard[0] < 0.1 * RATE
    assert np.abs(sound[:, -100:]).max() < 0.002
    assert np.abs(sound).max() == pytest.approx(PEAK)


def test_an_effect_is_heard_on_a_small_loudspeaker(effect):
    sound = render(effect).astype(np.float64)
    power = (np.abs(np.fft.rfft(sound, axis=1)) ** 2).sum(axis=0)
    hertz = np.fft.rfftfreq(sound.shape[1], 1 / RATE)
    assert power[(hertz > 300) & (hertz < 8000)].sum() > 0.05 * power.sum()


def test_a_recipe_of_a_drum_that_is_not_there_is_an_error(tmp_path):
    path = tmp_path / "odd.toml"
    path.write_text('title = "x"\nmood = "x"\nseed = 1\nlength_s = 1\n[[layers]]\nkind = "drum"\ndrum = "gong"\n')
    with pytest.raises(PresetInvalid, match=r"odd\.toml: .*drum: one of"):
        read_effect(path)


def test_the_same_recipe_makes_the_same_sound(effect):
    np.testing.assert_array_equal(render(effect), render(effect))
