"""Both homes of files; every test that takes `home` or `files` runs on each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from studio.files import FileHome, Files, FolderHome
from studio.files.storage import StorageHome
from tests.fakes.supabase import Project


@pytest.fixture
def folder_home(tmp_path: Path) -> FolderHome:
    return FolderHome(tmp_path / "files")


@pytest.fixture
def storage_home(supabase: Project) -> Iterator[StorageHome]:
    home = StorageHome(supabase.url, supabase.keys.secret, patience_s=5.0)
    yield home
    home.close()


@pytest.fixture(params=["folder", "storage"])
def home(request: pytest.FixtureRequest) -> FileHome:
    return request.getfixturevalue(f"{request.param}_home")


@pytest.fixture
def files(home: FileHome) -> Files:
    return Files(home)


@pytest.fixture
def owner() -> UUID:
    return uuid4()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "Picture.PNG"
    file.write_bytes(b"\x89PNG and some bytes")
    return file


@pytest.fixture
def storage_rows(supabase_database_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(supabase_database_url, autocommit=True) as connection:
        yield connection
