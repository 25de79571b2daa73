"""A record as a line for people, or as one JSON object a line for machines."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime

from studio.logs.context import facts
from studio.logs.secrets import Secrets

FIGURES = "figures"
"""A record's `extra` under this name is a mapping of numbers and words, shown in both forms."""
_LONGEST = 20_000
_COLOURS = {logging.WARNING: "\x1b[33m", logging.ERROR: "\x1b[31m", logging.CRITICAL: "\x1b[31;1m"}
_QUIET, _PLAIN = "\x1b[2m", "\x1b[0m"


class _Format(logging.Formatter):
    def __init__(self, secrets: Secrets) -> None:
        super().__init__()
        self._secrets = secrets

    def _message(self, record: logging.LogRecord) -> str:
        # Hidden before it is cut, or half a secret would stand at the cut.
        return self._secrets.hidden(record.getMessage()[: 2 * _LONGEST])[:_LONGEST]

    def _trace(self, record: logging.LogRecord) -> str:
        parts = [self.formatException(record.exc_info)] if record.exc_info and record.exc_info[0] else []
        parts += [self.formatStack(record.stack_info)] if record.stack_info else []
        return self._secrets.hidden("\n".join(parts)[-_LONGEST:])

    def _known(self, record: logging.LogRecord) -> dict[str, object]:
        figures = getattr(record, FIGURES, None)
        given = dict(figures) if isinstance(figures, Mapping) else {}
        return {name: self._clean(value) for name, value in {**facts(), **given}.items()}

    def _clean(self, value: object) -> object:
        if isinstance(value, int | float) or value is None:
            return value
        if isinstance(value, list | tuple):
            return [self._clean(one) for one in value]
        return self._secrets.hidden(str(value))


class Lines(_Format):
    """12:30:01 INFO  worker: the message  job=... stage=..."""

    def __init__(self, secrets: Secrets, *, colours: bool) -> None:
        super().__init__(secrets)
        self._colours = colours

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created).strftime("%H:%M:%S")
        name = record.name.removeprefix("studio.")
        known = " ".join(f"{key}={value}" for key, value in self._known(record).items())
        line = f"{time} {self._level(record)} {name}: {self._message(record)}"
        line += f"  {self._quiet(known)}" if known else ""
        trace = self._trace(record)
        return f"{line}\n{trace}" if trace else line

    def _level(self, record: logging.LogRecord) -> str:
        colour = _COLOURS.get(record.levelno, "") if self._colours else ""
        return f"{colour}{record.levelname:<7}{_PLAIN if colour else ''}"

    def _quiet(self, text: str) -> str:
        return f"{_QUIET}{text}{_PLAIN}" if self._colours else text


class Objects(_Format):
    """One JSON object a line: time, level, logger, message, thread, the facts, and the traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._message(record),
            "thread": record.threadName,
            **self._known(record),
        }
        trace = self._trace(record)
        if trace:
            line["trace"] = trace
        return json.dumps(line, ensure_ascii=False)
