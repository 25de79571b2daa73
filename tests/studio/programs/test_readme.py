"""What the README promises to programs is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import studio.errors
from pipeline.errors import PipelineError
from pipeline.sources import errors as sources
from studio.errors import StudioError, family
from studio.programs import ENDPOINTS

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("## For programs")[2].partition("\n## ")[0]


def named(text: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", text))


def test_its_table_names_every_endpoint_and_no_other():
    rows = [line.split("|")[1] for line in SECTION.splitlines() if line.startswith("| `")]
    assert named(" ".join(rows)) == {endpoint.name for endpoint in ENDPOINTS}


def test_the_codes_that_it_names_are_codes():
    told = named(SECTION.partition("decide by the code:")[2].partition("A film that could not")[0])
    pipeline = {sources.LinkRefused.code, *(error.code for error in PipelineError.__subclasses__())}
    known = {error.code for error in family(StudioError)} | pipeline | {"internal"}
    assert "sign_in_needed" in told
    assert told <= known
    assert studio.errors.RateLimited.code in told
