"""The JSON Schema of competitors.yaml, with which an editor completes keys and marks mistakes."""

import ast
import inspect
from collections.abc import Iterator, Mapping

from config.keys import Key, Schema, Shape


def competitors_schema() -> dict[str, object]:
    """Return the JSON Schema of competitors.yaml."""
    from config import shape

    described = _docstrings(inspect.getsource(shape))
    top, *others = (_described(each, described) for each in shape.SHAPES.values())
    defs = {str(each["title"]): each for each in others}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": dict(sorted(defs.items())),
        **top,
    }


def _described(shape: type[Shape], described: Mapping[tuple[str, str], str]) -> Schema:
    """Return the JSON Schema of a mapping with the keys of a shape."""
    required = [name for name, (_, key) in shape.keys.items() if key.is_required]
    return {
        "additionalProperties": False,
        "description": inspect.getdoc(shape),
        "properties": {
            name: _property(name, key, described[shape.__name__, at])
            for name, (at, key) in shape.keys.items()
        },
        **({"required": required} if required else {}),
        "title": shape.__name__,
        "type": "object",
    }


def _property(name: str, key: Key, words: str) -> Schema:
    """Return the JSON Schema of what stands behind a key."""
    schema = key.kind.schema()
    title = {} if "$ref" in schema else {"title": name.replace("_", " ").title()}
    if not key.is_required and key.default is None:
        schema = {"anyOf": [schema, {"type": "null"}]}
    # What a whole shape means that is left out is told by its own keys.
    if not key.is_required and not isinstance(key.default, Shape):
        schema["default"] = list(key.default) if isinstance(key.default, tuple) else key.default
    return dict(sorted({**schema, "description": words, **title}.items()))


def _docstrings(source: str) -> Mapping[tuple[str, str], str]:
    """Return what is written below each key of each shape of a module.

    It is read for the schema alone: nobody who reads a list asks for a word of it.
    """
    classes = (node for node in ast.parse(source).body if isinstance(node, ast.ClassDef))
    return {(made.name, name): words for made in classes for name, words in _below_keys(made)}


def _below_keys(made: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """Yield each key of a class that has words below it, and these."""
    for field, below in zip(made.body, made.body[1:], strict=False):
        if isinstance(field, ast.Assign) and isinstance(below, ast.Expr):
            yield ast.unparse(field.targets[0]), inspect.cleandoc(ast.literal_eval(below.value))
