"""timeline.json: what is accepted, what is refused and where the error points."""

import json

import pytest

from pipeline.errors import TimelineError
from pipeline.timeline import dump, load, parse, schema

SPECIFIED = {
    "version": 1,
    "title": "Why Most People Fail at Starting YouTube",
    "fps": 30,
    "width": 1920,
    "height": 1080,
    "bgmPath": "bgm/lofi_01.mp3",
    "bgmVolume": 0.08,
    "segments": [
        {
            "id": "seg_001_hook",
            "startFrame": 0,
            "endFrame": 900,
            "narrationText": "If you've been waiting to start YouTube until you feel ready, you've already lost.",
            "audioPath": "audio/seg_001.mp3",
            "captions": [
                {"startMs": 0, "endMs": 2100, "text": "If you've been waiting to start YouTube"},
                {"startMs": 2100, "endMs": 4200, "text": "until you feel ready, you've already lost."},
            ],
            "visuals": [
                {"path": "images/seg_001_01.png", "motion": "kenburns_in", "overlayText": "START BEFORE READY"}
            ],
        }
    ],
}
SMALLEST = {
    "version": 1,
    "title": "t",
    "segments": [{"id": "a", "startFrame": 0, "endFrame": 9, "visuals": [{"path": "p"}]}],
}


def edited(**changes):
    return json.dumps({**SMALLEST, **changes})


def segment(**changes):
    return {**SMALLEST["segments"][0], **changes}


def test_the_file_of_the_specification_loads_unchanged(tmp_path):
    path = tmp_path / "timeline.json"
    path.write_text(json.dumps(SPECIFIED))
    timeline = load(path)
    assert timeline.frames == 900
    assert timeline.segments[0].visuals[0].overlay_text == "START BEFORE READY"
    assert json.loads(dump(timeline)) == SPECIFIED


def test_the_defaults_are_those_of_the_specification():
    timeline = parse(json.dumps(SMALLEST))
    assert (timeline.fps, timeline.width, timeline.height, timeline.bgm_volume) == (30, 1920, 1080, 0.08)
    assert timeline.segments[0].visuals[0].motion == "kenburns_in"


def test_what_is_written_reads_back_the_same():
    timeline = parse(json.dumps(SPECIFIED))
    assert parse(dump(timeline)) == timeline


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        ("{", "timeline.json", "not valid JSON"),
        ("[" * 100_000, "timeline.json", "not valid JSON"),
        ("[]", "the top level", "valid dictionary"),
        (edited(version=2), "version", "1"),
        (edited(fps=23), "fps", "24, 25, 30, 50 or 60"),
        (edited(width=1921), "width", "multiple of 2"),
        (edited(surprise=1), "surprise", "not permitted"),
        (edited(bgmVolume=float("inf")), "bgmVolume", "finite"),
        (edited(segments=[]), "segments", "at least 1"),
        (edited(segments=[segment(visuals=[])]), "segments[0].visuals", "at least 1"),
        (
            edited(segments=[segment(visuals=[{"path": "p", "motion": "spin"}])]),
            "segments[0].visuals[0].motion",
            "pan_left",
        ),
        (edited(segments=[segment(endFrame=0)]), "segments[0].endFrame", "greater than or equal to 1"),
        (edited(segments=[segment(endFrame=10**12)]), "segments[0].endFrame", "less than or equal to"),
        (edited(segments=[segment(audioPath="a/" + "x" * 300)]), "segments[0].audioPath", "at most 255 bytes"),
        (edited(bgmPath="ä" * 130), "bgmPath", "at most 255 bytes"),
        (edited(segments=[segment(startFrame=4, endFrame=4)]), "the top level", "segments[0] (a) is empty"),
        (edited(segments=[segment(startFrame=5)]), "the top level", "segments[0] must start at frame 0"),
        (
            edited(segments=[segment(), segment(id="b", startFrame=8, endFrame=12)]),
            "the top level",
            "segments[1] (b) starts at frame 8, before segments[0] ends at 9",
        ),
        (edited(segments=[segment(), segment(startFrame=9, endFrame=12)]), "the top level", "an earlier segment has"),
        (
            edited(segments=[segment(captions=[{"startMs": 5, "endMs": 5, "text": "x"}])]),
            "segments[0].captions[0]",
            "endMs must be after startMs",
        ),
        (edited(intro={"title": "x", "durationMs": 1000}), "the top level", "before the intro ends at 30"),
        (edited(overlays=[{"kind": "list"}]), "overlays[0]", "a list needs items"),
        (edited(theme={"accent": "red"}), "theme.accent", "match pattern"),
    ],
)
def test_a_fault_is_named_with_its_place(text, place, sentence):
    with pytest.raises(TimelineError) as caught:
        parse(text)
    assert place in caught.value.where
    assert sentence in caught.value.message


def test_several_faults_are_counted():
    with pytest.raises(TimelineError, match="1 more fault after this one"):
        parse(edited(width=1921, height=1081))


def test_a_missing_file_is_an_error_of_the_timeline(tmp_path):
    with pytest.raises(TimelineError, match="cannot be read"):
        load(tmp_path / "none.json")


def test_a_file_that_is_no_text_is_an_error_of_the_timeline(tmp_path):
    path = tmp_path / "timeline.json"
    path.write_bytes(bytes(range(256)))
    with pytest.raises(TimelineError, match="not valid JSON"):
        load(path)


def test_the_schema_speaks_camel_case_and_knows_every_motion():
    text = json.dumps(schema())
    assert "startFrame" in text
    assert "start_frame" not in text
    assert all(motion in text for motion in ("none", "kenburns_in", "kenburns_out", "pan_left", "pan_right"))
