"""Captions under all their rules: worked examples, and properties over many narrations."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.captions import caption_narration, caption_words, coverage, violations
from pipeline.narration import narrate
from pipeline.narration.speakable import make_speakable
from pipeline.scripts.models import Section
from pipeline.timeline.models import Word
from tests.pipeline.narration.speakers import Toner
from voices import Cast, VoiceSettings, published

EXAMPLES = Path(__file__).parents[3] / "examples"
WALTER = published().find("espeak-walter")


def timed(text, *, words_a_minute=155, pause_ms=350):
    """Words at an even pace, with a pause after every sentence."""
    words, at = [], 0
    for word in text.split():
        length = round(len(word) * 60_000 / words_a_minute / 5.5)
        words.append(Word(text=word, start_ms=at, end_ms=at + length))
        at += length + (pause_ms if word[-1] in ".!?" else 0)
    return tuple(words)


def captioned(text, **options):
    words = timed(text, **options)
    return words, caption_words(words, until_ms=words[-1].end_ms + 900)


TEXT = (
    "The mountain had slept for eight hundred years. Then, one quiet morning in August, it woke. "
    "Most of the people who lived below it had left by noon, but those who stayed behind were lost within minutes. "
    "Stop. Think about that for a moment. What would you have done with the time that was left to you?"
)


def test_captions_break_where_a_reader_would():
    _, captions = captioned(TEXT)
    assert [caption.text for caption in captions] == [
        "The mountain had slept\nfor eight hundred years.",
        "Then, one quiet morning\nin August, it woke.",
        "Most of the people who lived\nbelow it had left by noon,",
        "but those who stayed\nbehind were lost within minutes.",
        "Stop. Think about that for a moment.",
        "What would you have done\nwith the time that was left to you?",
    ]


def test_no_rule_is_broken_and_every_word_is_shown():
    words, captions = captioned(TEXT)
    assert violations(captions, words=words) == ()


def test_a_caption_appears_with_its_first_word_and_stays_until_the_next_one():
    words, captions = captioned(TEXT)
    starts = {word.start_ms for word in words}
    assert all(caption.start_ms in starts for caption in captions)
    gaps = [after.start_ms - caption.end_ms for caption, after in pairwise(captions)]
    assert all(67 <= gap <= 70 for gap in gaps)


def test_over_a_long_silence_the_screen_is_empty():
    words = (*timed("First this is said."), Word(text="Later.", start_ms=9000, end_ms=9500))
    captions = caption_words(words, until_ms=12_000)
    assert captions[0].end_ms < 3000
    assert captions[1].start_ms == 9000


def test_the_last_caption_ends_before_the_segment_does():
    words = timed("It is over.")
    captions = caption_words(words, until_ms=words[-1].end_ms + 100, fps=30)
    assert captions[-1].end_ms <= words[-1].end_ms + 100 - 66


def test_a_word_longer_than_a_line_is_parted_and_nothing_of_it_lost():
    words = timed("See https://www.example.com/a-very-long-address-that-does-not-fit-in-one-line/page and " + "x" * 200)
    captions = caption_words(words, until_ms=60_000)
    assert coverage(captions, words) == 1
    assert all(len(line) <= 42 for caption in captions for line in caption.text.split("\n"))


@pytest.mark.parametrize(("language", "most"), [("zh", 16), ("ja", 13)])
def test_chinese_and_japanese_have_short_lines_without_spaces(language, most):
    text = "火山は、地球の奥深くへと続く窓である。岩が溶けてマグマになり、上へと昇っていく。"
    text += "やがて圧力が高まり、噴火が始まる。"
    section = Section(id="s01_hook", kind="hook", narration=text)
    narration = narrate(section, WALTER, Toner(words=False), language=language)
    captions = caption_narration(narration, language=language)
    assert all(len(line) <= most for caption in captions for line in caption.text.split("\n"))
    assert "".join(caption.text.replace("\n", "") for caption in captions) == text
    assert not [v for v in violations(captions, words=narration.words, language=language) if v.rule != "too_short"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_captions_of_real_speech_break_no_rule(language):
    texts = {
        "en": "In 79 AD, Mount Vesuvius erupted, and about 2,000 people died. It cost the empire $3.5 million — in "
        "today's money. Nobody was ready. Stop. Really? The end of the story came much later: in 1748, diggers found "
        "the town again (by accident), and the world has not looked at a mountain in the same way since.",
        "de": "Der Berg schlief 800 Jahre lang, und niemand dachte mehr an ihn. Dann, an einem stillen Morgen, wachte "
        "er auf. Die Menschen, die in der Stadt unter ihm lebten, hatten nur wenige Stunden für die Flucht.",
    }
    cast = Cast(VoiceSettings())
    voice = cast.choose("default", language=language).voice
    narration = narrate(Section(id="s01_hook", kind="hook", narration=texts[language]), voice, cast, language=language)
    captions = caption_narration(narration, segment_ms=narration.duration_ms + 450, language=language)
    assert violations(captions, words=narration.words, language=language) == ()
    shifted = caption_narration(narration, offset_ms=500, segment_ms=narration.duration_ms + 950, language=language)
    assert [c.start_ms - 500 for c in shifted] == [c.start_ms for c in captions]


LEXICON = """the a of and in mountain people slept woke early when they its magma, pressure, erupted. town. who with
under to photosynthesis extraordinarily 1748, because years water! why? not far, from stone light every"""
SENTENCES = st.lists(st.sampled_from(LEXICON.split()), min_size=1, max_size=90).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(SENTENCES, st.integers(110, 200), st.sampled_from([24, 25, 30, 60]))
def test_whatever_is_said_is_shown_in_order_within_its_bounds(text, pace, fps):
    words = timed(text, words_a_minute=pace)
    until_ms = words[-1].end_ms + 1200
    captions = caption_words(words, until_ms=until_ms, fps=fps)
    found = violations(captions, words=words, fps=fps)
    assert not {v.rule for v in found} & {"lines", "line_length", "gap", "coverage", "words", "too_long", "line_break"}
    assert captions[-1].end_ms <= until_ms
    assert [word.text for caption in captions for word in caption.words] == text.split()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["It was the end.", "Then, the town slept for years.", TEXT]), min_size=1, max_size=6))
def test_ordinary_prose_breaks_no_rule_at_all(parts):
    words, captions = captioned(" ".join(parts))
    assert violations(captions, words=words) == ()


@pytest.mark.parametrize("pace", [125, 150, 170])
@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.md")), ids=lambda path: path.stem)
def test_captions_of_the_example_notes_break_no_rule(path, pace):
    for breath in make_speakable(path.read_text("utf-8")).breaths:
        text = " ".join(word for phrase in breath.phrases for word in phrase.written)
        if len(text.split()) < 8:
            continue
        words, captions = captioned(text, words_a_minute=pace)
        assert violations(captions, words=words) == ()


def test_twelve_minutes_are_captioned_in_a_moment():
    words = timed(" ".join([TEXT] * 28))
    before = time.process_time()
    captions = caption_words(words, until_ms=words[-1].end_ms + 1000)
    assert time.process_time() - before < 1.5
    assert violations(captions, words=words) == ()


def test_no_words_no_captions():
    assert caption_words((), until_ms=1000) == ()


def test_a_title_s_full_stop_ends_nothing():
    text = "In 1980, the top of Mount St. Helens collapsed, and Dr. J. Robert Smith was there to see it."
    words = [Word(text=word, start_ms=300 * i, end_ms=300 * i + 280) for i, word in enumerate(text.split())]
    ends = [line.split()[-1] for caption in caption_words(words, until_ms=9000) for line in caption.text.split("\n")]
    assert not {"St.", "Dr.", "J."} & set(ends)
