"""Colours that a list asks its reports to have: which cannot be, which are not drawn as written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from audit.model.colour import READABLE, alike, contrast, readable
from config.explain import Problem, problem_at
from config.positions import MappingNode

if TYPE_CHECKING:
    from audit.model.brand import Brand
    from config.shape import File

_TAKEN: Mapping[str, str] = {
    "1B2733": "of the text",
    "8796A5": "of the competitors in charts",
    "A61B4A": "of what leads nowhere",
}
"""Colours that mean something in every report."""


def colour_problems(file: File, root: MappingNode) -> list[Problem]:
    """Return a mistake where the two colours, as they are drawn, could not be told apart."""
    colours = file.report.colours if file.report is not None else None
    if not colours or len(colours) == 1:
        return []
    first, second = map(readable, colours)
    if not alike(first, second):
        return []
    message = (
        f"as text on white it is #{second}, too like the first colour (#{first}) to be told from "
        "it; write another one, or one colour alone"
    )
    return [problem_at(root, ("report", "colours", 1), message)]


def colour_remarks(brand: Brand) -> Iterator[str]:
    """Say of each colour that it is drawn darker than written, or like one with a meaning."""
    for number, written in enumerate(brand.colours):
        drawn = readable(written)
        if drawn != written:
            yield (
                f"report.colours[{number}]: #{written} is too pale for text on white (contrast "
                f"{contrast(written):.1f}, {READABLE} are needed); it is drawn as #{drawn}."
            )
        if meaning := next((words for each, words in _TAKEN.items() if alike(drawn, each)), ""):
            yield (
                f"report.colours[{number}]: #{drawn} is like the colour {meaning}; "
                "another one is easier to tell apart."
            )
