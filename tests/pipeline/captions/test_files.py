"""SRT and WebVTT that other programs read."""

from __future__ import annotations

import io

import pysrt
import pytest
import webvtt

from pipeline.captions import film_captions, to_srt, to_vtt
from pipeline.timeline.models import Caption, Timeline

CAPTIONS = (
    Caption(start_ms=0, end_ms=1500, text="First line\nsecond line"),
    Caption(start_ms=3_599_900, end_ms=3_601_234, text="Tom & Jerry <b> --> “ü” 火"),
    Caption(start_ms=3_602_000, end_ms=3_603_000, text="  "),
    Caption(start_ms=3_604_000, end_ms=3_605_000, text="a\n\nb"),
)


def test_srt_is_read_by_pysrt():
    read = pysrt.from_string(to_srt(CAPTIONS))
    assert [(cue.index, cue.start.ordinal, cue.end.ordinal, cue.text) for cue in read] == [
        (1, 0, 1500, "First line\nsecond line"),
        (2, 3_599_900, 3_601_234, "Tom & Jerry <b> → “ü” 火"),
        (3, 3_604_000, 3_605_000, "a\nb"),
    ]


def test_webvtt_is_read_by_webvtt_py():
    read = webvtt.from_buffer(io.StringIO(to_vtt(CAPTIONS)))
    assert [(cue.start, cue.end) for cue in read] == [
        ("00:00:00.000", "00:00:01.500"),
        ("00:59:59.900", "01:00:01.234"),
        ("01:00:04.000", "01:00:05.000"),
    ]
    assert read[0].text == "First line\nsecond line"
    assert "Tom &amp; Jerry &lt;b&gt; →" in to_vtt(CAPTIONS)


@pytest.mark.parametrize("writer", [to_srt, to_vtt])
def test_no_captions_make_a_valid_empty_file(writer):
    text = writer(())
    assert text.strip() in ("", "WEBVTT")


def test_a_films_captions_are_in_the_films_own_time():
    timeline = Timeline.model_validate(
        {
            "version": 1,
            "title": "t",
            "fps": 25,
            "segments": [
                {
                    "id": f"s{number}",
                    "startFrame": 50 * number,
                    "endFrame": 50 * number + 50,
                    "visuals": [{"path": "a.png"}],
                    "captions": [
                        {
                            "startMs": 100,
                            "endMs": 1100,
                            "text": "Hi.",
                            "words": [{"text": "Hi.", "startMs": 100, "endMs": 900}],
                        }
                    ],
                }
                for number in range(2)
            ],
        }
    )
    captions = film_captions(timeline)
    assert [(caption.start_ms, caption.end_ms) for caption in captions] == [(100, 1100), (2100, 3100)]
    assert captions[1].words[0].start_ms == 2100
