"""Every way in which a source can fail, so that a page can answer each in its own way.

SourceError
├── SourceMissing       nothing was given, or the file is not there
├── SourceEmpty         no readable text inside
├── SourceScanned       pictures of pages, no text
├── SourceEncrypted     locked by a password
├── SourceDamaged       not what it claims to be, or broken
├── SourceUnsupported   a kind of file that holds no notes
├── SourceTooLarge      past the limits, or grows past them when unpacked
├── SourceTooSlow       past the time limit
├── LinkRefused         an address that may not be fetched
└── LinkFailed          the page did not come
"""

from __future__ import annotations

from pipeline.errors import SourceError


class SourceMissing(SourceError):
    code = "source_missing"


class SourceEmpty(SourceError):
    code = "source_empty"


class SourceScanned(SourceError):
    code = "source_scanned"


class SourceEncrypted(SourceError):
    code = "source_encrypted"


class SourceDamaged(SourceError):
    code = "source_damaged"


class SourceUnsupported(SourceError):
    code = "source_unsupported"


class SourceTooLarge(SourceError):
    code = "source_too_large"


class SourceTooSlow(SourceError):
    code = "source_too_slow"


class LinkRefused(SourceError):
    code = "link_refused"


class LinkFailed(SourceError):
    code = "link_failed"


def with_code(code: str) -> type[SourceError]:
    """The class of that code."""
    return next((kind for kind in SourceError.__subclasses__() if kind.code == code), SourceError)
