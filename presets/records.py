"""Reads a preset's file into its model. Every fault is a PresetInvalid that names the file and the field."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from presets.errors import PresetInvalid, UnknownPreset

Model = TypeVar("Model", bound=BaseModel)


class Record(BaseModel):
    """Base of every preset: immutable, and an unknown name is an error, not a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def read_record(path: Path, model: type[Model], **given: str) -> Model:
    """The record in a TOML file; `given` are fields that do not come from the file, such as its own name."""
    return build_record(path.name, read_table(path), model, **given)


def read_table(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PresetInvalid(f"{path.name}: the file cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PresetInvalid(f"{path.name}: not valid TOML: {error}") from error


def build_record(file: str, table: dict[str, object], model: type[Model], **given: str) -> Model:
    for field in given.keys() & table.keys():
        raise PresetInvalid(f"{file}: {field}: comes from the file's name and may not stand in it")
    try:
        return model.model_validate({**table, **given})
    except ValidationError as error:
        raise PresetInvalid(_sentence(file, error)) from error


def find_record(folder: Path, name: str, *, noun: str) -> Path:
    """The file of that name in `folder`; otherwise UnknownPreset, which lists what there is."""
    known = record_names(folder)
    if name not in known:
        raise UnknownPreset(f'There is no {noun} "{name}". Choose one of: {", ".join(known)}.')
    return folder / f"{name}.toml"


def record_names(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def _sentence(file: str, error: ValidationError) -> str:
    faults = []
    for fault in error.errors(include_url=False, include_input=False):
        field = ".".join(str(part) for part in fault["loc"])
        message = fault["msg"].removeprefix("Value error, ")
        faults.append(f"{field}: {message}" if field else message)
    return f"{file}: " + "; ".join(faults)
