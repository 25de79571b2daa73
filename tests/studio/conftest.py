"""A real PostgreSQL for the whole session, a freshly migrated database for each test, and stores over it."""

from __future__ import annotations

import itertools
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from studio.store import EmbeddedPostgres, Migrator, PostgresStore, Store
from tests.fakes.supabase import PLATFORM_FILE
from tests.studio.app_fixtures import (  # noqa: F401
    app_database_url,
    page_of,
    studio_app,
)
from tests.studio.desk.films_made import made  # noqa: F401
from tests.studio.shared_database import SharedDatabase
from tests.studio.supabase_fixtures import (  # noqa: F401
    google,
    https_store,
    kept_https_store,
    supabase,
    supabase_server,
)

_TEMPLATE = "migrated"
_numbers = itertools.count(1)
NewDatabase = Callable[[], AbstractContextManager[str]]


@contextmanager
def folder_for_a_server() -> Iterator[Path]:
    """In memory if there is enough of it: a server starts and copies databases there in a tenth of the time."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 4 * 1024**3
    folder = Path(tempfile.mkdtemp(prefix="canvascast-pg-", dir=memory if roomy else None))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def server_folder() -> Iterator[Path]:
    """An empty folder that any account of this machine may enter, for a server of the test's own."""
    with folder_for_a_server() as folder:
        yield folder


@pytest.fixture
def own_logging() -> Iterator[None]:
    """Whatever the test sets up for logs goes with it."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[EmbeddedPostgres]:
    """One server, quick and careless: what a test loses in a power cut nobody misses."""
    careless = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
    with folder_for_a_server() as folder, EmbeddedPostgres(folder, options=careless) as server:
        yield server


@pytest.fixture(scope="session")
def administrator(postgres_server: EmbeddedPostgres) -> Iterator[psycopg.Connection]:
    with psycopg.connect(postgres_server.url(), autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def new_database(postgres_server: EmbeddedPostgres, administrator: psycopg.Connection) -> NewDatabase:
    """Makes a migrated database, to be dropped in the end. It has what Supabase's own services keep, so serves both."""
    administrator.execute(f"create database {_TEMPLATE}")
    Migrator(postgres_server.url(_TEMPLATE), extras=[PLATFORM_FILE]).migrate()

    @contextmanager
    def make() -> Iterator[str]:
        name = f"test_{next(_numbers)}"
        administrator.execute(f"create database {name} template {_TEMPLATE} strategy file_copy")
        yield postgres_server.url(name)
        administrator.execute(f"drop database {name} with (force)")

    return make


@pytest.fixture(scope="session")
def shared_database(new_database: NewDatabase) -> Iterator[SharedDatabase]:
    with new_database() as url:
        shared = SharedDatabase(url)
        yield shared
        shared.close()


@pytest.fixture
def supabase_database_url(shared_database: SharedDatabase) -> str:
    """The URL (as superuser) of a database that holds what the migrations put there and nothing else.

    Tests take turns with it: one that changes its tables or functions takes `own_database_url` instead.
    """
    return shared_database.emptied()


@pytest.fixture
def database_url(supabase_database_url: str) -> str:
    """The database of this test's store; folders of tests may choose another for themselves."""
    return supabase_database_url


@pytest.fixture
def own_database_url(new_database: NewDatabase) -> Iterator[str]:
    """The URL of a migrated database that belongs to this test alone."""
    with new_database() as url:
        yield url


@pytest.fixture(scope="session")
def store_over() -> Iterator[Callable[[str], PostgresStore]]:
    """Stores by URL, kept with their connections for as long as tests ask for them."""
    stores: dict[str, PostgresStore] = {}

    def find(url: str) -> PostgresStore:
        if url not in stores:
            stores[url] = PostgresStore(url, size=4)
        return stores[url]

    yield find
    for store in stores.values():
        store.close()


@pytest.fixture
def direct_store(database_url: str, store_over: Callable[[str], PostgresStore]) -> PostgresStore:
    return store_over(database_url)


@pytest.fixture
def sql(database_url: str) -> Iterator[psycopg.Connection]:
    """A superuser's connection, for arranging and for looking behind the curtain."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def sign_up(sql: psycopg.Connection) -> Callable[[], UUID]:
    """Makes an account as the Auth service would: a row in auth.users."""

    def make() -> UUID:
        user = uuid4()
        sql.execute("insert into auth.users (id, email) values (%s, %s)", [user, f"{user}@example.com"])
        return user

    return make


@pytest.fixture
def user(sign_up: Callable[[], UUID]) -> UUID:
    return sign_up()


@pytest.fixture(params=["direct", "https"])
def store(request: pytest.FixtureRequest) -> Store:
    """The shared suite's store: one per transport, and every test that takes it runs on each."""
    return request.getfixturevalue(f"{request.param}_store")
