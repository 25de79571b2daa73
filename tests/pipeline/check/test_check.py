"""Every line that a finished film must hold: a good film holds it, a film with that fault breaks it."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from pipeline.build import Workspace
from pipeline.check import Line, Report, check, frames
from pipeline.errors import CheckError
from pipeline.render.film import render
from pipeline.timeline import Timeline
from tests.pipeline.check.broken import black, frozen, rewritten, shaking
from tests.pipeline.render.films import document, film, tone

SAID = "Rivers carve valleys out of stone"


def detailed(path: Path, seed: int) -> None:
    """A bright picture with edges everywhere: movement shows in it."""
    rng = np.random.default_rng(seed)
    image = Image.new("RGB", (1280, 720), "#b0a890")
    pen = ImageDraw.Draw(image)
    for x, y, width, height in rng.integers((0, 0, 12, 12), (1280, 720, 90, 90), (900, 4)).tolist():
        pen.rectangle((x, y, x + width, y + height), fill=tuple(rng.integers(60, 250, 3).tolist()))
    image.save(path)


def pale(path: Path, seed: int) -> None:
    """A few soft shapes as they are seen through a title's veil: hardly anything changes from frame to frame."""
    rng = np.random.default_rng(seed)
    image = Image.new("RGB", (1280, 720), "#f2e8da")
    pen = ImageDraw.Draw(image)
    for x, y, size in rng.integers((200, 100, 80), (900, 500, 200), (6, 3)).tolist():
        pen.ellipse((x, y, x + size, y + size), fill="#d2d6ce")
    image.filter(ImageFilter.GaussianBlur(3)).save(path)


def told(folder: Path, **changes: object) -> Timeline:
    """Two scenes of two seconds at 360 lines, with sharp pictures and captions that keep the rules."""
    facts = document(
        folder, (60, 60), width=640, height=360, bgmPath="music:calm", transition={"kind": "cut"}, **changes
    )
    for number, segment in enumerate(facts["segments"]):
        detailed(folder / f"images/{number}.png", number)
        segment["narrationText"] = SAID
        segment["captions"] = [{"startMs": 0, "endMs": 1900, "text": SAID}]
    return Timeline.model_validate(facts)


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    folder = tmp_path_factory.mktemp("good")
    timeline = told(folder)
    render(timeline, folder, folder / "film.mp4", workspace=Workspace(folder / ".work"))
    return folder / "film.mp4", timeline


def lines(path: Path, timeline: Timeline, base: Path, **options) -> dict[str, Line]:
    return {line.name: line for line in check(path, timeline, base, **options).lines}


@pytest.fixture
def broken(good, tmp_path):
    """The lines of the good film with a fault put into it."""
    film, timeline = good

    def measured(*arguments, **fault) -> dict[str, Line]:
        return lines(rewritten(film, tmp_path / "broken.mp4", *arguments, **fault), timeline, film.parent)

    return measured


def test_a_good_film_holds_every_line(good):
    film, timeline = good
    report = check(film, timeline, film.parent, asked_s=4)
    assert report.broken == ()
    assert report.fit_to_ship
    unmeasured = {line.name for line in report.lines if line.verdict == "not measured"}
    assert unmeasured <= {"music under the voice"}
    report.demand()


def test_rewriting_alone_breaks_nothing(broken):
    """So that what the other tests find is their own fault."""
    assert [line for line in broken().values() if line.verdict == "broken"] == []


def test_black_frames_are_found_and_named(broken):
    line = broken(black)["black frames"]
    assert (line.verdict, line.measured, line.detail, line.hard) == ("broken", "2", "frames 20, 21", True)


def test_a_dip_to_black_is_never_quite_black(tmp_path):
    facts = told(tmp_path).model_dump(by_alias=True)
    for segment in facts["segments"]:
        segment["captions"] = []
    timeline = Timeline.model_validate(facts | {"transition": {"kind": "dip_black", "durationMs": 1200}})
    film = tmp_path / "film.mp4"
    render(timeline, tmp_path, film, workspace=Workspace(tmp_path / ".work"))
    assert lines(film, timeline, tmp_path)["black frames"].verdict == "holds"


def test_a_picture_that_stops_moving_is_found(broken):
    line = broken(frozen)["frozen frames"]
    assert (line.verdict, line.measured) == ("broken", "22 in a row")


def test_a_pale_picture_that_moves_slowly_in_a_small_film_is_told_from_one_that_stops(tmp_path):
    timeline = told(tmp_path)
    for number in (0, 1):
        pale(tmp_path / f"images/{number}.png", number)
    film = tmp_path / "film.mp4"
    render(timeline, tmp_path, film, workspace=Workspace(tmp_path / ".work"))
    assert lines(film, timeline, tmp_path)["frozen frames"].verdict == "holds"

    stopped = rewritten(film, tmp_path / "stopped.mp4", frozen)
    assert lines(stopped, timeline, tmp_path)["frozen frames"].measured == "22 in a row"


def test_shake_is_found(broken):
    line = broken(shaking)["shake"]
    assert line.verdict == "broken"
    assert float(line.measured.split()[0]) > 0.5


def test_wrong_colour_tags_are_found(broken):
    line = broken(tagged=False)["colour tags"]
    assert (line.verdict, line.hard) == ("broken", True)


def test_an_index_at_the_end_is_found(broken):
    line = broken(faststart=False)["starts before it has loaded"]
    assert (line.verdict, line.measured, line.hard) == ("broken", "no", True)


def test_sparse_key_frames_are_found(broken):
    line = broken(key_every=120)["key frames"]
    assert (line.verdict, line.measured, line.hard) == ("broken", "every 4.00 s at most", True)


def test_frames_that_are_missing_are_found(broken):
    found = broken(lambda frames: frames[:-8])
    assert found["frames in all"].verdict == "broken"
    assert found["sound and picture"].verdict == "broken"


def test_too_loud_is_found(broken):
    found = broken(samples=lambda sound: np.clip(8 * sound, -1, 1))
    assert found["loudness"].verdict == "broken"
    assert (found["true peak"].verdict, found["true peak"].hard) == ("broken", True)


def test_a_silent_section_is_found_and_named(broken):
    def second_half_silent(sound: np.ndarray) -> np.ndarray:
        sound[:, sound.shape[1] // 2 :] = 0
        return sound

    line = broken(samples=second_half_silent)["sections"]
    assert (line.verdict, line.measured, line.detail, line.hard) == ("broken", "1 of 2 heard", "seg_1", True)


def test_a_film_without_sound_is_not_fit_to_ship(broken):
    found = broken(sound=False)
    assert found["audio format"].verdict == "broken"
    assert found["sections"].verdict == "broken"


def test_a_length_far_from_what_was_asked_is_found(good):
    film, timeline = good
    near, far = (lines(film, timeline, film.parent, asked_s=asked_s) for asked_s in (4.2, 5))
    assert (near["length"].verdict, near["length, the goal"].verdict) == ("holds", "broken")
    assert (far["length"].verdict, far["length"].hard) == ("broken", True)


def with_captions(timeline: Timeline, *captions: dict[str, object]) -> Timeline:
    facts = timeline.model_dump(by_alias=True)
    facts["segments"][0]["captions"] = list(captions)
    return Timeline.model_validate(facts)


def test_captions_that_miss_words_are_found(good):
    film, timeline = good
    short = with_captions(timeline, {"startMs": 0, "endMs": 1900, "text": "Rivers carve valleys"})
    found = lines(film, short, film.parent)
    assert (found["captions"].verdict, found["captions"].hard) == ("broken", True)
    assert found["captions, the goal"].verdict == "broken"


def test_captions_too_fast_to_read_are_found(good):
    film, timeline = good
    fast = with_captions(timeline, {"startMs": 0, "endMs": 900, "text": SAID})
    assert lines(film, fast, film.parent)["rules of captions"].verdict == "broken"


def test_word_times_out_of_order_are_found(good):
    film, timeline = good
    words = [{"text": word, "startMs": 1500 - 200 * n, "endMs": 1600 - 200 * n} for n, word in enumerate(SAID.split())]
    astray = with_captions(timeline, {"startMs": 0, "endMs": 1900, "text": SAID, "words": words})
    assert lines(film, astray, film.parent)["word times"].verdict == "broken"


def grey_under_letters(frames: list[np.ndarray]) -> list[np.ndarray]:
    """What lies below the captions is washed out until their letters hardly show."""
    for frame in frames:
        rows = frame.shape[0] * 2 // 3
        frame[rows * 3 // 5 : rows] = np.maximum(frame[rows * 3 // 5 : rows], 190)
    return frames


def test_letters_that_hardly_show_are_found(good, broken):
    film, timeline = good
    assert float(lines(film, timeline, film.parent)["contrast of text"].measured.split()[0]) >= 4.5
    line = broken(grey_under_letters)["contrast of text"]
    assert line.verdict == "broken"
    assert float(line.measured.split()[0]) < 2.5


OFF_THE_EDGE = """
from pipeline.render.captions import layers as captions
from pipeline.render.sprites import Sprite

def layers(timeline, index, canvas):
    def moved(layer):
        return lambda frame: tuple(Sprite(s.picture, s.x, s.y + 24, s.opacity) for s in layer(frame))
    return tuple(moved(layer) for layer in captions(timeline, index, canvas))
"""


def test_letters_outside_the_safe_area_are_found(tmp_path, monkeypatch):
    """A pack of somebody else's that puts its captions too low."""
    (tmp_path / "edge_pack.py").write_text(OFF_THE_EDGE)
    monkeypatch.syspath_prepend(str(tmp_path))
    own = {
        "id": "edge",
        "name": "Edge",
        "description": "Captions at the very edge.",
        "fonts": {"heading": "Manrope", "body": "Manrope"},
        "colours": {"accent": "#ffc857", "text": "#ffffff", "background": "#10131a"},
        "captions": "clean",
        "transition": {"kind": "cut", "durationMs": 0},
        "layers": ["edge_pack:layers"],
    }
    (tmp_path / "edge.json").write_text(json.dumps(own))
    timeline = told(tmp_path, pack="edge.json")
    render(timeline, tmp_path, tmp_path / "film.mp4", workspace=Workspace(tmp_path / ".work"))
    assert lines(tmp_path / "film.mp4", timeline, tmp_path)["title-safe area"].verdict == "broken"


def test_a_very_short_last_section_is_heard(tmp_path):
    timeline = film(tmp_path, (30, 6))
    render(timeline, tmp_path, tmp_path / "film.mp4", workspace=Workspace(tmp_path / ".work"))
    assert lines(tmp_path / "film.mp4", timeline, tmp_path)["sections"].measured == "2 of 2 heard"


def test_letters_of_a_tiny_film_are_said_to_be_too_small_to_tell(tmp_path):
    timeline = film(tmp_path, (30, 30))
    render(timeline, tmp_path, tmp_path / "film.mp4", workspace=Workspace(tmp_path / ".work"))
    found = lines(tmp_path / "film.mp4", timeline, tmp_path)
    assert (found["contrast of text"].measured, found["contrast of text"].verdict) == (
        "letters too small to tell",
        "not measured",
    )
    assert (found["title-safe area"].measured, found["title-safe area"].verdict) == ("inside", "holds")


def test_a_film_alone_does_not_say_how_far_its_music_lies_below_the_voice(good):
    path, timeline = good
    line = lines(path, timeline, path.parent)["music under the voice"]
    assert (line.measured, line.verdict) == ("known only while the film is made", "not measured")


def test_characters_that_no_font_has_are_told(good):
    film, timeline = good
    strange = with_captions(timeline, {"startMs": 0, "endMs": 1900, "text": f"{SAID} \ue000"})
    line = lines(film, strange, film.parent)["missing glyphs"]
    assert line.verdict == "broken"
    assert "U+E000" in line.detail


def test_hard_lines_that_are_broken_are_one_clear_error():
    held = Line(name="loudness", measured="-9 LUFS", allowed="-14 LUFS", verdict="broken")
    fatal = Line(name="black frames", measured="2", allowed="none", verdict="broken", hard=True)
    with pytest.raises(CheckError, match=r"black frames: 2 \(allowed: none\)"):
        Report(film="film.mp4", lines=(held, fatal)).demand()
    assert Report(film="film.mp4", lines=(held,)).fit_to_ship


@pytest.mark.parametrize("content", [b"", b"no film at all"])
def test_what_is_no_film_is_one_clear_error(tmp_path, content):
    (tmp_path / "film.mp4").write_bytes(content)
    with pytest.raises(CheckError, match="cannot be read as a film"):
        check(tmp_path / "film.mp4")


def test_a_file_without_pictures_is_one_clear_error(tmp_path):
    with pytest.raises(CheckError, match="no pictures"):
        check(tone(tmp_path / "film.wav", 0.2))


class Notebook(dict):
    """A memory that counts what it was told."""

    recall = dict.get

    def remember(self, digest, seen):
        assert digest not in self
        self[digest] = seen.copy()


def test_after_an_edit_only_the_edited_section_is_new_and_the_report_is_the_same(good, tmp_path):
    film, timeline = good
    notebook = Notebook()
    check(film, timeline, film.parent, memory=notebook)
    sections = len(notebook)
    facts = timeline.model_dump(by_alias=True)
    facts["segments"][1]["captions"][0]["endMs"] = 1700
    edited = Timeline.model_validate(facts)
    render(edited, film.parent, tmp_path / "film.mp4", workspace=Workspace(film.parent / ".work"))
    report = check(tmp_path / "film.mp4", edited, film.parent, memory=notebook)
    assert (sections, len(notebook)) == (2, 3)
    assert report == check(tmp_path / "film.mp4", edited, film.parent)


def test_the_first_frames_of_a_section_are_compared_with_a_known_one_before_it(good, tmp_path):
    film, _ = good
    one = rewritten(film, tmp_path / "one.mp4", lambda frames: [frames[20]] * len(frames))
    notebook = Notebook()
    frames.look(one, [], starts=[0, 60], memory=notebook)
    first, _ = notebook
    seen = frames.look(one, [], starts=[0, 60], memory=Notebook({first: notebook[first]}))
    assert (seen.frames, frames.longest_run(seen.still[60:])) == (120, 60)


def test_what_was_seen_in_another_file_says_nothing_of_this_one(good, tmp_path):
    film, timeline = good
    notebook = Notebook()
    check(film, timeline, film.parent, memory=notebook)
    dark = rewritten(film, tmp_path / "dark.mp4", black)
    found = {line.name: line for line in check(dark, timeline, film.parent, memory=notebook).lines}
    assert found["black frames"].verdict == "broken"
