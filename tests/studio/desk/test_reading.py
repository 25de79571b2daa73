"""What was read is remembered, and no more of it than there is room for."""

from __future__ import annotations

from studio.desk.reading import Remembered


def test_the_latest_are_kept_that_are_not_too_heavy_together():
    kept = Remembered(len, 10)
    kept.keep("a", "aaaa")
    kept.keep("b", "bbbb")
    assert kept.get("a") == "aaaa"
    kept.keep("c", "cccc")
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == ("aaaa", None, "cccc")


def test_what_is_kept_again_weighs_once():
    kept = Remembered(len, 10)
    for _ in range(5):
        kept.keep("a", "aaaa")
    kept.keep("b", "bbbb")
    assert kept.get("a") == "aaaa"


def test_what_is_too_heavy_by_itself_is_handed_back_and_not_kept():
    kept = Remembered(len, 3)
    assert kept.keep("a", "aaaa") == "aaaa"
    assert kept.get("a") is None
