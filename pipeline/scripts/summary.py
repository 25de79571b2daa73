"""outline.json: what the film tells, section by section, with the passages and addresses that it draws on."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from pipeline.scripts.models import Hook, Script, SectionKind
from pipeline.sources.models import Source


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True)


class Citation(_Record):
    """A passage that a section draws on: where it stands and how it begins."""

    id: str
    origin: str
    address: str
    text: str


class OutlineEntry(_Record):
    id: str
    kind: SectionKind
    title: str
    on_screen: str
    visual: str
    words: int
    sources: tuple[Citation, ...]


class Outline(_Record):
    title: str
    language: str
    writer: str
    words: int
    chosen_hook: int
    hooks: tuple[Hook, ...]
    sections: tuple[OutlineEntry, ...]
    notes: tuple[str, ...]

    def json_text(self) -> str:
        return self.model_dump_json(by_alias=True, indent=2) + "\n"


def outline(script: Script, source: Source) -> Outline:
    origins = {origin.id: origin for origin in source.origins}
    cited = {
        passage.id: Citation(
            id=passage.id,
            origin=origins[passage.origin].title if passage.origin in origins else "",
            address=origins[passage.origin].address if passage.origin in origins else "",
            text=_beginning(passage.text),
        )
        for passage in source.passages
    }
    return Outline(
        title=script.title,
        language=script.language,
        writer=script.writer,
        words=script.words,
        chosen_hook=script.chosen_hook,
        hooks=script.hooks,
        sections=tuple(
            OutlineEntry(
                id=section.id,
                kind=section.kind,
                title=section.title,
                on_screen=section.on_screen,
                visual=section.visual,
                words=len(section.narration.split()),
                sources=tuple(cited[name] for name in section.sources if name in cited),
            )
            for section in script.sections
        ),
        notes=script.notes,
    )


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:24]) + (" …" if len(words) > 24 else "")
