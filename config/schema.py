"""The JSON Schema of competitors.yaml, with which an editor completes keys and marks mistakes."""

import ast
import inspect
from collections.abc import Iterator, Mapping


def competitors_schema() -> dict[str, object]:
    """Return the JSON Schema of competitors.yaml."""
    from config import shape

    described = _docstrings(inspect.getsource(shape))
    # From within: each takes into its own what it holds, as that is described by then.
    for _, kind in sorted(shape.SHAPES.items(), key=lambda entry: -len(entry[0])):
        for name, field in kind.model_fields.items():
            field.description = described.get((kind.__name__, name))
        kind.model_rebuild(force=True)
    schema: dict[str, object] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {**schema, **shape.File.model_json_schema()}


def _docstrings(source: str) -> Mapping[tuple[str, str], str]:
    """Return what is written below each field of each class of a module.

    pydantic can do the same, but does it whenever the classes are made: with each list that is
    read, where nobody asks for a word of it, and for longer than the list takes.
    """
    classes = (node for node in ast.parse(source).body if isinstance(node, ast.ClassDef))
    return {(made.name, name): words for made in classes for name, words in _below_fields(made)}


def _below_fields(made: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """Yield each field of a class that has words below it, and these."""
    for field, below in zip(made.body, made.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
            words = ast.literal_eval(below.value)
            yield ast.unparse(field.target), inspect.cleandoc(words)
