"""Subtitles: sentences again, without times, tags and noises."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.subtitles import looks_like, parse

SRT = """1
00:00:01,000 --> 00:00:03,000
<i>A volcano is an opening</i>

2
00:00:03,100 --> 00:00:05,000
- in the {\\an8}Earth's crust.
[wind howling]

3
00:00:09,000 --> 00:00:11,000
♪ music ♪

4
00:00:12,000 --> 00:00:14,000
In 79
it buried a town.
"""


def test_cues_become_sentences_and_long_gaps_part_paragraphs():
    assert [block.text for block in parse(SRT).blocks] == [
        "A volcano is an opening in the Earth's crust.",
        "In 79 it buried a town.",
    ]


def test_a_number_that_is_said_is_kept():
    text = "1\n00:00:01,000 --> 00:00:02,000\nIn the year\n1815\n\n2\n00:00:02,100 --> 00:00:04,000\nit was dark.\n"
    assert parse(text).blocks[0].text == "In the year 1815 it was dark."


def test_web_captions_are_read_as_well():
    text = "WEBVTT\n\n00:01.000 --> 00:02.000 align:start\nHello there.\n"
    assert looks_like(text)
    assert parse(text).blocks[0].text == "Hello there."


def test_rolling_captions_are_not_read_twice():
    text = "00:00:01,000 --> 00:00:02,000\nso today we\n\n00:00:02,000 --> 00:00:03,000\nso today we\nlook at tea\n"
    assert parse(text).blocks[0].text == "so today we look at tea"


def test_long_talk_is_parted_at_sentences():
    cue = "00:00:{0:02},000 --> 00:00:{0:02},900\nThis is sentence number {0}, and it has eleven words altogether.\n\n"
    blocks = parse("".join(cue.format(number) for number in range(40))).blocks
    assert len(blocks) > 2
    assert all(block.text.endswith(".") for block in blocks)


def test_plain_words_are_no_subtitles():
    assert not looks_like("From 10:00 to 11:00 --> lunch")


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    parse(f"00:00:01,000 --> 00:00:02,000\n{text}")
