"""Every failure that a caller of the studio can meet. SQL raises the same codes, whichever way the call travelled.

StudioError
├── SettingsError               the installation is set up in a way that cannot work
├── StoreError
│   ├── InvalidValue            a value of the wrong type, length or range
│   ├── NotFound                no such row, or not one of the caller's
│   ├── Forbidden               the caller may not do that
│   ├── Conflict                it exists already, or is in a state that does not allow it
│   │   ├── KeyReused           an idempotency key came back with different arguments
│   │   ├── IllegalTransition   a job cannot go from its state to that one
│   │   ├── LeaseLost           the job is no longer this worker's
│   │   └── JobCancelled        its creator stopped the job
│   ├── InsufficientCredits     the balance does not cover it
│   ├── RateLimited             too often in too short a time
│   ├── ConsentMissing          a voice without a standing, verified consent
│   ├── UnknownFunction         the store has no such function, or not with these arguments
│   ├── StoreUnavailable        the database cannot be reached, or did not answer in time
│   ├── MigrationError          the migrations cannot be applied to this database
│   └── StoreFault              the store failed in a way that no caller can mend
├── FileError
│   ├── FileMissing             no such file, or not one of this owner's
│   ├── FileRefused             a path, size or kind that the file store does not take
│   ├── LinkInvalid             a link that was not made here, or was changed
│   ├── LinkExpired             a link whose time is over
│   └── FilesUnavailable        the file store cannot be reached, or did not answer in time
├── IdentityError
│   ├── SignInNeeded            nobody is signed in, and it takes somebody
│   ├── SignInFailed            the address and the password do not belong together
│   ├── SignInLocked            too many failed tries
│   ├── EmailNotVerified        the address was not confirmed yet
│   ├── EmailTaken              the address has an account
│   ├── EmailInvalid            not an address
│   ├── PasswordWeak            too short, too common or too long
│   ├── SessionInvalid          a token that is unknown, over, revoked or not for this app
│   ├── CodeInvalid             a link or code from a letter that is wrong, used or over
│   ├── GoogleRefused           Google did not sign the person in
│   └── IdentityUnavailable     the accounts cannot be reached just now
├── ContentRefused              words that no film may be made of
├── JobFailed                   a film that cannot be made: why, in which step, and whether to try again
└── WorkerError                 the worker cannot run as it was started
    └── WorkerStopping          the worker was told to stop: the job goes back into the line
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar


class StudioError(Exception):
    """A sentence that a creator can act on, a stable code, and the facts behind it."""

    code: ClassVar[str] = "studio_error"

    def __init__(self, message: str, *, details: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.details: Mapping[str, object] = details or {}


class SettingsError(StudioError):
    code = "settings_invalid"


class StoreError(StudioError):
    code = "store_error"


class InvalidValue(StoreError):
    code = "value_invalid"


class NotFound(StoreError):
    code = "not_found"


class Forbidden(StoreError):
    code = "forbidden"


class Conflict(StoreError):
    code = "conflict"


class KeyReused(Conflict):
    code = "key_reused"


class IllegalTransition(Conflict):
    code = "illegal_transition"


class LeaseLost(Conflict):
    code = "lease_lost"


class JobCancelled(Conflict):
    code = "job_cancelled"


class InsufficientCredits(StoreError):
    code = "insufficient_credits"


class RateLimited(StoreError):
    code = "rate_limited"


class ConsentMissing(StoreError):
    code = "consent_missing"


class UnknownFunction(StoreError):
    code = "unknown_function"


class StoreUnavailable(StoreError):
    code = "store_unavailable"


class MigrationError(StoreError):
    code = "migration_failed"


class StoreFault(StoreError):
    code = "store_fault"


class FileError(StudioError):
    code = "file_error"


class FileMissing(FileError):
    code = "file_missing"


class FileRefused(FileError):
    code = "file_refused"


class LinkInvalid(FileError):
    code = "link_invalid"


class LinkExpired(FileError):
    code = "link_expired"


class FilesUnavailable(FileError):
    code = "files_unavailable"


class IdentityError(StudioError):
    code = "identity_error"


class SignInNeeded(IdentityError):
    code = "sign_in_needed"


class SignInFailed(IdentityError):
    code = "sign_in_failed"


class SignInLocked(IdentityError):
    code = "sign_in_locked"


class EmailNotVerified(IdentityError):
    code = "email_not_verified"


class EmailTaken(IdentityError):
    code = "email_taken"


class EmailInvalid(IdentityError):
    code = "email_invalid"


class PasswordWeak(IdentityError):
    code = "password_weak"


class SessionInvalid(IdentityError):
    code = "session_invalid"


class CodeInvalid(IdentityError):
    code = "code_invalid"


class GoogleRefused(IdentityError):
    code = "google_refused"


class IdentityUnavailable(IdentityError):
    code = "identity_unavailable"


class ContentRefused(StudioError):
    code = "content_refused"


class JobFailed(StudioError):
    """Raised by whoever makes the film; `reason` is the code that the job then carries."""

    code = "job_failed"

    def __init__(
        self, message: str, *, reason: str, step: str | None = None, again: bool = False, pause_s: int = 0
    ) -> None:
        super().__init__(message, details={"reason": reason, "step": step})
        self.reason = reason
        self.step = step
        self.again = again
        self.pause_s = pause_s


class WorkerError(StudioError):
    code = "worker_invalid"


class WorkerStopping(WorkerError):
    code = "worker_stopping"


def family(root: type[StudioError]) -> Iterator[type[StudioError]]:
    """A class of the tree and everything below it."""
    yield root
    for child in root.__subclasses__():
        yield from family(child)
