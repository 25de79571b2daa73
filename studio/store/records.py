"""From the store's JSON to typed values: what comes over the border is validated here and typed from there on."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from studio.errors import StoreFault
from studio.store.store import Json


class Record(BaseModel):
    """A row as the store gives it. Columns that a newer migration adds are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @classmethod
    def of(cls, answer: Json) -> Self:
        try:
            return cls.model_validate(answer)
        except ValidationError as error:
            raise StoreFault(
                "The database answered in a way that this version of the app does not understand: update the app.",
                details={"expected": cls.__name__, "message": str(error)},
            ) from error

    @classmethod
    def all_of(cls, answer: Json) -> list[Self]:
        if not isinstance(answer, list):
            raise StoreFault("The database answered with one row instead of a list: update the app.")
        return [cls.of(row) for row in answer]
