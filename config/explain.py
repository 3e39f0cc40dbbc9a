"""Turn what is wrong with a value into a place in the file and a sentence for its writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from config.checks import nearest
from config.keys import Fault, Mistake
from config.positions import ListNode, MappingNode, Node, Place, ScalarNode, key_path

Steps = Sequence[str | int]
"""The keys and numbers, from the top, that lead to a value."""

_TRUTH = {
    **dict.fromkeys(("yes", "y", "on", "ja", "oui", "si", "1", "true", "x"), "true"),
    **dict.fromkeys(("no", "n", "off", "nein", "non", "0", "false"), "false"),
}
"""What people write for true and false."""

_SELECTORS = frozenset({"item", "title", "date", "next", "css"})
_EMPTY = "is empty; give it a value or delete the line"
# Behind a space YAML takes # for the beginning of a remark: `css: #news` has no value.
_EMPTY_COLOUR = 'is empty; a colour that begins with # needs quotes: "#1F5F99"'
_EMPTY_SELECTOR = 'is empty; a selector that begins with # needs quotes: "#news"'


class Problem(NamedTuple):
    """One mistake, at a place of the file; each place has only one.

    The sentence is made when it is to be read: a file may hold a hundred thousand mistakes.
    """

    line: int
    column: int
    key: str
    sentence: Callable[[], str]

    @property
    def place(self) -> tuple[int, int, str]:
        """Return by what mistakes are told apart, and sorted in the order of the file."""
        return self[:3]


def problem_at(
    root: MappingNode, steps: Steps, message: str | Callable[[], str], *, at_key: bool = False
) -> Problem:
    """Place a message at the value that `steps` lead to, or at its key.

    A message that takes long to make is given as a function.
    """
    node, place = follow(root, steps, at_key=at_key)
    # A list may begin lines below its key, and an empty value stands nowhere.
    if not isinstance(node, ScalarNode) or (node.bare and not node.text):
        place = _key_place(root, steps) or place
    sentence = (lambda: message) if isinstance(message, str) else message
    return Problem(place.line, place.column, key_path(steps), sentence)


def follow(root: MappingNode, steps: Steps, *, at_key: bool = False) -> tuple[Node, Place]:
    """Walk to the value that `steps` lead to, as far as the tree goes.

    Return it with its place; with `at_key` the place of its key.
    """
    node: Node = root
    place = root.place
    for step in steps:
        child: Node | None = None
        if isinstance(node, MappingNode) and isinstance(step, str):
            child = node.values.get(step)
            place = node.keys.get(step, place)
        elif isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
            child = node.items[step]
        if child is None:
            break
        node = child
        if isinstance(step, int) or not at_key:
            place = node.place
    return node, place


def explained(mistake: Mistake, root: MappingNode) -> Problem:
    """Place what is wrong with a value or a key, and say it by what was typed."""
    steps = mistake.steps
    if mistake.fault is Fault.UNKNOWN:
        return problem_at(root, steps, partial(_unknown_key, steps), at_key=True)
    return problem_at(root, steps, partial(_sentence, mistake, follow(root, steps)[0]))


def _unknown_key(steps: Steps) -> str:
    """Say of a key that it is unknown, and which one was probably meant."""
    if str(steps[-1]).startswith("\u00a0"):
        return "begins with a no-break space; type the spaces before it anew"
    return f"unknown key; {nearest(str(steps[-1]), _known_keys(steps[:-1]))}"


def _sentence(mistake: Mistake, node: Node) -> str:
    """Say what is wrong with a value; `node` is what was typed."""
    typed = node.text.strip() if isinstance(node, ScalarNode) else ""
    # An empty value is none of what it should be; that it is empty says more.
    if isinstance(node, ScalarNode) and node.bare and typed in {"", "~", "null", "Null", "NULL"}:
        return _empty(mistake.steps)
    if mistake.fault is Fault.NO_TEXT:
        return f'`{typed[:40]}` is not text in YAML; put it in quotes: "{typed[:40]}"'
    if mistake.fault is Fault.NO_TRUTH and (meant := _TRUTH.get(typed.casefold())):
        return f"write {meant} in place of {typed}, without quotes"
    return mistake.message


def _empty(steps: Steps) -> str:
    """Say of an empty value what is missing; a # that was taken for a remark may be why."""
    if "colours" in steps:
        return _EMPTY_COLOUR
    return _EMPTY_SELECTOR if steps[-1] in _SELECTORS else _EMPTY


def _known_keys(steps: Steps) -> tuple[str, ...]:
    """Return the keys that may stand where `steps` lead; none for a place without fixed keys."""
    from config.shape import SHAPES

    shape = SHAPES.get(tuple(step for step in steps if isinstance(step, str)))
    return tuple(shape.keys) if shape else ()


def _key_place(root: MappingNode, steps: Steps) -> Place | None:
    """Return the place of the key under which a value stands; None for one without a key."""
    if not steps or not isinstance(steps[-1], str):
        return None
    parent, _ = follow(root, steps[:-1])
    return parent.keys.get(steps[-1]) if isinstance(parent, MappingNode) else None
