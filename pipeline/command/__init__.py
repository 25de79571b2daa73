"""python -m pipeline: one command to make a film, and a few to work on its timeline."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from pipeline.command import making, timelines
from pipeline.errors import Cancelled, PipelineError

COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "make": making.run,
    "render": timelines.run_render,
    "preview": timelines.run_preview,
    "poster": timelines.run_poster,
    "sheet": timelines.run_sheet,
    "check": timelines.run_check,
    "export": timelines.run_export,
    "schema": timelines.run_schema,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit 0 when all went well, 1 with one sentence on standard error when not, 130 when it was stopped."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    name = arguments[0] if arguments and arguments[0] in COMMANDS else "make"
    try:
        return COMMANDS[name](arguments[1:] if arguments and arguments[0] == name else arguments)
    except Cancelled as stopped:
        print(f"\n{stopped}", file=sys.stderr)
        return making.INTERRUPTED
    except KeyboardInterrupt:
        return making.INTERRUPTED
    except PipelineError as error:
        print(f"\nerror ({error.code}): {error}", file=sys.stderr)
        return 1
