from __future__ import annotations

import json

from pipeline.scripts.summary import outline
from tests.pipeline.scripts.assignments import example, outlined


def test_the_outline_tells_each_section_with_the_passages_it_draws_on() -> None:
    script, source = outlined("volcanoes", 2), example("volcanoes")
    told = json.loads(outline(script, source).json_text())
    assert [section["id"] for section in told["sections"]] == [section.id for section in script.sections]
    assert told["words"] == script.words
    assert len(told["hooks"]) == 3
    cited = next(section for section in told["sections"] if section["kind"] == "beat")["sources"][0]
    assert cited["address"] == "volcanoes.md"
    assert cited["text"].rstrip(" …") in next(passage.text for passage in source.passages if passage.id == cited["id"])
