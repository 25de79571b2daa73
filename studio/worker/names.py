"""A worker's name says where it runs, so that the next process on the same machine knows which workers are dead."""

from __future__ import annotations

import os
import socket
from uuid import uuid4

_PROCESS = uuid4().hex[:8]
"""Of this very process: a restarted container often gets its predecessor's number."""


def name_of(worker: object) -> str:
    return f"{socket.gethostname()[:120]}:{os.getpid()}:{_PROCESS}-{id(worker):x}"


def is_dead(name: str) -> bool:
    """Certainly so: it ran on this machine, and its process is gone. Of other machines nothing is known."""
    host, _, rest = name.rpartition(":")[0].rpartition(":")
    if host != socket.gethostname()[:120] or not rest.isdigit():
        return False
    if int(rest) == os.getpid():
        return not name.rpartition(":")[2].startswith(f"{_PROCESS}-")
    return not _runs(int(rest))


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
