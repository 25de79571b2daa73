"""An endpoint's parameters and answer in the signature and docstring of its function, where clients read them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from datetime import datetime
from types import UnionType
from typing import Any, Literal, TypedDict, TypeVar, Union, get_args, get_origin
from uuid import UUID

import gradio as gr
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from studio.programs.endpoint import Endpoint

Function = TypeVar("Function", bound=Callable[..., Any])


def names_of(endpoint: Endpoint) -> list[str]:
    """What must be given comes first."""
    fields = endpoint.asked.model_fields
    return sorted(fields, key=lambda name: not fields[name].is_required())


def described(function: Function, endpoint: Endpoint) -> Function:
    """The request comes first: Gradio fills it in, and no program sees it."""
    fields = endpoint.asked.model_fields
    names = names_of(endpoint)
    request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=gr.Request)
    parameters = [request, *(_parameter(name, fields[name]) for name in names)]
    told = [f"    {name}: {fields[name].description}" for name in names]
    function.__name__ = function.__qualname__ = endpoint.name
    function.__doc__ = "\n".join([endpoint.about, *(["", "Args:", *told] if told else [])])
    answer = _shape(inspect.signature(endpoint.run, eval_str=True).return_annotation)
    function.__annotations__ = {one.name: one.annotation for one in parameters} | {"return": answer}
    vars(function)["__signature__"] = inspect.Signature(parameters, return_annotation=answer)
    return function


def _parameter(name: str, field: FieldInfo) -> inspect.Parameter:
    default = inspect.Parameter.empty if field.is_required() else _json(field.get_default(call_default_factory=True))
    kind = _plain(field.annotation)
    if default is None and kind is str:
        default = ""
    return inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=kind)


def _json(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _plain(kind: Any) -> Any:
    """The JSON type of a field: an id is a string, a value of several fields an object."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        rest = [one for one in parts if one is not type(None)]
        plain = _plain(rest[0])
        # An id may be left out as "", everything else as null.
        return plain if rest[0] is UUID or len(rest) == len(parts) else plain | None
    if kind is UUID:
        return str
    if origin in (list, tuple):
        return list[_plain(parts[0])]  # type: ignore[misc]
    if origin is Literal:
        return Literal[_choices(kind)]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return dict[str, Any]
    return kind


def _shape(kind: Any) -> Any:
    """What becomes of a value in JSON: objects with the names and types of their fields."""
    origin, parts = get_origin(kind), get_args(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = {name: _shape(field.annotation) for name, field in kind.model_fields.items()}
        return TypedDict(kind.__name__, fields)  # type: ignore[operator]
    if origin in (Union, UnionType):
        return Union[tuple(_shape(one) for one in parts)]  # noqa: UP007 - of as many as there are
    if origin is tuple:
        return list[_shape(parts[0])]  # type: ignore[misc]
    if origin is Literal:
        return Literal[_choices(kind)]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return dict[str, _shape(parts[1])]  # type: ignore[misc]
    return kind if kind in (str, int, float, bool, type(None)) else str if kind in (UUID, datetime) else Any


def _choices(kind: Any) -> tuple[Any, ...]:
    return tuple(one for part in get_args(kind) for one in (_choices(part) if get_origin(part) is Literal else (part,)))
