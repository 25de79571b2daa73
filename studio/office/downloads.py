"""The door to downloads: a finished file that somebody took with them is counted."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from studio.store.store import Store


class Downloads:
    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, path: str, link: str) -> None:
        """By where the file lies in the file store; what is no part of a project is not counted, and a link once."""
        download = uuid5(NAMESPACE_URL, f"canvascast:download:{path}:{link}")
        self._store.call("download_note", {"p_id": download, "p_path": path})
