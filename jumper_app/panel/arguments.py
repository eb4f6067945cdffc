"""What a browser may hand to a handler: a strict model, read off the method's signature.

A ``str`` without a length of its own holds at most 4,096 characters, an ``int`` fits
into 64 bits, a list has at most 1,000 items. Anything looser than that, ``Any`` or a
``dict`` that does not say how many keys it has, is refused while the module is imported.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model
from pydantic.fields import FieldInfo

from jumper_app.errors import BadInput

MAX_TEXT = 4096
"""Characters in a ``str`` that declares nothing else."""

MAX_ITEMS = 1000
"""Items in a list that declares nothing else."""

INT64 = 2**63

STRICT = ConfigDict(extra="forbid", strict=True, frozen=True, protected_namespaces=())


class Form(BaseModel):
    """Base of every model that a handler takes, for instance what a form submits."""

    model_config = STRICT


def model_for(method: Callable[..., Any]) -> type[BaseModel]:
    """The strict model of a handler's arguments. ``method`` takes (self, who, …).

    Raises TypeError for a signature through which a browser could hand in too much.
    """
    given = list(inspect.signature(method).parameters.values())
    if len(given) < 2 or given[1].name != "who":
        raise TypeError(f"{method.__qualname__} must take (self, who, …)")
    hints = get_type_hints(method, include_extras=True)
    fields: dict[str, Any] = {
        parameter.name: _field(method, parameter, hints.get(parameter.name))
        for parameter in given[2:]
    }
    return create_model(f"{method.__qualname__} arguments", __config__=STRICT, **fields)


def read(
    model: type[BaseModel], positional: Sequence[Any], named: Mapping[str, Any]
) -> dict[str, Any]:
    """The checked arguments, ready to call with. Raises BadInput, which names no value."""
    names = list(model.model_fields)
    given = dict(zip(names, positional, strict=False))
    if len(positional) > len(names) or given.keys() & named.keys():
        raise BadInput
    given.update(named)
    try:
        if _has_nul(given):
            raise BadInput
        checked = model.model_validate(given)
    except (ValidationError, RecursionError):
        raise BadInput from None
    return {name: getattr(checked, name) for name in names}


def _field(method: Callable[..., Any], parameter: inspect.Parameter, hint: Any) -> tuple[Any, Any]:
    where = f"{method.__qualname__}({parameter.name})"
    if parameter.kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD:
        raise TypeError(f"{where}: handlers take plain named arguments")
    if parameter.name.startswith("_"):
        raise TypeError(f"{where}: whatever is a parameter can be set by a browser")
    default = ... if parameter.default is inspect.Parameter.empty else parameter.default
    return narrowed(hint, where), default


def narrowed(hint: Any, where: str = "") -> Any:
    """The same type with bounds. Raises TypeError for a type that cannot have any."""
    plain = {
        str: Annotated[str, Field(max_length=MAX_TEXT)],
        int: Annotated[int, Field(ge=-INT64, lt=INT64)],
        float: Annotated[float, Field(allow_inf_nan=False)],
        bool: bool,
        NoneType: None,
    }
    if isinstance(hint, type) and hint in plain:
        return plain[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Annotated[hint, BeforeValidator(_member_of(hint))]
    if isinstance(hint, type) and issubclass(hint, Form):
        return _narrowed_form(hint, where)
    return _narrowed_generic(hint, where)


def _narrowed_form(form: type[Form], where: str) -> type[Form]:
    fields: dict[str, Any] = {
        name: (narrowed(info.rebuild_annotation(), f"{where}.{name}"), info)
        for name, info in form.model_fields.items()
    }
    return create_model(form.__name__, __base__=form, **fields)


def _narrowed_generic(hint: Any, where: str) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return hint
    if origin in (Union, UnionType):
        return Union[tuple(narrowed(each, where) for each in inner)]  # noqa: UP007
    if origin is list:
        return Annotated[list[narrowed(inner[0], where)], Field(max_length=MAX_ITEMS)]
    if origin is Annotated:
        return _narrowed_annotated(inner[0], inner[1:], where)
    raise TypeError(f"{where}: {hint!r} does not say what a browser may send")


def _narrowed_annotated(base: Any, bounds: tuple[Any, ...], where: str) -> Any:
    if base is str and any(_limits_length(bound) for bound in bounds):
        return Annotated[(str, *bounds)]
    if get_origin(base) is list and any(_limits_length(bound) for bound in bounds):
        return Annotated[(list[narrowed(get_args(base)[0], where)], *bounds)]
    if get_origin(base) is dict and any(_limits_length(bound) for bound in bounds):
        key, value = (narrowed(each, where) for each in get_args(base))
        return Annotated[(dict[key, value], *bounds)]
    return Annotated[(narrowed(base, where), *bounds)]


def _limits_length(bound: Any) -> bool:
    parts = bound.metadata if isinstance(bound, FieldInfo) else [bound]
    return any(getattr(part, "max_length", None) is not None for part in parts)


def _member_of(family: type[Enum]) -> Callable[[Any], Any]:
    return lambda value: family(value) if isinstance(value, str | int) else value


def _has_nul(value: Any) -> bool:
    """Postgres stores no NUL, and no keyboard types one."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str) and "\0" in each:
            return True
        if isinstance(each, Mapping):
            waiting.extend((*each.keys(), *each.values()))
        elif isinstance(each, list | tuple):
            waiting.extend(each)
    return False
