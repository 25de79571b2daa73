"""Uploads in pieces by the TUS protocol: after a broken connection, or a restart, the server tells where to go on."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import httpx

CHUNK_BYTES = 6 * 1024 * 1024
"""Supabase takes pieces of exactly this size, but for the last."""

_TUS = {"tus-resumable": "1.0.0"}


class UploadJournal:
    """Remembers in a folder where each unfinished upload goes on; without a folder it remembers nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    def find(self, key: str) -> str | None:
        if self._folder is None:
            return None
        try:
            return str(json.loads(self._place(key).read_bytes())["url"])
        except (FileNotFoundError, ValueError, KeyError):
            return None

    def note(self, key: str, url: str) -> None:
        if self._folder:
            fresh = self._folder / uuid4().hex
            fresh.write_text(json.dumps({"url": url}))
            os.replace(fresh, self._place(key))

    def forget(self, key: str) -> None:
        if self._folder:
            self._place(key).unlink(missing_ok=True)

    def _place(self, key: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{key}.json"


class ResumableUpload:
    """One file on its way. `run` may be called again after any error and goes on where the server has got to."""

    def __init__(
        self,
        client: httpx.Client,
        endpoint: str,
        source: Path,
        *,
        metadata: Mapping[str, str],
        replace: bool,
        journal: UploadJournal,
        chunk_bytes: int = CHUNK_BYTES,
    ) -> None:
        self._client = client
        self._endpoint = endpoint
        self._source = source
        self._size = source.stat().st_size
        self._metadata = metadata
        # The server asks for the permission to overwrite with every piece, not only with the first request.
        self._headers = {**_TUS, "x-upsert": "true" if replace else "false"}
        self._journal = journal
        self._chunk_bytes = chunk_bytes
        self._key = self._fingerprint()
        self._url = journal.find(self._key)
        self.sent_bytes = 0
        self.saw_the_end = False
        """Whether the server confirmed the last piece; an answer lost there leaves it open."""

    def run(self) -> httpx.Response:
        """The last answer: a success, or whatever stopped the upload."""
        answer = self._begin()
        with open(self._source, "rb") as file:
            while answer.is_success and self.sent_bytes < self._size:
                file.seek(self.sent_bytes)
                answer = self._send(file.read(self._chunk_bytes))
                self.saw_the_end = self.sent_bytes >= self._size
        if self.saw_the_end:
            self._journal.forget(self._key)
        return answer

    def start_over(self) -> None:
        self._journal.forget(self._key)
        self._url, self.sent_bytes = None, 0

    def _begin(self) -> httpx.Response:
        """Learn how much the server has, creating the upload where it knows of none."""
        if self._url:
            answer = self._client.head(self._url, headers=self._headers)
            if answer.status_code not in (404, 410):
                return self._noted(answer)
        return self._create()

    def _create(self) -> httpx.Response:
        pairs = (f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in self._metadata.items())
        headers = {**self._headers, "upload-length": str(self._size), "upload-metadata": ",".join(pairs)}
        answer = self._client.post(self._endpoint, headers=headers)
        if answer.is_success:
            self._url, self.sent_bytes = str(answer.url.join(answer.headers["location"])), 0
            self._journal.note(self._key, self._url)
        return answer

    def _send(self, piece: bytes) -> httpx.Response:
        headers = {
            **self._headers,
            "upload-offset": str(self.sent_bytes),
            "content-type": "application/offset+octet-stream",
        }
        answer = self._client.patch(str(self._url), content=piece, headers=headers)
        if answer.status_code == 409 and self._moved_on():
            return httpx.Response(503, text="the upload went on meanwhile", request=answer.request)
        return self._noted(answer)

    def _noted(self, answer: httpx.Response) -> httpx.Response:
        if answer.is_success:
            self.sent_bytes = int(answer.headers["upload-offset"])
        return answer

    def _moved_on(self) -> bool:
        """Whether a 409 means that the server is elsewhere than we thought, and not that the path is taken."""
        answer = self._client.head(str(self._url), headers=self._headers)
        return answer.is_success and int(answer.headers["upload-offset"]) != self.sent_bytes

    def _fingerprint(self) -> str:
        """Names this content on its way to this place."""
        with open(self._source, "rb") as file:
            digest = hashlib.file_digest(file, "sha256")
        digest.update(json.dumps([self._endpoint, dict(self._metadata)], sort_keys=True).encode())
        return digest.hexdigest()
