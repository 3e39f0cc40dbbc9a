"""What to do about the gaps, what matters most first: the reason, who does it, and the proof."""

from collections.abc import Sequence

from reports.actions import Action, actions
from reports.formats.html.markup import Html, joined, link, linkable, name, tag
from reports.formats.html.paper import Paper
from reports.formats.html.part import PageSection, finding, more, part

_FIRST = 5
"""Actions that are seen at once; the others are there for those who ask for more."""


def draw(paper: Paper) -> Html | None:
    """Return the actions; None where nobody can be told what to do."""
    sheet = paper.sheet("Actions")
    if sheet is None:
        return None
    found = actions(paper.report)
    rest = found[_FIRST:]
    return part(
        "actions",
        "What to do",
        finding(sheet),
        _list(found[:_FIRST], 1, paper) if found else None,
        more(f"{len(rest)} more", _list(rest, _FIRST + 1, paper)) if rest else None,
    )


def _list(found: Sequence[Action], first: int, paper: Paper) -> Html:
    """Return actions as a numbered list."""
    return tag("ol", *(_item(each, paper) for each in found), class_="todo", start=first)


def _item(action: Action, paper: Paper) -> Html:
    """Return an action: what to do, why, who does it already, how much work, and the proof."""
    address = paper.address(paper.report.proof(action.proof))
    effort = f"takes {_EFFORT[action.effort.value]}"
    serves = joined([" · serves ", name(action.kpi)]) if action.kpi else None
    return tag(
        "li",
        tag("strong", action.do),
        tag("span", action.reason),
        tag("span", action.who, class_="aside"),
        tag("span", effort, serves, class_="aside"),
        link(address, "proof", tag("span", f" for: {action.do}", class_="unseen-words"))
        if linkable(address)
        else tag("span"),
    )


_EFFORT = {"small": "hours", "medium": "days", "large": "weeks and then steady work"}
"""How much work an action is, in the words of the key of sheet Actions."""

SECTION = PageSection(name="actions", link="What to do", order=20, draw=draw)
