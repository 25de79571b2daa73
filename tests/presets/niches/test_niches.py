"""Niches: every file loads and keeps what writers and painters rely on; a broken one says what is wrong."""

import re
from pathlib import Path
from typing import get_args

import pytest

from presets import niches
from presets.colours import contrast
from presets.errors import PresetInvalid, UnknownPreset
from presets.niches.models import HookPattern, Transition

EVERY = pytest.mark.parametrize("niche", niches.all_niches(), ids=lambda niche: niche.name)


def spoken(niche):
    yield from (line for _, line in niche.lines.all())
    yield from (line for lines in niche.hooks.values() for line in lines)
    yield from niche.calls_to_action


def test_the_eleven_niches_are_there():
    assert set(niches.names()) == {
        "documentary",
        "explainer",
        "facts",
        "finance",
        "history",
        "motivation",
        "scary-facts",
        "sci-fi",
        "science",
        "tech-explainer",
        "true-crime",
    }


@EVERY
def test_its_palette_can_be_read(niche):
    assert contrast(niche.palette.text, niche.palette.background) >= 4.5
    assert contrast(niche.palette.text, niche.palette.surface) >= 4.5
    assert len(niche.palette.accents) >= 3


@EVERY
def test_it_has_enough_lines_of_every_kind_for_a_long_film(niche):
    assert set(niche.hooks) == set(get_args(HookPattern))
    assert all(len(templates) >= 6 for templates in niche.hooks.values())
    assert set(niche.lines.transitions) == set(get_args(Transition))
    assert all(len(lines) >= 10 for lines in niche.lines.transitions.values())


@EVERY
def test_no_line_makes_a_verb_agree_with_a_topic_it_does_not_know(niche):
    for line in spoken(niche):
        assert not re.search(r"\{(topic|points|number)\} (is|are|has|have|was|were|does|do|isn't|aren't)\b", line), line
        assert not re.search(r"\b(is|are|was|were|lies|stands|comes|follows|belongs) \{(topic|points|beat)\}", line), (
            line
        )


@EVERY
def test_its_lines_are_written_for_the_ear(niche):
    for line in spoken(niche):
        assert not re.search(r"[()\[\]#*_<>@…—;]{1}\s*$|[()\[\]#*<>@]", line), line
        assert line == line.strip()
        assert "  " not in line
        assert line[0].isupper() or line[0] == "{", line


@EVERY
def test_its_example_has_titled_beats_and_short_screen_lines(niche):
    for section in niche.example.sections:
        assert len(section.on_screen.split()) <= 8
        assert section.visual
        assert bool(section.title) == (section.kind == "beat")


def test_no_two_niches_speak_alike():
    lines = [{line for _, line in niche.lines.all() if "{" not in line} for niche in niches.all_niches()]
    for index, one in enumerate(lines):
        for other in lines[index + 1 :]:
            assert len(one & other) < 0.25 * len(one)


def test_no_two_niches_look_alike():
    assert len({niche.palette.colours for niche in niches.all_niches()}) == len(niches.all_niches())
    assert len({niche.visual_prompt for niche in niches.all_niches()}) == len(niches.all_niches())


@pytest.mark.parametrize("name", ["finance", "true-crime"])
def test_a_niche_that_owes_a_disclaimer_has_one(name):
    assert niches.load(name).disclaimer


def test_an_unknown_niche_lists_the_known_ones():
    with pytest.raises(UnknownPreset, match=r'no niche "cooking".*documentary, explainer'):
        niches.load("cooking")


def broken(tmp_path: Path, old: str, new: str) -> Path:
    text = (niches.FOLDER / "explainer.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "cooking.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_a_new_niche_is_a_new_file(tmp_path):
    assert niches.read(broken(tmp_path, '"Explainer"', '"Cooking"')).title == "Cooking"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('text = "#f3f7f5"', 'text = "#30404a"', r"cooking\.toml: palette: text #30404a on background .* below 4\.5"),
        (
            'look = "gradient-flat"',
            'look = "sepia"',
            r'cooking\.toml: look: there is no look "sepia"; known: blueprint',
        ),
        ('pack = "documentary-slideshow"', 'pack = "vlog"', r'cooking\.toml: pack: there is no pack "vlog"'),
        ('music = "curious"', 'music = "polka"', r"cooking\.toml: music: "),
        ('heading_font = "Manrope"', 'heading_font = "Comic Sans"', r"cooking\.toml: heading_font: "),
        ("Next: {beat}.", "Next: {chapter}.", r"cooking\.toml: lines: transitions\.turn: .*unknown slot \{chapter\}"),
        ("Next: {beat}.", "Next: {beat.", r"cooking\.toml: lines: transitions\.turn: .*brace that is no slot"),
        ("Let's turn the page.", "Let's turn the page", r"transitions\.turn: .*neither as a sentence"),
        ("Picture this. {fact}", "Picture this.", r"cooking\.toml: hooks\.story: .*has no \{fact\}"),
        ("Picture this. {fact}", "An insane thing. {fact}", r'hooks\.story: .*uses "insane", which the niche avoids'),
        ('"First things first.",', '"Let\'s gather it up.",', r"cooking\.toml: lines: .*stands there twice"),
        ("[lines.transitions]\naddition", "[lines.transitions]\nextra", r"lines\.transitions\.extra"),
        ('kind = "hook"', 'kind = "setup"', r"cooking\.toml: example: begins with a hook"),
        ("rate_factor = 1.0", "rate_factor = 3", r"cooking\.toml: pacing\.rate_factor: "),
        ('tone = "Clear', 'mood = "x"\ntone = "Clear', r"cooking\.toml: mood: "),
    ],
)
def test_a_broken_niche_names_the_file_and_the_field(tmp_path, old, new, message):
    with pytest.raises(PresetInvalid, match=message):
        niches.read(broken(tmp_path, old, new))


def test_too_few_lines_are_counted(tmp_path):
    text = (niches.FOLDER / "explainer.toml").read_text(encoding="utf-8")
    path = tmp_path / "cooking.toml"
    path.write_text(re.sub(r"cause = \[.*?\n\]", 'cause = ["Why?"]', text, flags=re.DOTALL), encoding="utf-8")
    with pytest.raises(PresetInvalid, match=r"transitions\.cause: 1 lines, at least 10 are needed"):
        niches.read(path)
