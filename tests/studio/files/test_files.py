"""The door to files, on both homes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from studio.errors import FileMissing, FileRefused, FilesUnavailable
from studio.files import BuildMirror, Files, FolderHome, Shelf


def test_a_file_lies_under_its_owner_and_the_hash_of_its_bytes(files: Files, owner: UUID, picture: Path):
    stored = files.put(picture, owner=owner)
    sha256 = hashlib.sha256(picture.read_bytes()).hexdigest()
    assert stored.path == f"{owner}/assets/{sha256[:2]}/{sha256}.png"
    assert (stored.bytes, stored.mime, stored.sha256) == (picture.stat().st_size, "image/png", sha256)


def test_what_was_put_can_be_opened_and_fetched(files: Files, owner: UUID, picture: Path, tmp_path: Path):
    stored = files.put(picture, owner=owner, shelf=Shelf.OUTPUTS)
    with files.open(stored.path, owner=owner) as file:
        assert file.read() == picture.read_bytes()
        file.seek(1)
        assert file.read(3) == b"PNG"
    files.fetch(stored.path, tmp_path / "copy", owner=owner)
    assert (tmp_path / "copy").read_bytes() == picture.read_bytes()


def test_the_same_bytes_are_the_same_file(files: Files, owner: UUID, picture: Path, tmp_path: Path):
    twin = tmp_path / "twin.png"
    twin.write_bytes(picture.read_bytes())
    assert files.put(picture, owner=owner) == files.put(twin, owner=owner)
    assert len(list(files.home.paths(Shelf.ASSETS, f"{owner}/"))) == 1


def test_an_empty_file_is_a_file(files: Files, owner: UUID, tmp_path: Path):
    (tmp_path / "empty.txt").touch()
    stored = files.put(tmp_path / "empty.txt", owner=owner)
    with files.open(stored.path, owner=owner) as file:
        assert file.read() == b""


def test_another_owners_file_is_as_good_as_none(files: Files, owner: UUID, picture: Path, tmp_path: Path):
    stranger, path = uuid4(), files.put(picture, owner=owner).path
    for attempt in (
        lambda: files.open(path, owner=stranger),
        lambda: files.link(path, owner=stranger),
        lambda: files.links([path], owner=stranger),
        lambda: files.fetch(path, tmp_path / "stolen", owner=stranger),
        lambda: files.remove([path], owner=stranger),
    ):
        with pytest.raises(FileMissing):
            attempt()
    assert files.link(path, owner=owner)


@pytest.mark.parametrize(
    "path",
    ["{}/../{}/assets/x", "{}/assets/../../etc/passwd", "/{}/assets/x", "{}/assets//x", "{}/assets/.hidden",
     "{}/elsewhere/x", "{}", "{}/assets/a\x00b", "{}/assets/" + "a" * 1000],
)  # fmt: skip
def test_a_path_that_could_lead_astray_is_refused(files: Files, owner: UUID, path: str):
    with pytest.raises(FileRefused):
        files.open(path.replace("{}", str(owner)), owner=owner)


def test_an_unlikely_suffix_is_refused(files: Files, owner: UUID, tmp_path: Path):
    strange = tmp_path / "x.p n g"
    strange.write_bytes(b"x")
    with pytest.raises(FileRefused):
        files.put(strange, owner=owner)


def test_a_missing_file_is_named_so(files: Files, owner: UUID, tmp_path: Path):
    path = f"{owner}/assets/ab/none.png"
    for attempt in (
        lambda: files.open(path, owner=owner),
        lambda: files.link(path, owner=owner),
        lambda: files.fetch(path, tmp_path / "x", owner=owner),
    ):
        with pytest.raises(FileMissing):
            attempt()
    assert files.links([path], owner=owner) == {}
    assert not (tmp_path / "x").exists()


def test_removing_is_final_and_may_be_repeated(files: Files, owner: UUID, picture: Path):
    path = files.put(picture, owner=owner).path
    files.remove([path], owner=owner)
    files.remove([path], owner=owner)
    with pytest.raises(FileMissing):
        files.open(path, owner=owner)


def test_links_are_made_for_a_whole_page_at_once(files: Files, owner: UUID, tmp_path: Path):
    paths = []
    for number in range(3):
        file = tmp_path / f"{number}.txt"
        file.write_text(str(number))
        paths.append(files.put(file, owner=owner, shelf=list(Shelf)[number % 2]).path)
    assert set(files.links([*paths, f"{owner}/assets/aa/none.txt"], owner=owner)) == set(paths)


def test_all_of_an_owner_can_go_at_once(files: Files, owner: UUID, picture: Path):
    other = uuid4()
    kept = files.put(picture, owner=other).path
    files.put(picture, owner=owner)
    files.put(picture, owner=owner, shelf=Shelf.OUTPUTS)
    assert files.remove_all(owner) == 2
    assert files.remove_all(owner) == 0
    assert files.link(kept, owner=other)


def test_a_build_is_mirrored_and_found_again(files: Files, owner: UUID, picture: Path, tmp_path: Path):
    mirror = BuildMirror(files.home, owner)
    mirror.put("blobs/abc.png", picture)
    mirror.put("blobs/abc.png", picture)
    record = tmp_path / "record.json"
    record.write_text("{}")
    mirror.put("records/abc.json", record)
    record.write_text('{"changed": true}')
    mirror.put("records/abc.json", record)
    assert list(mirror.names()) == ["blobs/abc.png", "records/abc.json"]
    assert list(mirror.names("rec")) == ["records/abc.json"]
    assert mirror.get("records/abc.json", tmp_path / "again.json")
    assert (tmp_path / "again.json").read_text() == '{"changed": true}'
    assert not mirror.get("records/none.json", tmp_path / "none.json")
    mirror.delete("blobs/abc.png")
    assert list(mirror.names("blobs/")) == []
    assert list(BuildMirror(files.home, uuid4()).names()) == []


def test_a_build_resumed_elsewhere_finds_its_artifacts(files: Files, owner: UUID, tmp_path: Path):
    from pipeline.build import Recipe, Workspace

    recipe = Recipe("greeting", {"text": "hello"}, suffix=".txt")
    first = Workspace(tmp_path / "here", BuildMirror(files.home, owner))
    first.make(recipe, lambda path: path.write_text("hello"))

    def never(path: Path) -> None:
        raise AssertionError("it was made already")

    second = Workspace(tmp_path / "elsewhere", BuildMirror(files.home, owner))
    assert second.make(recipe, never).path.read_text() == "hello"


def test_a_storage_link_opens_without_a_key_until_it_expires(storage_home, supabase, owner: UUID, picture: Path):
    files = Files(storage_home)
    link = files.link(files.put(picture, owner=owner).path, owner=owner, seconds=60, download_name="Mein Film 🎬.png")
    answer = httpx.get(link)
    assert (answer.status_code, answer.content) == (200, picture.read_bytes())
    assert answer.headers["content-type"] == "image/png"
    assert "Mein%20Film" in answer.headers["content-disposition"]
    assert httpx.get(link, headers={"range": "bytes=1-3"}).content == b"PNG"
    supabase.clock.advance(61)
    assert httpx.get(link).status_code == 400


def test_a_storage_link_cannot_be_bent_to_another_file(storage_home, owner: UUID, picture: Path, tmp_path: Path):
    files = Files(storage_home)
    other = tmp_path / "other.png"
    other.write_bytes(b"other")
    link = files.link(files.put(picture, owner=owner).path, owner=owner)
    bent = link.replace(files.put(picture, owner=owner).sha256, files.put(other, owner=uuid4()).sha256)
    assert httpx.get(bent).status_code == 400


def test_a_folder_keeps_nothing_half_written(folder_home: FolderHome, owner: UUID, picture: Path, monkeypatch):
    files = Files(folder_home)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(FilesUnavailable, match="disk is full"):
        files.put(picture, owner=owner)
    assert [path for path in folder_home.root.rglob("*") if path.is_file() and path.name != ".link-secret"] == []


def test_a_folder_prunes_what_it_empties(folder_home: FolderHome, owner: UUID, picture: Path):
    files = Files(folder_home)
    files.remove([files.put(picture, owner=owner).path], owner=owner)
    assert not (folder_home.root / str(owner)).exists()
    assert folder_home.root.exists()
