"""Looks: every file loads, every look keeps every niche readable, and a broken file says what is wrong with it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presets import looks, niches
from presets.colours import SHAPE_CONTRAST, TEXT_CONTRAST, Palette, contrast
from presets.errors import PresetInvalid, UnknownPreset


def test_there_are_at_least_eight_looks():
    assert len(looks.all_looks()) >= 8


def test_no_two_looks_draw_alike():
    manners = {(look.shading, look.texture, look.edge, look.lines.width) for look in looks.all_looks()}
    assert len(manners) == len(looks.all_looks())


@pytest.mark.parametrize("look", looks.all_looks(), ids=lambda look: look.name)
@pytest.mark.parametrize("niche", niches.all_niches(), ids=lambda niche: niche.name)
def test_every_niche_stays_readable_in_every_look(look, niche):
    dressed = look.dress(niche.palette)
    assert contrast(dressed.text, dressed.background) >= TEXT_CONTRAST
    assert contrast(dressed.text, dressed.surface) >= TEXT_CONTRAST
    assert contrast(dressed.accents[0], dressed.background) >= TEXT_CONTRAST
    assert all(contrast(accent, dressed.background) >= SHAPE_CONTRAST for accent in dressed.accents)
    assert len(dressed.accents) == len(niche.palette.accents)


colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@given(palette=st.tuples(*[colours] * 6), look=st.sampled_from(looks.all_looks()))
def test_any_valid_palette_stays_valid(palette, look):
    background, surface, text, *accents = palette
    try:
        valid = Palette(background=background, surface=surface, text=text, accents=tuple(accents))
    except ValueError:
        return
    assert isinstance(look.dress(valid), Palette)


def test_a_light_look_turns_a_dark_palette_round():
    dark = niches.load("explainer").palette
    assert dark.is_dark
    assert not looks.load("watercolor").dress(dark).is_dark
    assert looks.load("chalkboard").dress(dark).is_dark


def test_accents_that_were_chosen_for_paper_brighten_on_a_dark_ground():
    paper = niches.load("history").palette
    assert not paper.is_dark
    for name in ("night-neon", "chalkboard", "blueprint", "cinematic"):
        dressed = looks.load(name).dress(paper)
        assert all(contrast(accent, dressed.background) >= 4 for accent in dressed.accents), name


def test_an_unknown_look_lists_the_known_ones():
    with pytest.raises(UnknownPreset, match=r'no look "sepia".*blueprint.*watercolor'):
        looks.load("sepia")


def test_a_name_that_climbs_out_of_the_folder_is_unknown():
    with pytest.raises(UnknownPreset):
        looks.load("../niches/explainer")


def broken(tmp_path: Path, old: str, new: str) -> Path:
    text = (looks.FOLDER / "cinematic.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_a_look_is_a_file_with_its_own_name(tmp_path):
    assert looks.read(broken(tmp_path, "Cinematic", "Mine")).name == "mine"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('texture = "grain"', 'texture = "velvet"', r"mine\.toml: texture: "),
        ("angle_degrees = 40", "angle_degrees = 400", r"mine\.toml: light\.angle_degrees: "),
        ("chroma = 0.92", "chrome = 0.92", r"mine\.toml: tones\.chrome: "),
        ('edge = "clean"', "", r"mine\.toml: edge: Field required"),
        ('title = "Cinematic"', 'title = "Cinematic', r"mine\.toml: not valid TOML"),
        ('title = "Cinematic"', 'name = "x"\ntitle = "C"', r"mine\.toml: name: comes from the file's name"),
    ],
)
def test_a_broken_look_names_the_file_and_the_field(tmp_path, old, new, message):
    with pytest.raises(PresetInvalid, match=message):
        looks.read(broken(tmp_path, old, new))


def test_a_missing_file_is_said_so(tmp_path):
    with pytest.raises(PresetInvalid, match=r"gone\.toml: the file cannot be read"):
        looks.read(tmp_path / "gone.toml")


def test_a_file_in_another_encoding_is_said_so(tmp_path):
    path = tmp_path / "latin.toml"
    path.write_bytes('title = "Café"'.encode("latin-1"))
    with pytest.raises(PresetInvalid, match=r"latin\.toml: not valid TOML"):
        looks.read(path)
