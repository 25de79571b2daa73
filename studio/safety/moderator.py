"""A provider's judgement: OpenAI's moderation endpoint, asked with its own client, in pieces where a text is long.

Whatever goes wrong with it is ModeratorAway, and then it is left alone for a while, so that nobody waits for it.
"""

from __future__ import annotations

import re
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from studio.safety.rules import Finding
from studio.settings import Settings

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types import Moderation

MODEL = "omni-moderation-latest"
_SCALES = Path(__file__).parent / "rules" / "data" / "provider.toml"
_PIECE_CHARACTERS = 6_000
_PIECES_AT_ONCE = 16
# A film of twelve minutes speaks about 12,000; what comes after that is judged by the own rules.
_MOST_CHARACTERS = 300_000
_TIMEOUT_S = 8.0
_PATIENCE_S = 25.0
_PAUSE_S = 60.0
_ENDS = re.compile(r"(?<=[.!?。！？\n])\s")


class ModeratorAway(Exception):
    """A provider of moderation did not judge; the message says why, for the log."""


class Moderator(Protocol):
    """Somebody else's judgement."""

    name: str

    def findings(self, text: str) -> Sequence[Finding]:
        """Or ModeratorAway."""
        ...


@dataclass(frozen=True)
class Scale:
    theirs: str
    category: str
    refuse: float
    flag: float
    sentence: str


class OpenAIModerator:
    name = "openai"

    def __init__(
        self, *, api_key: str, base_url: str | None = None, timeout_s: float = _TIMEOUT_S, pause_s: float = _PAUSE_S
    ) -> None:
        self._api_key, self._base_url = api_key, base_url
        self._timeout_s, self._pause_s = timeout_s, pause_s
        self._away_until = 0.0
        self._known: OpenAI | None = None

    def findings(self, text: str) -> Sequence[Finding]:
        if time.monotonic() < self._away_until:
            raise ModeratorAway("failed a moment ago")
        try:
            return list(self._asked(text[:_MOST_CHARACTERS]))
        except ModeratorAway:
            self._away_until = time.monotonic() + self._pause_s
            raise

    def _asked(self, text: str) -> Iterator[Finding]:
        pieces = list(_pieces(text))
        deadline = time.monotonic() + _PATIENCE_S
        for start in range(0, len(pieces), _PIECES_AT_ONCE):
            if time.monotonic() > deadline:
                raise ModeratorAway("takes too long")
            batch = pieces[start : start + _PIECES_AT_ONCE]
            for piece, verdict in zip(batch, self._answers(batch), strict=True):
                yield from _found(piece, verdict)

    def _answers(self, batch: list[str]) -> list[Moderation]:
        import openai
        from openai.types import ModerationCreateResponse

        try:
            answer = self._client().moderations.create(model=MODEL, input=batch)
            # The client passes on whatever came, so it is held against the protocol here.
            results = ModerationCreateResponse.model_validate(answer.to_dict()).results
        except openai.OpenAIError as error:
            raise ModeratorAway(_reason(error)) from error
        except (AttributeError, ValueError) as error:
            raise ModeratorAway("answers nonsense") from error
        if len(results) != len(batch):
            raise ModeratorAway("answered something else than was asked")
        return results

    def _client(self) -> OpenAI:
        if self._known is None:
            from openai import OpenAI

            self._known = OpenAI(api_key=self._api_key, base_url=self._base_url, timeout=self._timeout_s, max_retries=1)
        return self._known


def moderator_of(settings: Settings) -> Moderator | None:
    """The provider that there is a key for."""
    if settings.openai_api_key is None or not settings.openai_api_key.get_secret_value():
        return None
    return OpenAIModerator(
        api_key=settings.openai_api_key.get_secret_value(),
        base_url=settings.moderation_url or settings.openai_base_url or None,
    )


def _reason(error: Exception) -> str:
    """What kind of failure, never its text, which may repeat what was sent."""
    import openai

    if isinstance(error, openai.APITimeoutError):
        return "no answer in time"
    if isinstance(error, openai.APIStatusError):
        return f"status {error.status_code}"
    return "cannot be reached" if isinstance(error, openai.APIConnectionError) else "answers nonsense"


def _found(piece: str, verdict: Moderation) -> Iterator[Finding]:
    scores = verdict.category_scores.model_dump(by_alias=True)
    for scale in _scales():
        score = scores.get(scale.theirs) or 0.0
        if score >= scale.flag:
            yield Finding(scale.category, score >= scale.refuse, " ".join(piece.split())[:300], scale.sentence)


def _pieces(text: str) -> Iterator[str]:
    """Parts that end with a sentence wherever there is one."""
    start = 0
    while start < len(text):
        end = start + _PIECE_CHARACTERS
        if end < len(text):
            ends = [found.end() for found in _ENDS.finditer(text, start + _PIECE_CHARACTERS // 2, end)]
            end = ends[-1] if ends else end
        if piece := text[start:end].strip():
            yield piece
        start = end


@cache
def _scales() -> tuple[Scale, ...]:
    return tuple(Scale(**one) for one in tomllib.loads(_SCALES.read_text("utf-8"))["scale"])
