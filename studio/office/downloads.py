"""The door to downloads: a finished file that somebody took with them is counted."""

from __future__ import annotations

from uuid import uuid4

from studio.store.store import Store


class Downloads:
    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, path: str) -> None:
        """By where the file lies in the file store; what is no part of a project is not counted."""
        self._store.call("download_note", {"p_id": uuid4(), "p_path": path})
