"""The embedded home: a server in a folder, migrated, with a store over it that brings the server back if it dies."""

from __future__ import annotations

from studio.store.embedded import EmbeddedPostgres
from studio.store.migrations import Migrator
from studio.store.postgres import PostgresStore


class EmbeddedStore(PostgresStore):
    def __init__(self, server: EmbeddedPostgres) -> None:
        self.server = server.start()
        try:
            Migrator(server.url()).migrate()
        except BaseException:
            server.stop()
            raise
        super().__init__(server.url, revive=server.start)

    def close(self) -> None:
        super().close()
        self.server.stop()
