"""The same databases as the studio's tests use."""

from tests.studio.conftest import (  # noqa: F401
    database_url,
    direct_store,
    migrated_template,
    postgres_server,
    sign_up,
    sql,
    user,
)
