"""Takes secrets out of what is logged: those that this installation knows, and whatever has the shape of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from studio.settings import Settings

HIDDEN = "[secret]"
_SHORTEST = 8
"""A shorter value would take innocent words along."""
_NAMES = re.compile(r"(KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS|DSN)$|^(DATABASE_URL)$")
_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    # A password in an address: postgresql://name:password@host
    (re.compile(r"(\b[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s@/]+(@)", re.I), rf"\1{HIDDEN}\2"),
    (re.compile(r"((?:^|[\s\"'{,])(?:set-)?cookie[\"']?\s*[:=]\s*[\"']?)[^\r\n\"'}]+", re.I), rf"\1{HIDDEN}"),
    (re.compile(r"(\bcc_[a-z]+=)[^\s;\"',&]+", re.I), rf"\1{HIDDEN}"),
    (re.compile(r"(\b(?:bearer|basic)\s+)[A-Za-z0-9._~+/=-]{8,}", re.I), rf"\1{HIDDEN}"),
    (re.compile(r"\b(?:cck_|sk[-_]|rk_|pk_live_|whsec_|hf_|re_|sb_secret_|gh[opsu]_|xi-)[A-Za-z0-9_-]{12,}"), HIDDEN),
    (re.compile(r"\beyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?"), HIDDEN),
    # Signed links and letters' links: whoever has one may use it.
    (
        re.compile(
            r"([?&#;\"'\s](?:signature|token|token_hash|access_token|refresh_token|code|api_?key|key|sig|"
            r"x-amz-signature|password|draft)[\"']?(?:=|:\s*)[\"']?)[^\s&\"'#,}]{6,}",
            re.I,
        ),
        rf"\1{HIDDEN}",
    ),
    (
        re.compile(r"((?:x-canvascast-key|apikey|api-key|authorization)[\"']?\s*[:=]\s*[\"']?)[^\s\"',}]+", re.I),
        rf"\1{HIDDEN}",
    ),
)


class Secrets:
    def __init__(self, known: Iterable[str] = ()) -> None:
        values = {value.strip() for value in known}
        longest_first = sorted((value for value in values if len(value) >= _SHORTEST), key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    @classmethod
    def of(cls, settings: Settings, environment: Mapping[str, str]) -> Secrets:
        """The settings' own secrets, and the environment's values whose names say what they are."""
        kept = (getattr(settings, name) for name in type(settings).model_fields)
        values = [value.get_secret_value() for value in kept if isinstance(value, SecretStr)]
        values += [value for name, value in environment.items() if _NAMES.search(name.upper())]
        passwords = [unquote(urlsplit(value).password or "") for value in values if "://" in value]
        return cls([*values, *passwords])

    def hidden(self, text: str) -> str:
        """The text with every secret replaced by a word."""
        if self._known:
            text = self._known.sub(HIDDEN, text)
        for shape, instead in _SHAPES:
            text = shape.sub(instead, text)
        return text
