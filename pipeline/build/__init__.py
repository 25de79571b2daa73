"""A video is a build: every artifact is made once for its inputs and found again by them."""

from pipeline.build.mirror import BlobStore, FolderBlobs
from pipeline.build.recipes import Recipe, fingerprint, hash_of_file, hash_of_sources
from pipeline.build.workspace import Artifact, Workspace

__all__ = [
    "Artifact",
    "BlobStore",
    "FolderBlobs",
    "Recipe",
    "Workspace",
    "fingerprint",
    "hash_of_file",
    "hash_of_sources",
]
