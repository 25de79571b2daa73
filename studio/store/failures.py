"""Turns what PostgreSQL or PostgREST reports into the studio's errors; both transports use it, so they agree."""

from __future__ import annotations

import json
from collections.abc import Mapping

from studio.errors import (
    Conflict,
    Forbidden,
    InvalidValue,
    NotFound,
    StoreError,
    StoreFault,
    StoreUnavailable,
    StudioError,
    UnknownFunction,
    family,
)

_BY_CODE: Mapping[str, type[StudioError]] = {kind.code: kind for kind in family(StoreError)}
_BY_STATE: Mapping[str, type[StoreError]] = {
    "23503": NotFound,
    "23505": Conflict,
    "23514": InvalidValue,
    "23502": InvalidValue,
    "42501": Forbidden,
    "42883": UnknownFunction,
    "PGRST202": UnknownFunction,
    "PGRST203": UnknownFunction,
    "PGRST102": InvalidValue,
    "57014": StoreUnavailable,
    "53300": StoreUnavailable,
    "PGRST000": StoreUnavailable,
    "PGRST001": StoreUnavailable,
    "PGRST002": StoreUnavailable,
    "PGRST003": StoreUnavailable,
}
_BY_CLASS: Mapping[str, type[StoreError]] = {
    "08": StoreUnavailable,
    "22": InvalidValue,
    "40": StoreUnavailable,
    "53": StoreUnavailable,
    "55": StoreUnavailable,
    "57": StoreUnavailable,
}
_SENTENCES: Mapping[type[StoreError], str] = {
    InvalidValue: "A value has the wrong type, length or range.",
    NotFound: "It does not exist, or it is not yours.",
    Forbidden: "You may not do that.",
    Conflict: "It exists already, or has changed in the meantime.",
    UnknownFunction: "The store has no such function, or not with these arguments.",
    StoreUnavailable: "The database cannot be reached just now. Nothing is lost: try again in a moment.",
    StoreFault: "The database failed. The fault was logged.",
}


def failure(state: str, message: str, hint: str | None, details: str | None) -> StudioError:
    """The error for an SQLSTATE (or PostgREST code) and what came with it. Our SQL puts its code in the hint."""
    own = _BY_CODE.get(hint or "")
    if own is not None:
        return own(message, details=_facts(details))
    kind = _BY_STATE.get(state) or _BY_CLASS.get(state[:2], StoreFault)
    return kind(_SENTENCES[kind], details={"sqlstate": state, "message": message})


def unavailable(message: str) -> StoreUnavailable:
    """The error for a database that did not answer at all; `message` is for the log."""
    return StoreUnavailable(_SENTENCES[StoreUnavailable], details={"message": message})


def body(arguments: Mapping[str, object] | None) -> str:
    """The arguments as one JSON object, refused here if PostgreSQL could not store them."""
    try:
        text = json.dumps(arguments or {}, allow_nan=False, ensure_ascii=False, default=_plain)
    except (TypeError, ValueError) as error:
        raise InvalidValue("A value cannot be written as JSON.", details={"message": str(error)}) from error
    if "\\u0000" in text and _has_null_byte(arguments):
        raise InvalidValue("Text must not contain null bytes.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise InvalidValue("Text must be valid Unicode.") from error
    return text


def _plain(value: object) -> object:
    from datetime import datetime
    from uuid import UUID

    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not JSON")


def _has_null_byte(value: object) -> bool:
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, Mapping):
        return any(_has_null_byte(key) or _has_null_byte(part) for key, part in value.items())
    if isinstance(value, list | tuple):
        return any(_has_null_byte(part) for part in value)
    return False


def _facts(details: str | None) -> dict[str, object]:
    if not details:
        return {}
    try:
        facts = json.loads(details)
    except ValueError:
        return {"message": details}
    return facts if isinstance(facts, dict) else {"message": details}
