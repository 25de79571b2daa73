"""The publishing pack of a film, as data and as a text to copy from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from pipeline.publishing.advice import AlteredContent, Pictures, Voice, advise
from pipeline.publishing.chapters import Chapter, chapters
from pipeline.publishing.tags import hashtags, tags
from pipeline.publishing.thumbnail import thumbnail_words
from pipeline.publishing.titles import titles
from pipeline.scripts.language.sentences import split
from pipeline.scripts.models import Script
from pipeline.sources.models import Source
from pipeline.timeline.models import Timeline
from presets.niches import Niche

LONGEST_DESCRIPTION = 5000
_LEAD = 450


class PublishingPack(BaseModel):
    """Everything that an upload form asks for."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True)

    titles: tuple[str, ...]
    description: str
    chapters: tuple[Chapter, ...]
    tags: tuple[str, ...]
    altered_content: AlteredContent
    thumbnail_words: tuple[str, ...]

    def json_text(self) -> str:
        return self.model_dump_json(by_alias=True, indent=2) + "\n"

    def text(self) -> str:
        parts = [
            "TITLES\n" + "\n".join(f"{number}. {title}" for number, title in enumerate(self.titles, 1)),
            f"DESCRIPTION\n{self.description}",
            f"TAGS\n{', '.join(self.tags)}",
            f"THUMBNAIL WORDS\n{' / '.join(self.thumbnail_words)}",
            f"ALTERED CONTENT\n{self.altered_content.advice}",
        ]
        return "\n\n".join(parts) + "\n"


def publishing_pack(
    script: Script,
    source: Source,
    niche: Niche,
    timeline: Timeline,
    *,
    voice: Voice = "synthetic",
    pictures: Pictures = "drawn",
) -> PublishingPack:
    marks = chapters(script, timeline)
    advice = advise(voice, pictures)
    found = tags(script, niche)
    minutes = timeline.frames / timeline.fps / 60
    return PublishingPack(
        titles=titles(script, minutes),
        description=_description(script, source, niche, marks, advice, found),
        chapters=marks,
        tags=found,
        altered_content=advice,
        thumbnail_words=thumbnail_words(script),
    )


def _description(
    script: Script,
    source: Source,
    niche: Niche,
    marks: tuple[Chapter, ...],
    advice: AlteredContent,
    found: tuple[str, ...],
) -> str:
    parts = [_lead(script)]
    if marks:
        parts.append("\n".join(f"{mark.stamp} {mark.title}" for mark in marks))
    if cited := list(_sources(script, source)):
        parts.append("Sources\n" + "\n".join(cited))
    parts += [niche.disclaimer, advice.statement, " ".join(hashtags(found))]
    return _within("\n\n".join(part for part in parts if part))


def _lead(script: Script) -> str:
    """The writer's summary, else how the film itself begins."""
    if script.summary:
        return script.summary
    opening = [section.narration for section in script.sections if section.kind in {"hook", "setup"}] or [
        script.sections[0].narration
    ]
    text = ""
    for sentence in split(" ".join(opening)):
        if text and len(text) + len(sentence) > _LEAD:
            break
        text = f"{text} {sentence}".strip()
    return text


def _sources(script: Script, source: Source) -> Iterator[str]:
    """Pages and files that the film draws on; pasted notes are the creator's own."""
    used = {name for section in script.sections for name in section.sources}
    origins = {passage.origin for passage in source.passages if passage.id in used}
    for origin in source.origins:
        if origin.id not in origins or origin.kind not in {"page", "file"}:
            continue
        if origin.kind == "page":
            yield (
                f"{origin.title}: {origin.address}"
                if origin.title and origin.title != origin.address
                else origin.address
            )
        elif origin.title and origin.title != script.title:
            yield origin.title


def _within(text: str) -> str:
    """Platforms refuse angle brackets and cut what is too long; whole lines go from the end."""
    text = re.sub(r"[<>]", "", text)
    while len(text.encode()) > LONGEST_DESCRIPTION and "\n" in text:
        text = text.rsplit("\n", 1)[0].rstrip()
    return text[:LONGEST_DESCRIPTION]
