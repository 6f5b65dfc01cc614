"""Ways through the configuration: through the types of its keys, and through what a file really holds."""

from collections.abc import Iterator, Sequence
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from autoack.settings.document import Loc


def keys_of(section: type[BaseModel]) -> dict[str, Any]:
    """The keys that a section knows, as ops write them, with their types."""
    return {field.alias or name: field.annotation for name, field in section.model_fields.items()}


def inner_types(annotation: Any) -> Iterator[Any]:
    """A type without Annotated and None; each member of a union."""
    if get_origin(annotation) is Annotated:
        yield from inner_types(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        for member in get_args(annotation):
            yield from inner_types(member)
    elif annotation is not NoneType:
        yield annotation


def section_of(annotation: Any) -> type[BaseModel] | None:
    """The section that a type is, if it is one."""
    types = (t for t in inner_types(annotation) if isinstance(t, type) and issubclass(t, BaseModel))
    return next(types, None)


def entry_type(annotation: Any) -> Any:
    """The type of the entries of a map with names of the ops' own, or None."""
    types = (get_args(t)[1] for t in inner_types(annotation) if get_origin(t) is dict)
    return next(types, None)


def section_at(root: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """The section that stands at `loc`, if there is one."""
    annotation: Any = root
    for part in loc:
        section = section_of(annotation)
        if section is not None:
            annotation = keys_of(section).get(str(part))
        elif entry_type(annotation) is not None:
            annotation = entry_type(annotation)
        else:
            items = (get_args(t)[0] for t in inner_types(annotation) if get_origin(t) is tuple)
            annotation = next(items, None)
    return section_of(annotation)


def find(data: object, pattern: Sequence[str]) -> Iterator[tuple[Loc, Any]]:
    """Each value whose keys match the pattern, with its place; `*` matches every key and every item."""
    if not pattern:
        yield (), data
        return
    first, rest = pattern[0], pattern[1:]
    for part, value in _entries(data):
        if first in ("*", part):
            for loc, found in find(value, rest):
                yield (part, *loc), found


def _entries(data: object) -> Iterator[tuple[str | int, Any]]:
    if isinstance(data, dict):
        yield from data.items()
    elif isinstance(data, list):
        yield from enumerate(data)
