"""Pictures by OpenAI's image models through its own SDK, which also does the retrying."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from pipeline.pictures.catalogue import PainterEntry
from pipeline.pictures.encoded import mime_of
from pipeline.pictures.errors import PainterMisused, PainterUnavailable, PictureRefused
from pipeline.pictures.models import Painted, Shot, Style
from pipeline.pictures.prompts import prompt_for, reference_note, softened

if TYPE_CHECKING:
    from openai import OpenAI

REFUSED = "moderation_blocked"
TIMEOUT_S, RETRIES = 180.0, 3


class OpenAIPainter:
    """Generates, and edits a reference where there is one so that characters and style stay the same."""

    paid = True

    def __init__(
        self, entry: PainterEntry, *, api_key: str, base_url: str | None = None, timeout_s: float = TIMEOUT_S
    ) -> None:
        from openai import OpenAI

        self._entry = entry
        self._client: OpenAI = OpenAI(api_key=api_key, base_url=base_url, timeout=timeout_s, max_retries=RETRIES)

    @property
    def name(self) -> str:
        return self._entry.model

    def expected_cents(self, pictures: float) -> float:
        return pictures * self._entry.price(with_reference=True)

    def paint(self, shot: Shot, style: Style, *, idempotency_key: str, reference: bytes | None = None) -> Painted:
        """A prompt that is refused is softened once; the softened one has its own key, for it is another order."""
        prompt = prompt_for(shot, style)
        data = self._asked(shot, prompt, idempotency_key, reference)
        notes: tuple[str, ...] = ()
        if data is None:
            prompt, notes = softened(prompt), (f"{shot.id}: the prompt was refused and softened.",)
            data = self._asked(shot, prompt, f"{idempotency_key}-softened", reference)
        if data is None:
            raise PictureRefused(f"{self._entry.title} refuses this picture. Change what it shows.", where=shot.id)
        cost = self._entry.price(reference is not None)
        return Painted(data, mime_of(data, where=shot.id), self.name, prompt, cost, notes)

    def _asked(self, shot: Shot, prompt: str, key: str, reference: bytes | None) -> bytes | None:
        """The picture, or None if the prompt was refused."""
        import openai

        try:
            answer = self._request(shot, prompt, key, reference)
        except openai.BadRequestError as error:
            if error.code == REFUSED:
                return None
            raise PainterMisused(f"{self._entry.title} rejects the request: {error.message}", where=shot.id) from error
        except (openai.AuthenticationError, openai.PermissionDeniedError, openai.NotFoundError) as error:
            raise PainterMisused(
                f"{self._entry.title} cannot be used with this key ({error.message}). Check key and model.",
                where=shot.id,
            ) from error
        except openai.RateLimitError as error:
            if error.code == "insufficient_quota":
                raise PainterMisused("The OpenAI account has no credit left. Top it up.", where=shot.id) from error
            raise PainterUnavailable(f"{self._entry.title} is too busy.", where=shot.id) from error
        except openai.OpenAIError as error:
            raise PainterUnavailable(f"{self._entry.title} does not answer ({error}).", where=shot.id) from error
        return self._decoded(answer, shot)

    def _request(self, shot: Shot, prompt: str, key: str, reference: bytes | None) -> Any:
        width, height = self._entry.size_for(shot)
        shared: dict[str, Any] = {
            "model": self._entry.model,
            "size": f"{width}x{height}",
            "quality": self._entry.quality or "auto",
            "output_format": "jpeg",
            "n": 1,
            "extra_headers": {"Idempotency-Key": key},
        }
        if reference is None:
            return self._client.images.generate(prompt=prompt, **shared)
        image = ("reference.jpg", reference, mime_of(reference, where=shot.id))
        return self._client.images.edit(image=[image], prompt=f"{prompt}\n{reference_note()}", **shared)

    def _decoded(self, answer: Any, shot: Shot) -> bytes:
        try:
            return base64.b64decode(answer.data[0].b64_json, validate=True)
        except (AttributeError, IndexError, TypeError, binascii.Error) as error:
            raise PainterUnavailable(f"{self._entry.title} sent no picture.", where=shot.id) from error
