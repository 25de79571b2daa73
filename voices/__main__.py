"""`python -m voices`: what can speak here, what it sounds like, and bringing what can be downloaded."""

from __future__ import annotations

import argparse
import sys
import wave
from pathlib import Path

import numpy as np

from voices.cast import Cast
from voices.errors import VoicesError
from voices.measure import measure


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    cast = Cast()
    try:
        match options.command:
            case "list":
                _list(cast)
            case "fetch":
                cast.fetch(_bar)
            case "sample":
                _sample(cast, options.voice, options.into)
            case "measure":
                _measure(cast, options.voices)
    except VoicesError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m voices", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="every voice, and what it needs to speak here")
    commands.add_parser("fetch", help="download the files of Kokoro, the best voice without a key")
    sample = commands.add_parser("sample", help="a voice's sample line as a WAV file")
    sample.add_argument("voice")
    sample.add_argument("into", type=Path)
    measured = commands.add_parser("measure", help="words a minute and spectrum, for the catalogue")
    measured.add_argument("voices", nargs="*", help="all that can speak here, if none is named")
    return parser.parse_args(arguments)


def _list(cast: Cast) -> None:
    for voice in cast.catalogue.voices:
        state = cast.missing(voice) or "ready"
        print(f"{voice.id:24} {voice.language:6} {voice.gender:7} {voice.words_per_minute:4.0f} words/min  {state}")


def _bar(done: int, total: int) -> None:
    filled = 30 * done // total
    end = "\n" if done == total else ""
    print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done / 1e6:.0f} of {total / 1e6:.0f} MB", end=end, flush=True)


def _sample(cast: Cast, voice_id: str, into: Path) -> None:
    choice = cast.choose(voice_id, progress=_bar)
    for note in choice.notes:
        print(note, file=sys.stderr)
    speech = cast.speak(choice.voice.sample, choice.voice)
    with wave.open(str(into), "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(speech.sample_rate)
        target.writeframes((np.clip(speech.samples, -1, 1) * 32767).astype("<i2").tobytes())


def _measure(cast: Cast, voice_ids: list[str]) -> None:
    chosen = [cast.catalogue.find(voice_id) for voice_id in voice_ids] or cast.ready()
    for voice in chosen:
        found = measure(cast, voice)
        gains = f"  equaliser_db = {list(found.equaliser_db)}" if found.equaliser_db else ""
        print(f"{voice.id:24} words_per_minute = {found.words_per_minute}{gains}")


if __name__ == "__main__":
    sys.exit(main())
