"""The Supabase home of files: private Storage buckets, written with the secret key, read through signed links."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, TypeVar
from urllib.parse import quote

import httpx

from studio.errors import FileMissing, FileRefused, FilesUnavailable, SettingsError
from studio.files.paths import Shelf, checked, shelf_of
from studio.files.resumable import CHUNK_BYTES, ResumableUpload, UploadJournal
from studio.store.patience import pause_s
from studio.tls import trusted

_BUCKETS: Mapping[Shelf, str] = {Shelf.ASSETS: "project-assets", Shelf.OUTPUTS: "project-outputs"}
_TRANSIENT = frozenset({408, 423, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 527, 530, 544})
_BATCH = 500
_CACHE_S = 3600
_Result = TypeVar("_Result")


class StorageHome:
    """Tries again when an answer did not arrive: writing the same bytes to the same path twice is writing them once."""

    def __init__(
        self,
        url: str,
        secret_key: str,
        *,
        journal: Path | None = None,
        patience_s: float = 60.0,
        chunk_bytes: int = CHUNK_BYTES,
    ) -> None:
        """`journal` is a folder that remembers uploads under way, so that a restart goes on with them."""
        self._base = url.rstrip("/") + "/storage/v1"
        self._patience_s = patience_s
        self._chunk_bytes = chunk_bytes
        self._journal = UploadJournal(journal)
        self._client = httpx.Client(
            timeout=httpx.Timeout(60.0, connect=5.0),
            verify=trusted(),
            headers={"apikey": secret_key, "authorization": f"Bearer {secret_key}"},
        )

    def write(self, path: str, source: Path, *, mime: str, replace: bool) -> None:
        if source.stat().st_size <= self._chunk_bytes:
            self._upload(path, source.read_bytes(), mime, replace=replace)
        elif replace or self._size_of(path) is None:
            self._upload_in_pieces(path, source, mime, replace=replace)

    def read(self, path: str, into: Path) -> None:
        """Whatever arrived before a connection broke is kept, and the rest asked for."""
        url = self._object(path)
        partial = into.with_name(into.name + ".part")

        def attempt() -> None:
            have = partial.stat().st_size if partial.exists() else 0
            with self._client.stream("GET", url, headers={"range": f"bytes={have}-"} if have else {}) as answer:
                self._check_streamed(answer, path)
                with open(partial, "ab" if answer.status_code == 206 else "wb") as file:
                    for piece in answer.iter_bytes(1 << 20):
                        file.write(piece)

        try:
            self._patiently(attempt)
            shutil.move(partial, into)
        finally:
            partial.unlink(missing_ok=True)

    def open(self, path: str) -> BinaryIO:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "copy"
            self.read(path, copy)
            # The name goes with the folder, the bytes stay until the file is closed.
            return open(copy, "rb")

    def links(self, paths: Sequence[str], *, seconds: int, download_name: str | None = None) -> dict[str, str]:
        found: dict[str, str] = {}
        for shelf in Shelf:
            wanted = [path for path in paths if shelf_of(path) is shelf]
            for batch in _batches(wanted):
                body = {"expiresIn": seconds, "paths": batch}
                for one in self._send("POST", f"/object/sign/{_BUCKETS[shelf]}", json=body).json():
                    if one["signedURL"]:
                        found[one["path"]] = self._base + one["signedURL"] + _download(download_name)
        return found

    def remove(self, paths: Sequence[str]) -> None:
        for shelf in Shelf:
            for batch in _batches([path for path in paths if shelf_of(path) is shelf]):
                self._send("DELETE", f"/object/{_BUCKETS[shelf]}", json={"prefixes": batch})

    def paths(self, shelf: Shelf, prefix: str) -> Iterator[str]:
        cursor: str | None = None
        while True:
            body = {"prefix": prefix, "limit": 1000, "with_delimiter": False}
            body |= {"cursor": cursor} if cursor else {}
            page = self._send("POST", f"/object/list-v2/{_BUCKETS[shelf]}", json=body).json()
            for one in page["objects"]:
                yield one["name"]
            cursor = page.get("nextCursor")
            if not page["hasNext"]:
                return

    def close(self) -> None:
        self._client.close()

    def _upload(self, path: str, data: bytes, mime: str, *, replace: bool) -> None:
        headers = {
            "content-type": mime,
            "cache-control": f"max-age={_CACHE_S}",
            "x-upsert": "true" if replace else "false",
        }
        try:
            self._send("POST", self._object_path(path), content=data, headers=headers)
        except _AlreadyThere:
            return

    def _upload_in_pieces(self, path: str, source: Path, mime: str, *, replace: bool) -> None:
        upload = ResumableUpload(
            self._client,
            f"{self._base}/upload/resumable",
            source,
            metadata={
                "bucketName": _BUCKETS[shelf_of(path)],
                "objectName": path,
                "contentType": mime,
                "cacheControl": str(_CACHE_S),
            },
            replace=replace,
            journal=self._journal,
            chunk_bytes=self._chunk_bytes,
        )

        def attempt() -> None:
            _checked(upload.run())
            if not upload.saw_the_end and self._size_of(path) != source.stat().st_size:
                upload.start_over()
                raise _unavailable("the server has every byte, but no file")

        try:
            self._patiently(attempt, progress=lambda: upload.sent_bytes)
        except _AlreadyThere:
            return

    def _size_of(self, path: str) -> int | None:
        try:
            facts = self._send("GET", f"/object/info/{_BUCKETS[shelf_of(path)]}/{quote(path)}").json()
        except FileMissing:
            return None
        return int(facts["size"])

    def _object_path(self, path: str) -> str:
        return f"/object/{_BUCKETS[shelf_of(path)]}/{quote(checked(path))}"

    def _object(self, path: str) -> str:
        return self._base + self._object_path(path)

    def _send(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        return self._patiently(
            lambda: _checked(
                self._client.request(method, self._base + path, json=json, content=content, headers=headers)
            )
        )

    def _check_streamed(self, answer: httpx.Response, path: str) -> None:
        if not answer.is_success:
            answer.read()
            if answer.status_code == 416:
                return
            _checked(answer)

    def _patiently(self, attempt: Callable[[], _Result], *, progress: Callable[[], int] = lambda: 0) -> _Result:
        """Patience is measured from the last progress, so that a long upload over a bad line still gets there."""
        end, tries, reached = time.monotonic() + self._patience_s, 0, progress()
        while True:
            try:
                return attempt()
            except (httpx.TransportError, FilesUnavailable) as error:
                if progress() > reached:
                    end, tries, reached = time.monotonic() + self._patience_s, 0, progress()
                if time.monotonic() > end:
                    raise _unavailable(str(error)) from error
            time.sleep(pause_s(tries))
            tries += 1


class _AlreadyThere(Exception):
    """The path is taken; for content-addressed files that is success."""


def _checked(answer: httpx.Response) -> httpx.Response:
    """The answer, or the error that it stands for. Storage puts the true status into the body of a 400."""
    if answer.is_success:
        return answer
    report = _report(answer)
    status = int(report.get("statusCode") or answer.status_code)
    message = report.get("message") or answer.text.strip()[:200]
    facts = {"status": status, "message": message}
    if report.get("code") == "NoSuchBucket" or report.get("error") == "Bucket not found":
        raise SettingsError("The Supabase project lacks the file buckets: run `supabase db push`.", details=facts)
    if status == 404:
        raise FileMissing("There is no such file.", details=facts)
    if status == 409:
        raise _AlreadyThere
    if status in _TRANSIENT:
        raise _unavailable(message)
    if status in (401, 403):
        raise SettingsError("Supabase Storage refused the secret key: check SUPABASE_SECRET_KEY.", details=facts)
    if status == 413:
        raise FileRefused("The file is larger than the file store takes.", details=facts)
    raise FileRefused("The file store does not take this file.", details=facts)


def _unavailable(message: str) -> FilesUnavailable:
    return FilesUnavailable(
        "The files cannot be reached just now. Nothing is lost: try again in a moment.", details={"message": message}
    )


def _report(answer: httpx.Response) -> dict[str, str]:
    try:
        report = answer.json()
    except ValueError:
        return {}
    return {name: str(value) for name, value in report.items()} if isinstance(report, dict) else {}


def _batches(paths: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(paths), _BATCH):
        yield list(paths[start : start + _BATCH])


def _download(name: str | None) -> str:
    return "" if name is None else f"&download={quote(name, safe='')}"
