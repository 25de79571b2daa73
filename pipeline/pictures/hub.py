"""Pictures by models on Hugging Face, through its own client. That client does not retry, so this does, a little."""

from __future__ import annotations

import io
import time
from typing import Any

from pipeline.pictures.catalogue import PainterEntry
from pipeline.pictures.errors import PainterMisused, PainterUnavailable, PictureRefused
from pipeline.pictures.models import Painted, Shot, Style
from pipeline.pictures.prompts import prompt_for, softened

TIMEOUT_S, TRIES, FIRST_PAUSE_S, LONGEST_PAUSE_S = 180.0, 4, 0.5, 20.0
_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
_REFUSED = frozenset({400, 422, 451})
_REFUSING_WORDS = ("moderation", "nsfw", "safety", "not allowed", "flagged", "inappropriate")


class HubPainter:
    """`endpoint` is a deployed endpoint's address; without one the client finds a provider for the model."""

    paid = True

    def __init__(
        self, entry: PainterEntry, *, token: str, endpoint: str | None = None, timeout_s: float = TIMEOUT_S,
        pause_s: float = FIRST_PAUSE_S,
    ) -> None:  # fmt: skip
        self._entry = entry
        self._token = token
        self._endpoint = endpoint
        self._timeout_s = timeout_s
        self._pause_s = pause_s

    @property
    def name(self) -> str:
        return self._entry.model

    def expected_cents(self, pictures: float) -> float:
        return pictures * self._entry.cents

    def paint(self, shot: Shot, style: Style, *, idempotency_key: str, reference: bytes | None = None) -> Painted:
        """These models take no reference: style and seed alone hold the film together."""
        prompt = prompt_for(shot, style)
        picture = self._asked(shot, prompt, idempotency_key)
        notes: tuple[str, ...] = ()
        if picture is None:
            prompt, notes = softened(prompt), (f"{shot.id}: the prompt was refused and softened.",)
            picture = self._asked(shot, prompt, f"{idempotency_key}-softened")
        if picture is None:
            raise PictureRefused(f"{self._entry.title} refuses this picture. Change what it shows.", where=shot.id)
        file = io.BytesIO()
        picture.convert("RGB").save(file, "JPEG", quality=95, subsampling=0)
        return Painted(file.getvalue(), "image/jpeg", self.name, prompt, self._entry.cents, notes)

    def _asked(self, shot: Shot, prompt: str, key: str) -> Any:
        pause_s = self._pause_s
        for left in reversed(range(TRIES)):
            try:
                return self._request(shot, prompt, key)
            except _Later as later:
                if not left:
                    raise PainterUnavailable(
                        f"{self._entry.title} does not answer ({later}).", where=shot.id
                    ) from later
                time.sleep(min(max(later.after_s, pause_s), LONGEST_PAUSE_S))
                pause_s *= 2
        return None

    def _request(self, shot: Shot, prompt: str, key: str) -> Any:
        import httpx2
        from huggingface_hub import InferenceClient, InferenceTimeoutError
        from huggingface_hub.errors import HfHubHTTPError
        from PIL import UnidentifiedImageError

        width, height = self._entry.size_for(shot)
        model = self._endpoint or self._entry.model
        client = InferenceClient(
            model=model, token=self._token, timeout=self._timeout_s, headers={"Idempotency-Key": key}
        )
        try:
            return client.text_to_image(prompt, width=width, height=height, seed=shot.seed % 2**31)
        except HfHubHTTPError as error:
            return self._judged(error, shot)
        except (InferenceTimeoutError, httpx2.HTTPError, UnidentifiedImageError, OSError) as error:
            raise _Later(str(error) or type(error).__name__) from error

    def _judged(self, error: Any, shot: Shot) -> None:
        """None for a refusal; otherwise whether to try later or to tell the creator."""
        status, text = error.response.status_code, str(error).lower()
        if status in _AGAIN:
            raise _Later(f"HTTP {status}", _seconds(error.response.headers.get("retry-after"))) from error
        if status in _REFUSED and any(word in text for word in _REFUSING_WORDS):
            return
        raise PainterMisused(
            f"{self._entry.title} cannot be used (HTTP {status}). Check the token and the model.", where=shot.id
        ) from error


class _Later(Exception):
    """Worth another try."""

    def __init__(self, message: str, after_s: float = 0.0) -> None:
        super().__init__(message)
        self.after_s = after_s


def _seconds(header: str | None) -> float:
    return float(header) if header and header.replace(".", "", 1).isdigit() else 0.0
