"""The one door to files: content-addressed blobs of each creator, and signed links to them that expire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.files.folder import FolderHome
from studio.files.home import FileHome
from studio.files.links import ByteRange, LinkedFile, LinkSigner, byte_range, disposition
from studio.files.mirror import BuildMirror
from studio.files.paths import Shelf
from studio.files.service import Files, StoredFile

if TYPE_CHECKING:
    from studio.settings import Settings

__all__ = [
    "BuildMirror",
    "ByteRange",
    "FileHome",
    "Files",
    "FolderHome",
    "LinkSigner",
    "LinkedFile",
    "Shelf",
    "StoredFile",
    "byte_range",
    "disposition",
    "open_files",
]


def open_files(settings: Settings) -> Files:
    """The files of this installation: beside the store, so on Supabase exactly if the store is."""
    if settings.supabase_url and settings.supabase_secret_key:
        from studio.files.storage import StorageHome

        key = settings.supabase_secret_key.get_secret_value()
        return Files(StorageHome(settings.supabase_url, key, journal=settings.data_folder / "uploads"))
    return Files(FolderHome(settings.data_folder / "files"))
