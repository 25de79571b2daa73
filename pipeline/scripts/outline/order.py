"""The order of the beats where the niche wants another than the source's and the beats stand on their own."""

from __future__ import annotations

from typing import Literal

from pipeline.scripts.language.figures import figures
from pipeline.scripts.outline.beats import Beat
from pipeline.scripts.outline.ranking import surprise


def ordered(beats: tuple[Beat, ...], order: Literal["given", "time", "build"]) -> tuple[Beat, ...]:
    if order == "given" or not all(_independent(beat) for beat in beats):
        return beats
    return _strongest_last(beats) if order == "build" else _by_date(beats)


def _strongest_last(beats: tuple[Beat, ...]) -> tuple[Beat, ...]:
    strongest = max(range(len(beats)), key=lambda index: _strength(beats[index]))
    return (*beats[:strongest], *beats[strongest + 1 :], beats[strongest])


def _by_date(beats: tuple[Beat, ...]) -> tuple[Beat, ...]:
    years = {id(beat): year for beat in beats if (year := _first_year(beat)) is not None}
    return tuple(sorted(beats, key=lambda beat: years[id(beat)])) if len(years) == len(beats) else beats


def _independent(beat: Beat) -> bool:
    return beat.announced and not beat.sentences[0].leans


def _strength(beat: Beat) -> float:
    strongest = sorted((surprise(sentence.text) for sentence in beat.sentences), reverse=True)[:2]
    return sum(strongest) / len(strongest)


def _first_year(beat: Beat) -> float | None:
    for sentence in beat.sentences:
        for figure in figures(sentence.text):
            if figure.year:
                return -figure.value if "BC" in figure.text else figure.value
    return None
