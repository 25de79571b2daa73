"""What a film and its files are called."""

from __future__ import annotations

import pytest

from studio.desk.naming import file_name, slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Why volcanoes erupt", "why-volcanoes-erupt"),
        ("Newton's 3 laws: what?!", "newtons-3-laws-what"),
        ("Der Große Bär", "der-grosse-bär"),
        ("茶の歴史", "茶の歴史"),
        ("../../etc/passwd", "etc-passwd"),
        ("🎬 …", "film"),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_title_becomes_a_name_that_any_disk_takes(title, expected):
    assert slug(title) == expected


def test_files_are_told_apart_by_what_they_are():
    names = [file_name("Tea", name) for name in ("final.mp4", "captions.srt", "script.txt", "publishing.json")]
    assert names == ["tea.mp4", "tea.srt", "tea-script.txt", "tea-publishing.json"]
