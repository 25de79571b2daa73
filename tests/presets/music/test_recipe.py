from itertools import pairwise

import pytest

from presets import music
from presets.errors import PresetInvalid
from presets.music.recipe import read_bed
from presets.music.score import bars_of, notes_of
from presets.records import record_names

MINUTE = "C | F | G | C | C | F | G | C | C | F | G | C | C | F | G | C"
BED = """
title = "Test"
mood = "For tests."
bpm = 60
key = "C"
seed = 1
{more}
[[sections]]
name = "all"
chords = "{chords}"
[[parts]]
instrument = "{instrument}"
role = "{role}"
pattern = "{pattern}"
{part}
"""


@pytest.fixture
def bed(tmp_path):
    def make(chords=MINUTE, instrument="bell", role="chords", pattern="x---", part="", more=""):
        path = tmp_path / "test.toml"
        path.write_text(
            BED.format(chords=chords, instrument=instrument, role=role, pattern=pattern, part=part, more=more)
        )
        return read_bed(path)

    return make


@pytest.mark.parametrize("name", record_names(music.RECIPES))
def test_every_recipe_is_valid_and_its_parts_play(name):
    read = read_bed(music.RECIPES / f"{name}.toml")
    assert all(notes_of(read, part) for part in read.parts)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"chords": MINUTE.replace("F", "Fwhat")}, "'Fwhat' is not a chord"),
        ({"chords": "C | | F"}, "a bar has no chord"),
        ({"chords": "C | F"}, "a bed lasts 60 s or more"),
        ({"instrument": "kazoo"}, "no instrument 'kazoo'"),
        ({"pattern": "x?x"}, "may hold only"),
        ({"role": "melody", "pattern": "1/4 2/4"}, "does not fill its bar"),
        ({"part": 'sections = ["bridge"]'}, "no section"),
        ({"part": "pan = 3"}, "parts.0.pan"),
        ({"more": 'mode = "sad"'}, "mode"),
        ({"more": "tempo = 3"}, "tempo"),
    ],
)
def test_a_fault_in_a_recipe_is_named(bed, fault, said):
    with pytest.raises(PresetInvalid, match=r"test\.toml") as caught:
        bed(**fault)
    assert said in str(caught.value)


def test_a_held_chord_is_struck_again_when_the_harmony_changes(bed):
    made = bed(chords=MINUTE.replace("C | F", "C G | F", 1), pattern="x-------")
    beats = {round(note.beat) for note in notes_of(made, made.parts[0]) if note.beat < 3.5}
    assert beats == {0, 2}


def test_chords_move_to_the_nearest_voicing(bed):
    made = bed(part="voices = 3")
    notes = notes_of(made, made.parts[0])
    bars = [sorted(n.midi for n in notes if round(n.beat) == 4 * bar.number) for bar in bars_of(made)]
    for before, after in pairwise(bars):
        assert all(abs(a - b) <= 5 for a, b in zip(before, after, strict=True))


def test_the_bass_plays_the_bass_of_the_chord(bed):
    made = bed(chords=MINUTE.replace("G", "G/B"), instrument="bass", role="bass", pattern="r---", part="octave = 1")
    pitches = [note.midi % 12 for note in notes_of(made, made.parts[0])]
    assert pitches[:4] == [0, 5, 11, 0]


def test_a_melody_is_in_the_key(bed):
    made = bed(role="melody", pattern="1/4 3/4 5/4 8/4", part="octave = 4")
    assert [note.midi for note in notes_of(made, made.parts[0])][:4] == [60, 64, 67, 72]


def test_swing_delays_the_offbeats_only(bed):
    straight = bed(role="beat", instrument="hat", pattern="xxxxxxxxxxxxxxxx", more="humanise_ms = 0")
    swung = bed(
        role="beat", instrument="hat", pattern="xxxxxxxxxxxxxxxx", more="humanise_ms = 0\nswing = 0.6\nswing_steps = 16"
    )
    pairs = zip(notes_of(straight, straight.parts[0]), notes_of(swung, swung.parts[0]), strict=True)
    late = [round(after.beat - before.beat, 3) for before, after in pairs]
    assert late[:4] == [0, 0.05, 0, 0.05]


def test_a_fill_stands_in_the_last_bar_of_a_section(bed):
    made = bed(role="beat", instrument="kick", pattern="x...", part='fill = "xxxx"')
    assert sum(note.beat > 59.5 for note in notes_of(made, made.parts[0])) == 4


def test_the_same_recipe_plays_the_same_notes(bed):
    made = bed()
    assert notes_of(made, made.parts[0]) == notes_of(made, made.parts[0])
