"""Whether a platform wants the film marked as altered or synthetic, and what to say in the description anyway."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Voice = Literal["synthetic", "cloned", "recorded"]
Pictures = Literal["drawn", "realistic", "own"]


class AlteredContent(BaseModel):
    """`mark`: set "Altered content" to yes when uploading."""

    model_config = ConfigDict(frozen=True)

    mark: bool
    advice: str
    statement: str


_STATEMENTS: dict[Voice, str] = {
    "synthetic": "The narration is a synthetic voice.",
    "cloned": "The narration is a synthetic copy of the narrator's own voice, made with consent.",
    "recorded": "",
}


def advise(voice: Voice, pictures: Pictures) -> AlteredContent:
    reasons = []
    if voice == "cloned":
        reasons.append("the voice is a copy of a real person's")
    if pictures == "realistic":
        reasons.append("it has generated pictures that may look like real places, people or events")
    statement = " ".join(part for part in (_STATEMENTS[voice], _painted(pictures)) if part)
    if reasons:
        advice = f'Set "Altered content" to Yes when you upload: {" and ".join(reasons)}.'
        return AlteredContent(mark=True, advice=advice, statement=statement)
    if voice == "recorded":
        return AlteredContent(mark=False, advice='"Altered content" may stay on No.', statement=statement)
    advice = (
        'A synthetic voice that is nobody\'s own, over clearly drawn pictures, does not need "Altered content". '
        "Say in the description that the voice is synthetic, as the text here does. Set it to Yes if your own clips "
        "show real people or events differently from how they were."
    )
    return AlteredContent(mark=False, advice=advice, statement=statement)


def _painted(pictures: Pictures) -> str:
    return {"drawn": "The pictures are illustrations.", "realistic": "Pictures are generated.", "own": ""}[pictures]
