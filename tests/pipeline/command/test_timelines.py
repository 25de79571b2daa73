"""The commands on a timeline, as people type them."""

import json

import av
import pytest
from PIL import Image

from pipeline.command import main
from tests.pipeline.render.films import document


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("command")
    facts = document(made, (30, 30), transition={"kind": "cut"})
    (made / "timeline.json").write_text(json.dumps(facts))
    assert main(["render", str(made / "timeline.json"), "--out", str(made / "film.mp4")]) == 0
    return made


def size_of(path):
    with av.open(str(path)) as file:
        video = file.streams.video[0]
        return video.width, video.height, video.frames


def test_render_writes_the_film_and_says_what_it_did(folder, capsys):
    assert size_of(folder / "film.mp4") == (320, 180, 60)
    assert main(["render", str(folder / "timeline.json"), "--out", str(folder / "again.mp4")]) == 0
    assert "0 of 2 stretches drawn" in capsys.readouterr().out
    assert (folder / "again.mp4").read_bytes() == (folder / "film.mp4").read_bytes()


def test_render_keeps_what_it_made_where_it_is_told(folder, tmp_path, capsys):
    assert (
        main(
            ["render", str(folder / "timeline.json"), "--out", str(tmp_path / "a.webm"), "--work", str(tmp_path / "w")]
        )
        == 0
    )
    assert (tmp_path / "w/blobs").is_dir()
    assert size_of(tmp_path / "a.webm")[:2] == (320, 180)


def test_preview_writes_one_scene_at_360_lines(folder, tmp_path, capsys):
    assert main(["preview", str(folder / "timeline.json"), "--scene", "2", "--out", str(tmp_path / "p.mp4")]) == 0
    assert size_of(tmp_path / "p.mp4") == (640, 360, 30)
    assert "scene 2" in capsys.readouterr().out


def test_a_very_wide_film_is_previewed_as_wide_as_a_frame_may_be(folder, tmp_path, capsys):
    facts = json.loads((folder / "timeline.json").read_text())
    (folder / "wide.json").write_text(json.dumps({**facts, "width": 2048, "height": 128}))
    assert main(["preview", str(folder / "wide.json"), "--out", str(tmp_path / "p.mp4")]) == 0
    assert size_of(tmp_path / "p.mp4")[:2] == (4096, 256)


def test_a_scene_that_is_not_there_is_one_clear_sentence(folder, tmp_path, capsys):
    assert main(["preview", str(folder / "timeline.json"), "--scene", "3", "--out", str(tmp_path / "p.mp4")]) == 1
    assert "There is no scene 3: this film has 2." in capsys.readouterr().err
    assert not (tmp_path / "p.mp4").exists()


def test_poster_is_a_frame_of_the_film(folder, tmp_path):
    assert main(["poster", str(folder / "timeline.json"), "--out", str(tmp_path / "poster.jpg")]) == 0
    assert Image.open(tmp_path / "poster.jpg").size == (320, 180)


def test_sheet_shows_every_scene(folder, tmp_path):
    assert main(["sheet", str(folder / "timeline.json"), "--out", str(tmp_path / "sheet.jpg")]) == 0
    width, height = Image.open(tmp_path / "sheet.jpg").size
    assert width > 4 * 480
    assert 270 < height < 2 * 270


def test_check_measures_and_writes_its_report(folder, tmp_path, capsys):
    command = ["check", str(folder / "film.mp4"), "--timeline", str(folder / "timeline.json")]
    assert main([*command, "--out", str(tmp_path / "report.json")]) == 0
    report = json.loads((tmp_path / "report.json").read_text())
    names = {line["name"] for line in report["lines"]}
    assert {"black frames", "loudness", "captions", "key frames", "contrast of text"} <= names
    assert "black frames" in capsys.readouterr().out


def test_check_fails_for_a_film_that_is_not_to_be_shipped(folder, tmp_path, capsys):
    command = ["check", str(folder / "film.mp4"), "--minutes", "3", "--out", str(tmp_path / "report.json")]
    assert main(command) == 1
    assert "broken" in capsys.readouterr().out


@pytest.mark.parametrize("suffix", ["otio", "edl", "xml", "fcpxml", "otioz"])
def test_export_writes_what_the_suffix_names(folder, tmp_path, suffix):
    assert main(["export", str(folder / "timeline.json"), "--out", str(tmp_path / f"edit.{suffix}")]) == 0
    assert (tmp_path / f"edit.{suffix}").stat().st_size > 100


def test_schema_is_one_that_accepts_the_file(folder, capsys):
    assert main(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    written = json.loads((folder / "timeline.json").read_text())
    assert set(written) <= set(schema["properties"])
    assert {"version", "title", "segments"} <= set(schema["required"])


@pytest.mark.parametrize("name", ["render", "preview", "poster", "sheet", "export"])
def test_a_timeline_that_is_not_there_is_one_clear_sentence(name, tmp_path, capsys):
    assert main([name, str(tmp_path / "none.json"), "--out", str(tmp_path / "out.mp4")]) == 1
    said = capsys.readouterr().err
    assert "none.json" in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "file"), [("poster", "p.jpg"), ("sheet", "s.jpg"), ("export", "e.otio"), ("check", "report.json")]
)
def test_a_place_that_cannot_be_written_is_one_clear_sentence(folder, tmp_path, capsys, name, file):
    (tmp_path / "full").write_text("in the way")
    what = "film.mp4" if name == "check" else "timeline.json"
    assert main([name, str(folder / what), "--out", str(tmp_path / "full" / file)]) == 1
    assert "cannot be written here" in capsys.readouterr().err


def test_check_makes_the_folder_of_its_report(folder, tmp_path, capsys):
    assert main(["check", str(folder / "film.mp4"), "--out", str(tmp_path / "new/report.json")]) == 0
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["report.json"]


@pytest.mark.parametrize("name", ["poster", "sheet"])
def test_a_picture_of_an_unknown_kind_is_one_clear_sentence(folder, tmp_path, capsys, name):
    assert main([name, str(folder / "timeline.json"), "--out", str(tmp_path / "p.xyz")]) == 1
    assert ".jpg, .png or .webp" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["render", "preview", "poster", "sheet", "check", "export", "schema"])
def test_every_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    assert f"python -m pipeline {name}" in capsys.readouterr().out
