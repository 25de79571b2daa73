"""Kokoro's files: fetched once, resumed where the connection broke, and used only if their hash is right."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field

from voices.errors import VoiceUnavailable

if TYPE_CHECKING:
    import httpx

TRIES = 5
TIMEOUT_S = 30.0

Progress = Callable[[int, int], None]  # bytes here, bytes in all


class WeightFile(BaseModel):
    """One file of the model."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Literal["model", "styles"]
    name: str
    bytes: int = Field(gt=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


def published_files() -> tuple[WeightFile, ...]:
    data = tomllib.loads(Path(__file__).with_name("weights.toml").read_text("utf-8"))
    return tuple(WeightFile.model_validate(entry) for entry in data["files"])


class Weights:
    """The files in one folder, and where they come from."""

    def __init__(self, folder: Path, address: str, files: Sequence[WeightFile]) -> None:
        self._folder, self._address, self._files = folder, address.rstrip("/"), tuple(files)

    @property
    def here(self) -> bool:
        """The hash was checked before a file got its name, so its size is enough afterwards."""
        return all(self._is_here(file) for file in self._files)

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self._files)

    def path(self, role: Literal["model", "styles"]) -> Path:
        return next(self._folder / file.name for file in self._files if file.role == role)

    def fetch(self, progress: Progress | None = None) -> None:
        """Fetch what is not here yet. Two processes at once wait for each other."""
        from filelock import FileLock

        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / "kokoro.lock"):
                self._fetch_missing(progress)
        except OSError as error:
            raise VoiceUnavailable(
                f"Kokoro's files cannot be kept in {self._folder}: {error.strerror or error}. "
                "Make room there, or name another folder in CANVASCAST_MODELS."
            ) from error

    def _fetch_missing(self, progress: Progress | None) -> None:
        before = 0
        for file in self._files:
            if not self._is_here(file):
                self._fetch(file, before, progress)
            before += file.bytes
            _report(progress, before, self.bytes)

    def _is_here(self, file: WeightFile) -> bool:
        path = self._folder / file.name
        return path.is_file() and path.stat().st_size == file.bytes

    def _fetch(self, file: WeightFile, before: int, progress: Progress | None) -> None:
        import httpx

        part = self._folder / f"{file.name}.part"
        with httpx.Client(follow_redirects=True, timeout=TIMEOUT_S) as client:
            for attempt in range(1, TRIES + 1):
                try:
                    self._continue(client, file, part, before, progress)
                except httpx.HTTPError as error:
                    if attempt == TRIES:
                        raise VoiceUnavailable(_offline(file)) from error
                    continue
                if _sha256(part) == file.sha256:
                    part.replace(self._folder / file.name)
                    return
                part.unlink()
        raise VoiceUnavailable(f"{file.name} arrived damaged {TRIES} times: Kokoro's files cannot be had right now.")

    def _continue(
        self, client: httpx.Client, file: WeightFile, part: Path, before: int, progress: Progress | None
    ) -> None:
        """Append what is missing of the part; a server that knows no ranges starts it again."""
        had = part.stat().st_size if part.exists() else 0
        if had >= file.bytes:
            return
        headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={had}-"} if had else {})}
        with client.stream("GET", f"{self._address}/{file.name}", headers=headers) as answer:
            answer.raise_for_status()
            resumed = had > 0 and answer.status_code == 206
            with part.open("ab" if resumed else "wb") as target:
                done = had if resumed else 0
                for block in answer.iter_raw():
                    target.write(block)
                    done += len(block)
                    _report(progress, before + min(done, file.bytes), self.bytes)


def _report(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)


def _offline(file: WeightFile) -> str:
    return f"{file.name} could not be fetched: this machine seems to be offline, or the server is."


def _sha256(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
