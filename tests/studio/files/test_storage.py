"""The Supabase home: large files in pieces, broken connections, refused keys, and the bucket policies."""

from __future__ import annotations

import json
import os
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from studio.errors import FileMissing, FileRefused, FilesUnavailable, SettingsError
from studio.files import Files, Shelf
from studio.files.storage import StorageHome
from tests.fakes.supabase import Project

MIB = 1024 * 1024
UPLOADS = "/upload/resumable"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three pieces: 6 MiB, 6 MiB and a little."""
    file = tmp_path_factory.mktemp("film") / "film.mp4"
    file.write_bytes(os.urandom(12 * MIB + 1000))
    return file


@pytest.fixture
def files(storage_home: StorageHome) -> Files:
    return Files(storage_home)


def stored_bytes(files: Files, path: str, owner: UUID) -> bytes:
    with files.open(path, owner=owner) as file:
        return file.read()


def test_a_large_file_travels_in_pieces(files, supabase: Project, owner: UUID, film: Path):
    path = files.put(film, owner=owner, shelf=Shelf.OUTPUTS).path
    assert supabase.faults.count("PATCH", UPLOADS) == 3
    assert stored_bytes(files, path, owner) == film.read_bytes()


def test_a_large_file_that_is_there_is_not_sent_again(files, supabase: Project, owner: UUID, film: Path):
    files.put(film, owner=owner)
    files.put(film, owner=owner)
    assert supabase.faults.count("PATCH", UPLOADS) == 3


def test_a_piece_that_breaks_off_goes_on_where_it_broke(files, supabase: Project, owner: UUID, film: Path):
    supabase.faults.cut(UPLOADS, method="PATCH", at_byte=2 * MIB)
    path = files.put(film, owner=owner).path
    assert supabase.faults.count("POST", UPLOADS) == 1
    assert supabase.faults.count("HEAD", UPLOADS) >= 1
    assert stored_bytes(files, path, owner) == film.read_bytes()


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("fault", ["503", "cut"])
def test_a_piece_that_fails_is_resumed(files, supabase: Project, owner: UUID, film: Path, fault: str, after: bool):
    if fault == "cut":
        supabase.faults.cut(UPLOADS, method="PATCH", after=after)
    else:
        supabase.faults.answer(503, UPLOADS, method="PATCH", after=after)
    path = files.put(film, owner=owner).path
    assert stored_bytes(files, path, owner) == film.read_bytes()


def test_a_lost_last_answer_is_not_a_lost_file(files, supabase: Project, owner: UUID, film: Path):
    supabase.faults.skip(UPLOADS, method="PATCH", times=2)
    supabase.faults.cut(UPLOADS, method="PATCH", after=True)
    path = files.put(film, owner=owner).path
    assert supabase.faults.count("PATCH", UPLOADS) == 3
    assert stored_bytes(files, path, owner) == film.read_bytes()


def test_a_large_file_takes_the_place_of_another(storage_home, owner: UUID, film: Path, tmp_path: Path):
    path = f"{owner}/assets/build/records.bin"
    storage_home.write(path, film, mime="video/mp4", replace=True)
    other = tmp_path / "other.bin"
    other.write_bytes(film.read_bytes()[::-1])
    storage_home.write(path, other, mime="video/mp4", replace=True)
    with storage_home.open(path) as file:
        assert file.read() == other.read_bytes()


def test_a_restarted_program_goes_on_with_its_upload(supabase: Project, owner: UUID, film: Path, tmp_path: Path):
    def home(patience_s: float) -> StorageHome:
        return StorageHome(supabase.url, supabase.keys.secret, journal=tmp_path / "uploads", patience_s=patience_s)

    supabase.faults.skip(UPLOADS, method="PATCH")
    supabase.faults.answer(503, UPLOADS, method="PATCH", times=1000)
    with pytest.raises(FilesUnavailable):
        Files(home(0.1)).put(film, owner=owner)
    supabase.faults.clear()
    files = Files(home(5.0))
    path = files.put(film, owner=owner).path
    assert supabase.faults.count("POST", UPLOADS) == 0
    assert supabase.faults.count("PATCH", UPLOADS) == 2
    assert stored_bytes(files, path, owner) == film.read_bytes()
    assert list((tmp_path / "uploads").iterdir()) == []


def test_an_upload_that_the_server_forgot_begins_anew(supabase: Project, owner: UUID, film: Path, tmp_path: Path):
    home = StorageHome(supabase.url, supabase.keys.secret, journal=tmp_path / "uploads", patience_s=0.1)
    supabase.faults.answer(503, UPLOADS, method="PATCH", times=1000)
    with pytest.raises(FilesUnavailable):
        Files(home).put(film, owner=owner)
    (entry,) = (tmp_path / "uploads").iterdir()
    entry.write_text(json.dumps({"url": f"{supabase.url}/storage/v1/upload/resumable/forgotten"}))
    supabase.faults.clear()
    path = Files(home).put(film, owner=owner).path
    assert stored_bytes(Files(home), path, owner) == film.read_bytes()


def test_a_download_that_breaks_off_goes_on_where_it_broke(files, supabase: Project, owner: UUID, film: Path):
    path = files.put(film, owner=owner).path
    supabase.faults.clear()
    supabase.faults.cut_answer("/object/project-assets/", at_byte=5 * MIB)
    assert stored_bytes(files, path, owner) == film.read_bytes()
    assert supabase.faults.count("GET", "/object/project-assets/") == 2


@pytest.mark.parametrize("status", [500, 502, 503, 520, 544])
def test_a_passing_failure_is_tried_again(files, supabase: Project, owner: UUID, picture: Path, status: int):
    supabase.faults.answer(status, "/object/", after=True)
    path = files.put(picture, owner=owner).path
    supabase.faults.answer(status, "/object/")
    assert stored_bytes(files, path, owner) == picture.read_bytes()


def test_a_lasting_failure_is_reported(supabase: Project, owner: UUID, picture: Path):
    home = StorageHome(supabase.url, supabase.keys.secret, patience_s=0.2)
    supabase.faults.answer(503, "/object/", times=1000)
    with pytest.raises(FilesUnavailable):
        Files(home).put(picture, owner=owner)


def test_a_wrong_key_is_a_matter_of_settings(supabase: Project, owner: UUID, picture: Path):
    with pytest.raises(SettingsError, match="SUPABASE_SECRET_KEY"):
        Files(StorageHome(supabase.url, "sb_secret_wrong")).put(picture, owner=owner)


def test_legacy_keys_work_too(supabase: Project, owner: UUID, picture: Path):
    files = Files(StorageHome(supabase.url, supabase.keys.legacy_service))
    assert files.link(files.put(picture, owner=owner).path, owner=owner)


def test_a_file_that_is_too_large_is_refused(files, storage_rows: psycopg.Connection, owner: UUID, film: Path):
    storage_rows.execute("update storage.buckets set file_size_limit = 1000000")
    try:
        with pytest.raises(FileRefused, match="larger"):
            files.put(film, owner=owner)
    finally:
        storage_rows.execute("update storage.buckets set file_size_limit = null")


def test_a_project_without_buckets_is_a_matter_of_settings(files, storage_rows, owner: UUID, picture: Path):
    storage_rows.execute("update storage.buckets set id = 'other-' || id")
    try:
        with pytest.raises(SettingsError, match="supabase db push"):
            files.put(picture, owner=owner)
    finally:
        storage_rows.execute("update storage.buckets set id = replace(id, 'other-', '')")


def test_buckets_are_private(storage_rows: psycopg.Connection):
    rows = storage_rows.execute("select id, public from storage.buckets order by id").fetchall()
    assert rows == [("project-assets", False), ("project-outputs", False)]


def test_many_pages_of_names_are_read_to_the_end(storage_home, storage_rows, owner: UUID):
    storage_rows.execute(
        "insert into storage.objects (bucket_id, name, version) select 'project-assets', %s || '/assets/' || n, 'x'"
        " from generate_series(1, 2300) n",
        [str(owner)],
    )
    assert len(set(storage_home.paths(Shelf.ASSETS, f"{owner}/"))) == 2300


class TestPolicies:
    """What a signed-in person can do with their own token, straight at Storage."""

    @pytest.fixture
    def person(self, supabase: Project, storage_rows: psycopg.Connection) -> UUID:
        user = uuid4()
        storage_rows.execute("insert into auth.users (id, email) values (%s, %s)", [user, f"{user}@example.com"])
        return user

    @pytest.fixture
    def browser(self, supabase: Project, person: UUID) -> httpx.Client:
        claims = {"sub": str(person), "role": "authenticated", "aud": "authenticated", "exp": 9_999_999_999}
        headers = {
            "apikey": supabase.keys.publishable,
            "authorization": f"Bearer {supabase.keys.signing_key.sign(claims)}",
        }
        return httpx.Client(base_url=f"{supabase.url}/storage/v1", headers=headers)

    @pytest.mark.parametrize("shelf", list(Shelf))
    def test_they_read_their_own_file(self, files, browser, person: UUID, picture: Path, shelf: Shelf):
        path = files.put(picture, owner=person, shelf=shelf).path
        assert browser.get(f"/object/project-{shelf}/{path}").content == picture.read_bytes()
        assert browser.post(f"/object/sign/project-{shelf}/{path}", json={"expiresIn": 60}).status_code == 200

    def test_they_do_not_read_anothers(self, files, browser, picture: Path):
        path = files.put(picture, owner=uuid4()).path
        assert browser.get(f"/object/project-assets/{path}").json()["error"] == "not_found"
        assert browser.post(f"/object/sign/project-assets/{path}", json={"expiresIn": 60}).status_code == 400
        assert browser.post("/object/list-v2/project-assets", json={"prefix": ""}).json()["objects"] == []

    @pytest.mark.parametrize("name", ["{me}/assets/mine.txt", "{other}/assets/theirs.txt", "{me}.txt"])
    def test_they_write_nowhere(self, browser, person: UUID, storage_rows, name: str):
        path = name.format(me=person, other=uuid4())
        answer = browser.post(f"/object/project-assets/{path}", content=b"x", headers={"content-type": "text/plain"})
        assert answer.json()["statusCode"] == "403"
        assert storage_rows.execute("select count(*) from storage.objects").fetchone() == (0,)

    def test_they_remove_nothing(self, files, browser, person: UUID, picture: Path):
        path = files.put(picture, owner=person).path
        assert browser.request("DELETE", "/object/project-assets", json={"prefixes": [path]}).json() == []
        assert files.link(path, owner=person)

    def test_a_stranger_reads_nothing(self, files, supabase: Project, owner: UUID, picture: Path):
        path = files.put(picture, owner=owner).path
        key = supabase.keys.publishable
        answer = httpx.get(f"{supabase.url}/storage/v1/object/project-assets/{path}", headers={"apikey": key})
        assert answer.json()["error"] == "not_found"

    def test_rows_cannot_be_deleted_around_the_service(self, files, storage_rows, owner: UUID, picture: Path):
        files.put(picture, owner=owner)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            storage_rows.execute("delete from storage.objects")


def test_a_missing_file_is_told_from_a_failure(files, owner: UUID):
    with pytest.raises(FileMissing):
        files.open(f"{owner}/outputs/none.mp4", owner=owner)
