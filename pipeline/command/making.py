"""python -m pipeline NOTES: a page of notes becomes a film and everything that goes with it."""

from __future__ import annotations

import argparse
import os
import re
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

from pydantic import ValidationError

from pipeline.brief import Brief
from pipeline.build import Workspace
from pipeline.command.bar import Bar, Download
from pipeline.errors import BriefError
from pipeline.progress import Cancel
from pipeline.timeline.models import CaptionStyle
from pipeline.timeline.sizes import Aspect, Resolution

INTERRUPTED = 130
LINK = re.compile("[a-z][a-z0-9+.-]*://", re.IGNORECASE)
SENTENCES = {"minutes": "A film lasts from 1 to 12 minutes."}


def run(arguments: Sequence[str]) -> int:
    """Make a film, or say what it would take."""
    options = parser().parse_args(arguments)
    brief = brief_of(options)
    # Imported here, so that a wrong option is told at once.
    from pipeline.making import from_environment, make
    from pipeline.making.estimate import estimate

    cancel = Cancel()
    services = from_environment(brief, writer=options.writer, painter=options.painter, fetching=Download(cancel))
    expected = estimate(brief, services)
    if options.estimate:
        print(expected.text())
        return 0
    bar = Bar(expected.seconds)
    with _stopping(cancel):
        bundle = make(
            brief,
            options.out,
            services=services,
            workspace=Workspace(options.work or options.out / ".work"),
            progress=bar,
            cancel=cancel,
            redo=options.redo,
        )
    bar.close()
    print(f"\n{bundle.film}  ({bundle.timeline.frames / bundle.timeline.fps:.0f} s)  “{bundle.timeline.title}”")
    for note in bundle.report["fallbacks"]:
        print(f"  note: {note}")
    for line in bundle.report["checks"]:
        if line["verdict"] == "broken":
            print(f"  check: {line['name']}: {line['measured']} (allowed: {line['allowed']})")
    return 0


@contextmanager
def _stopping(cancel: Cancel) -> Iterator[None]:
    """The first Ctrl-C stops at the next frame or answer and keeps everything; the second one stops at once."""
    before = signal.getsignal(signal.SIGINT)

    def ask(_signal: int, _frame: object) -> None:
        sys.stderr.write("\nstopping ...\n")
        cancel.ask()
        signal.signal(signal.SIGINT, _at_once)

    signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _at_once(_signal: int, _frame: object) -> None:
    """Without waiting for anybody's answer: whatever is half made is made again."""
    os._exit(INTERRUPTED)


def brief_of(options: argparse.Namespace) -> Brief:
    """What was asked for on the command line. Raises a BriefError that names the option."""
    chosen = {
        name: getattr(options, name)
        for name in Brief.model_fields
        if getattr(options, name, None) not in (None, "", [], ())
    }
    try:
        return Brief.model_validate({**chosen, **_given(options.notes_or_links), **_said(options.pronounce)})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        raise BriefError(f"--{name}: {SENTENCES.get(name, first['msg'] + '.')}") from error


def _said(pairs: Sequence[str]) -> dict[str, object]:
    """The creator's own entries of the pronunciation dictionary."""
    said = {}
    for pair in pairs:
        word, _, how = (part.strip() for part in pair.partition("="))
        if not word or not how:
            raise BriefError(f"--pronounce: “{pair}” needs the word, an equals sign and how to say it.")
        said[word] = how
    return {"pronunciations": said}


def _given(inputs: Sequence[str]) -> dict[str, object]:
    """Links by their scheme, of which some are refused later with the reason; everything else is a file."""
    links = tuple(item for item in inputs if LINK.match(item))
    documents = tuple(item for item in inputs if item not in links)
    missing = [item for item in documents if not Path(item).is_file()]
    if missing:
        raise BriefError(f"There is no file {missing[0]}. Give files, links, or --topic.")
    return {"links": links, "documents": documents}


def parser() -> argparse.ArgumentParser:
    """Every option of the command."""
    options = argparse.ArgumentParser("python -m pipeline", description="Make a narrated film of notes.")
    options.add_argument("notes_or_links", nargs="*", metavar="NOTES", help="files or links")
    options.add_argument("--topic", help="instead of notes, where a text model is set up")
    options.add_argument("--title")
    options.add_argument("--niche", help="explainer, history, facts, ... (default: explainer)")
    options.add_argument("--minutes", type=float, help="1 to 12 (default: 2)")
    options.add_argument("--voice", help="default, or an id that `python -m voices` lists")
    options.add_argument("--look", help="default: the niche's own")
    options.add_argument("--pace", choices=("slow", "normal", "fast"))
    options.add_argument("--aspect", choices=get_args(Aspect))
    options.add_argument("--resolution", choices=get_args(Resolution))
    options.add_argument("--fps", type=int, choices=(24, 25, 30, 50, 60))
    options.add_argument("--captions", choices=get_args(CaptionStyle))
    options.add_argument("--music", help="a bed's name, a file, or off")
    options.add_argument("--pack", help="a template pack's name or file")
    options.add_argument("--hook", type=int, choices=(1, 2, 3), help="which of the three openings")
    options.add_argument("--transcript", choices=("auto", "manual"), help="manual: the notes are the script")
    options.add_argument("--uploads", nargs="*", help="own pictures and clips")
    options.add_argument("--language")
    options.add_argument(
        "--pronounce", action="append", default=[], metavar="WORD=SAY", help='how to say a word: "Xiamen=shah-men"'
    )
    options.add_argument("--writer", default="", help="outline, openai, hub or local (default: what a key is set for)")
    options.add_argument("--painter", default="", help="canvas, or a model's name (default: what a key is set for)")
    options.add_argument("--out", type=Path, default=Path("out"))
    options.add_argument("--work", type=Path, help="folder of what was made before (default: .work in --out)")
    options.add_argument("--estimate", action="store_true", help="only say what it would take")
    options.add_argument("--redo", action="append", default=[], metavar="WHAT", help="e.g. section:3:picture")
    return options
