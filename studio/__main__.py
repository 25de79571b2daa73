"""The studio's commands: `python -m studio worker` makes the films that are waiting."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from studio.errors import StudioError
from studio.worker import command as worker


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m studio", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    worker.add_arguments(
        commands.add_parser(
            "worker",
            help="make the films that are waiting",
            description=worker.DESCRIPTION,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 0
    try:
        return worker.run(options)
    except StudioError as error:
        print(error.message, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
