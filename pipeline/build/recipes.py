"""What an artifact is made from, and the key that follows from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path


@dataclass(frozen=True)
class Recipe:
    """A kind of artifact and everything that decides its bytes.

    Inputs are JSON values. A file among them is named by its hash, so that a renamed file changes nothing
    and a changed one is never missed.
    """

    kind: str
    inputs: Mapping[str, object]
    suffix: str = ""

    @cached_property
    def key(self) -> str:
        return fingerprint({"kind": self.kind, "inputs": self.inputs, "suffix": self.suffix})


def fingerprint(value: object) -> str:
    """SHA-256 of a JSON value in its one canonical spelling."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def hash_of_file(path: Path) -> str:
    """SHA-256 of a file's bytes; remembered while its size and time of change stay the same."""
    facts = path.stat()
    return _hash_of_file(str(path.resolve()), facts.st_size, facts.st_mtime_ns)


@lru_cache(maxsize=4096)
def _hash_of_file(path: str, _size: int, _changed_ns: int) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=32)
def hash_of_sources(folder: Path) -> str:
    """SHA-256 over a package's code and data: the compiler is an input of every build."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*.*") if path.is_file() and "__pycache__" not in path.parts):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
