"""Topics, KPIs and stakeholders that nobody could tell apart, or from what a sheet says itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from audit.model.errors import in_words
from config.explain import Problem, problem_at
from config.names import folded
from config.positions import MappingNode

if TYPE_CHECKING:
    from config.shape import File

_OF_NO_TOPIC = frozenset({"other", "on no topic"})
"""What sheets and results call the share of the posts that are on none."""

_TAKEN = "is what the posts on no topic are called; give the topic another name"


def twin_problems(file: File, root: MappingNode) -> Iterator[Problem]:
    """Yield a mistake for each name that another entry of its list has, in whatever case."""
    lists: dict[str, Sequence[str]] = {
        "topics": [each.name for each in file.topics],
        "kpis": [each.name for each in file.kpis],
        "stakeholders": [each.name for each in file.stakeholders],
    }
    for key, names in lists.items():
        first: dict[str, int] = {}
        for index, name in enumerate(names):
            other = first.setdefault(folded(name), index)
            if other != index:
                twin = f"the same name as {in_words(f'{key}[{other}]')}: "
                twin += f'"{names[other]}"; give each its own'
                yield problem_at(root, (key, index, "name"), twin)
            elif key == "topics" and folded(name) in _OF_NO_TOPIC:
                yield problem_at(root, (key, index, "name"), _TAKEN)
