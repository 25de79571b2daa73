"""python -m presets.music build [NAME ...]: makes the shipped music and sound effects again. list: shows them."""

from __future__ import annotations

import argparse

from presets import music, sounds


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m presets.music", description="The own music and sound effects.")
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("build", help="make the files from their recipes")
    make.add_argument("names", nargs="*", help="only these; everything if none is given")
    commands.add_parser("list", help="show what there is")
    arguments = parser.parse_args()
    if arguments.command == "build":
        from presets.music.build import build

        build(tuple(arguments.names))
    else:
        for record in (*music.beds(), *sounds.effects()):
            print(f"{record.name:12} {record.length_s:6.1f} s  {record.mood}")


if __name__ == "__main__":
    main()
