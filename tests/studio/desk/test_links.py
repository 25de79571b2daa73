"""Links for pages that ask again and again."""

from __future__ import annotations

from uuid import uuid4

import pytest

from studio.desk.links import KeptLinks
from studio.errors import FileMissing
from studio.files import Files, FolderHome


@pytest.fixture
def files(tmp_path) -> Files:
    return Files(FolderHome(tmp_path / "files"))


def stored(files: Files, tmp_path, owner) -> str:
    (tmp_path / "a.txt").write_text("words", encoding="utf-8")
    return files.put(tmp_path / "a.txt", owner=owner).path


def test_the_same_link_is_given_again(files, tmp_path, monkeypatch):
    owner = uuid4()
    path = stored(files, tmp_path, owner)
    links = KeptLinks(files)
    first = links.of(owner, [path])
    monkeypatch.setattr(files.home.signer, "_now", lambda: 2_000_000_000.0)
    assert links.of(owner, [path]) == first
    assert KeptLinks(files).of(owner, [path]) != first


def test_a_file_that_is_gone_is_left_out(files, tmp_path):
    owner = uuid4()
    path = stored(files, tmp_path, owner)
    files.remove([path], owner=owner)
    assert KeptLinks(files).of(owner, [path]) == {}


def test_a_link_that_is_kept_for_its_owner_is_no_one_elses(files, tmp_path):
    owner = uuid4()
    path = stored(files, tmp_path, owner)
    links = KeptLinks(files)
    links.of(owner, [path])
    with pytest.raises(FileMissing):
        links.of(uuid4(), [path])
