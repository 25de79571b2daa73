"""Every rule is seen when it is broken."""

from __future__ import annotations

import pytest

from pipeline.captions import coverage, violations
from pipeline.timeline.models import Caption, Word


def caption(text, start_ms=0, end_ms=3000, words=()):
    return Caption(start_ms=start_ms, end_ms=end_ms, text=text, words=words)


def rules(*captions, **options):
    return [(violation.rule, violation.caption) for violation in violations(captions, **options)]


GOOD = caption("The mountain had slept\nfor eight hundred years.")


def test_a_good_caption_breaks_none():
    assert rules(GOOD, caption("And then it woke.", 3100, 5000)) == []


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        (caption("one\ntwo\nthree"), "lines"),
        (caption("This line is much too long to be shown as it is."), "line_length"),
        (caption("Stop.", end_ms=800), "too_short"),
        (caption("It stays on the screen.", end_ms=7001), "too_long"),
        (caption("Nobody can read all of this so fast.", end_ms=1000), "too_fast"),
        (caption("He looked up at the\nmountain for an hour."), "article"),
        (caption("The mountain had\nslept for eight years."), "line_break"),
        (caption("Hello there.", words=(Word(text="Hello", start_ms=0, end_ms=300),)), "words"),
        (
            caption(
                "Hello there.",
                words=(Word(text="Hello", start_ms=500, end_ms=900), Word(text="there.", start_ms=100, end_ms=300)),
            ),
            "words",
        ),
        (caption("Hello.", words=(Word(text="Hello.", start_ms=0, end_ms=3200),)), "words"),
    ],
)
def test_each_rule_is_seen_when_it_is_broken(broken, rule):
    assert rules(broken) == [(rule, 0)]


def test_captions_that_follow_too_closely_or_overlap_are_seen():
    following = caption("And then it woke.", 3060, 5000)
    assert rules(GOOD, following) == [("gap", 0)]
    assert rules(GOOD, following, fps=60) == []
    assert rules(GOOD, caption("And then it woke.", 2000, 5000)) == [("gap", 0)]


def test_a_caption_that_ends_on_an_article_is_seen():
    assert rules(caption("He looked up at the"), caption("mountain for an hour.", 3100, 6000)) == [("article", 0)]


def test_words_that_are_not_shown_are_seen():
    texts = GOOD.text.split()
    words = tuple(Word(text=text, start_ms=0, end_ms=1) for text in texts)
    assert rules(GOOD, words=words) == []
    assert rules(GOOD, words=(*words, words[0])) == [("coverage", -1)]
    assert coverage([GOOD], (*words, *words)) == pytest.approx(0.5)
    assert coverage([], words) == 0
    assert coverage([], ()) == 1
