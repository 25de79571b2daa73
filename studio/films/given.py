"""Files that creators brought to their films."""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict, Field

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
_LONGEST_NAME_BYTES = 200


class GivenFile(BaseModel):
    """A file that a creator brought: where it lies in the file store, and what they call it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str = Field(max_length=1000)
    name: str = Field(min_length=1, max_length=200)

    @property
    def local_name(self) -> str:
        """Uploads are placed by their names, so as much of it is kept as any disk takes."""
        plain = _NOT_IN_NAMES.sub("_", self.name).encode()[-_LONGEST_NAME_BYTES:].decode(errors="ignore")
        return plain.strip(" .") or "file"


class GivenFiles(BaseModel):
    """The files of a brief; it names them under these keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    documents: tuple[GivenFile, ...] = Field(default=(), max_length=50)
    uploads: tuple[GivenFile, ...] = Field(default=(), max_length=200)
    own_music: GivenFile | None = None

    @property
    def all(self) -> tuple[GivenFile, ...]:
        return (*self.documents, *self.uploads, *((self.own_music,) if self.own_music else ()))
