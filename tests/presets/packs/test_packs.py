import json

import pytest

from presets import packs
from presets.colours import contrast
from presets.errors import PresetInvalid, UnknownPreset

LEAST = {
    "id": "own",
    "name": "Own",
    "description": "One's own",
    "fonts": {"heading": "Roboto", "body": "Roboto"},
    "colours": {"accent": "#00ffcc", "text": "#ffffff", "background": "#101010"},
    "captions": "boxed",
    "transition": {"kind": "cut", "durationMs": 0},
    "layers": ["pipeline.render.captions:layers"],
}


def written(tmp_path, **changes):
    path = tmp_path / "own.json"
    path.write_text(json.dumps({**LEAST, **changes}), encoding="utf-8")
    return path


def test_both_shipped_packs_are_there():
    assert packs.names() == ("documentary-slideshow", "faceless-facts")


@pytest.mark.parametrize("name", packs.names())
def test_a_shipped_pack_is_valid_and_called_as_its_file(name):
    pack = packs.load(name)
    assert pack.id == name
    assert contrast(pack.colours.text, pack.colours.background) >= 4.5
    assert contrast(pack.colours.accent, pack.colours.background) >= 4.5


def test_the_two_packs_differ_in_all_that_makes_a_look():
    calm, loud = (packs.load(name) for name in packs.names())
    assert calm.motion_strength < loud.motion_strength
    assert calm.transition.duration_ms > loud.transition.duration_ms
    assert (calm.captions, loud.captions) == ("clean", "pop")
    assert calm.title_cards.every
    assert loud.section_numbers.slam_ms


def test_an_unknown_name_lists_what_there_is():
    with pytest.raises(UnknownPreset, match=r"documentary-slideshow, faceless-facts"):
        packs.load("nothing-like-it")


def test_a_file_needs_little_and_the_rest_has_defaults(tmp_path):
    pack = packs.read(written(tmp_path))
    assert pack.motion_strength == 1.0
    assert pack.title_cards.every == 0
    assert pack.intro == "pipeline.render.cards:intro"


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"captions": "shouting"}, "captions"),
        ({"layers": []}, "layers"),
        ({"layers": ["no function"]}, "layers.0"),
        ({"fonts": {"heading": "Roboto"}}, "fonts.body"),
        ({"colours": {**LEAST["colours"], "accent": "red"}}, "colours.accent"),
        ({"motionStrength": 9}, "motionStrength"),
        ({"typo": 1}, "typo"),
    ],
)
def test_a_fault_names_the_file_and_the_field(tmp_path, changes, place):
    with pytest.raises(PresetInvalid, match=r"own\.json") as caught:
        packs.read(written(tmp_path, **changes))
    assert place in str(caught.value)


@pytest.mark.parametrize("content", ["{", "[]", "\udce4"])
def test_what_is_no_json_object_is_invalid(tmp_path, content):
    path = tmp_path / "own.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(PresetInvalid, match=r"own\.json"):
        packs.read(path)


def test_a_missing_file_is_invalid(tmp_path):
    with pytest.raises(PresetInvalid, match="cannot be read"):
        packs.read(tmp_path / "gone.json")
