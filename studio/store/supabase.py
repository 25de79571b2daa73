"""The HTTPS transport: the same SQL functions through Supabase's `rpc`, for machines that reach no database port."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Self
from uuid import UUID

import httpx

from studio.errors import SettingsError, StoreFault, StoreUnavailable, StudioError, UnknownFunction
from studio.store.failures import body, failure
from studio.store.patience import patiently
from studio.store.store import Json
from studio.tls import trusted

if TYPE_CHECKING:
    from studio.settings import Settings

_LIMITS = httpx.Limits(max_connections=40, max_keepalive_connections=20, keepalive_expiry=60.0)
# What stands between us and the database answers with these when it could not be asked, or was cut off while answering.
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 527, 530, 544})
_REFUSED_KEY = (
    "Supabase refused the secret key: copy it again from the project's API settings into SUPABASE_SECRET_KEY."
)


class SupabaseStore:
    """Calls functions with the project's secret key; tries again when an answer did not arrive.

    An answer may be lost after the work was done, so the same call is sent again: every function is safe to repeat.
    """

    def __init__(self, url: str, secret_key: str, *, patience_s: float = 15.0, answer_limit_s: float = 30.0) -> None:
        self._patience_s = patience_s
        self._base = url.rstrip("/") + "/rest/v1/rpc/"
        timeout = httpx.Timeout(answer_limit_s, connect=5.0)
        self._client = httpx.Client(timeout=timeout, limits=_LIMITS, verify=trusted())
        # A key of either kind opens the gateway; a legacy key is also the token that PostgREST reads the role from.
        self._headers = {
            "apikey": secret_key,
            "authorization": f"Bearer {secret_key}",
            "content-type": "application/json",
        }

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        if not settings.supabase_url or settings.supabase_secret_key is None:
            raise SettingsError("Supabase needs SUPABASE_URL and SUPABASE_SECRET_KEY.")
        return cls(settings.supabase_url, settings.supabase_secret_key.get_secret_value())

    def call(
        self, function: str, arguments: Mapping[str, object] | None = None, *, as_user: UUID | None = None
    ) -> Json:
        """Run one function in a transaction of its own, as that user or as the service, and return its JSON."""
        name, text = _request(function, body(arguments), as_user)
        return patiently(lambda: self._once(name, text), patience_s=self._patience_s)

    def close(self) -> None:
        self._client.close()

    def _once(self, name: str, text: str) -> Json:
        try:
            answer = self._client.post(self._base + name, content=text.encode(), headers=self._headers)
        except httpx.TransportError as error:
            raise StoreUnavailable(
                "The database cannot be reached just now.", details={"message": str(error)}
            ) from error
        if answer.is_success:
            result: Json = json.loads(answer.content) if answer.content else None
            return result
        raise _failure(answer)


def _request(function: str, text: str, as_user: UUID | None) -> tuple[str, str]:
    """The function to call and its body; for a user the call travels inside `act_as`, which takes their role first."""
    if not function.isidentifier():
        raise UnknownFunction("The store has no such function, or not with these arguments.")
    if as_user is None:
        return function, text
    return "act_as", f'{{"as_user":{json.dumps(str(as_user))},"function":{json.dumps(function)},"arguments":{text}}}'


def _failure(answer: httpx.Response) -> StudioError:
    report = _report(answer)
    code = report.get("code")
    if isinstance(code, str) and not code.startswith("PGRST30"):
        return failure(code, _text(report, "message") or "", _text(report, "hint"), _text(report, "details"))
    facts = {"status": answer.status_code, "message": _text(report, "message") or answer.text[:200]}
    if answer.status_code in (401, 403):
        return SettingsError(_REFUSED_KEY, details=facts)
    if answer.status_code in _TRANSIENT:
        return StoreUnavailable("The database cannot be reached just now.", details=facts)
    return StoreFault("The database failed. The fault was logged.", details=facts)


def _report(answer: httpx.Response) -> dict[str, object]:
    try:
        report = answer.json()
    except ValueError:
        return {}
    return report if isinstance(report, dict) else {}


def _text(report: Mapping[str, object], name: str) -> str | None:
    value = report.get(name)
    return value if isinstance(value, str) else None
