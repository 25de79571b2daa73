"""What every record says besides its message: which job, project and user it is about, and which request."""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

_FACTS: contextvars.ContextVar[Mapping[str, str] | None] = contextvars.ContextVar("facts", default=None)


def facts() -> Mapping[str, str]:
    return _FACTS.get() or {}


@contextmanager
def about(**known: object) -> Iterator[None]:
    """Records written inside carry these facts: about(job=..., project=..., user=...)."""
    mark = _FACTS.set({**facts(), **{name: str(value) for name, value in known.items()}})
    try:
        yield
    finally:
        _FACTS.reset(mark)


def here(run: Callable[[], None]) -> Callable[[], None]:
    """The same function for a new thread, which else would begin without any facts."""
    context = contextvars.copy_context()

    def run_here() -> None:
        context.run(run)

    return run_here
