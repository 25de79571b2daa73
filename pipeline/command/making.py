"""python -m pipeline NOTES: a page of notes becomes a film and everything that goes with it."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

from pydantic import ValidationError

from pipeline.brief import Brief
from pipeline.build import Workspace
from pipeline.command.bar import Bar
from pipeline.errors import BriefError
from pipeline.progress import Cancel
from pipeline.timeline.models import CaptionStyle
from pipeline.timeline.sizes import Aspect, Resolution

INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Make a film, or say what it would take."""
    options = _parser().parse_args(arguments)
    brief = _brief(options)
    # Imported here, so that a wrong option is told at once.
    from pipeline.making import from_environment, make
    from pipeline.making.estimate import estimate

    services = from_environment(brief, writer=options.writer, painter=options.painter)
    expected = estimate(brief, services)
    if options.estimate:
        print(expected.text())
        return 0
    bar, cancel = Bar(expected.seconds), Cancel()
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


def _brief(options: argparse.Namespace) -> Brief:
    chosen = {
        name: getattr(options, name)
        for name in Brief.model_fields
        if getattr(options, name, None) not in (None, "", [], ())
    }
    try:
        return Brief.model_validate({**chosen, **_given(options.notes_or_links)})
    except ValidationError as error:
        first = error.errors()[0]
        raise BriefError(f"--{'.'.join(map(str, first['loc']))}: {first['msg']}.") from error


def _given(inputs: Sequence[str]) -> dict[str, object]:
    """Links by how they begin; everything else is a file."""
    links = tuple(item for item in inputs if item.startswith(("http://", "https://")))
    documents = tuple(item for item in inputs if item not in links)
    missing = [item for item in documents if not Path(item).is_file()]
    if missing:
        raise BriefError(f"There is no file {missing[0]}. Give files, links, or --topic.")
    return {"links": links, "documents": documents}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m pipeline", description="Make a narrated film of notes.")
    parser.add_argument("notes_or_links", nargs="*", metavar="NOTES", help="files or links")
    parser.add_argument("--topic", help="instead of notes, where a text model is set up")
    parser.add_argument("--title")
    parser.add_argument("--niche", help="explainer, history, facts, ... (default: explainer)")
    parser.add_argument("--minutes", type=float, help="1 to 12 (default: 2)")
    parser.add_argument("--voice", help="default, or an id that `python -m voices` lists")
    parser.add_argument("--look", help="default: the niche's own")
    parser.add_argument("--pace", choices=("slow", "normal", "fast"))
    parser.add_argument("--aspect", choices=get_args(Aspect))
    parser.add_argument("--resolution", choices=get_args(Resolution))
    parser.add_argument("--fps", type=int, choices=(24, 25, 30, 50, 60))
    parser.add_argument("--captions", choices=get_args(CaptionStyle))
    parser.add_argument("--music", help="a bed's name, a file, or off")
    parser.add_argument("--pack", help="a template pack's name or file")
    parser.add_argument("--hook", type=int, choices=(1, 2, 3), help="which of the three openings")
    parser.add_argument("--transcript", choices=("auto", "manual"), help="manual: the notes are the script")
    parser.add_argument("--uploads", nargs="*", help="own pictures and clips")
    parser.add_argument("--language")
    parser.add_argument("--writer", default="", help="outline, openai, hub or local (default: what a key is set for)")
    parser.add_argument("--painter", default="", help="canvas, or a model's name (default: what a key is set for)")
    parser.add_argument("--out", type=Path, default=Path("out"))
    parser.add_argument("--work", type=Path, help="folder of what was made before (default: .work in --out)")
    parser.add_argument("--estimate", action="store_true", help="only say what it would take")
    parser.add_argument("--redo", action="append", default=[], metavar="WHAT", help="e.g. section:3:picture")
    return parser
