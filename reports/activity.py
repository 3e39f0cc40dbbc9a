"""What goes on in a feature, in the words of a cell: `36 threads, 70 replies, last post 29 Oct`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from audit.model.catalogue import Usage
from audit.model.kinds import ActivityKind
from audit.model.metric import Unit
from audit.model.result import CompanyResult
from audit.model.site import Activity, State
from reports.words import day_in_words, figure

_PLURAL = frozenset(
    {
        ActivityKind.THREADS,
        ActivityKind.REPLIES,
        ActivityKind.POSTS,
        ActivityKind.MEMBERS,
        ActivityKind.PAGES,
        ActivityKind.EDITS,
        ActivityKind.EDITORS,
        ActivityKind.ARTICLES,
        ActivityKind.COMMENTS,
        ActivityKind.EPISODES,
        ActivityKind.EVENTS,
        ActivityKind.CATEGORIES,
    }
)
_ONE = {ActivityKind.REPLIES: "reply", ActivityKind.CATEGORIES: "category"}


_NEWEST = (ActivityKind.LAST_POST, ActivityKind.LAST_EPISODE)


def last_seen(result: CompanyResult, name: str) -> Activity | None:
    """Return when the newest post of a section was, as the section itself shows it.

    A forum may show when its last post was, and no date at its threads. None where it does not.
    """
    shown = [
        activity
        for each in result.features
        if each.feature == name and each.state is State.KNOWN and each.direction is Usage.USES
        for activity in each.activity
        if activity.kind in _NEWEST and isinstance(activity.value, datetime)
    ]
    return max(shown, key=_instant, default=None)


def _instant(activity: Activity) -> float:
    """Return the time of an activity as a number to sort by; 0 for a count."""
    return activity.value.timestamp() if isinstance(activity.value, datetime) else 0.0


def activity_words(activity: Sequence[Activity]) -> str:
    """Return all figures of a feature in one line; `at least` before counts that may be larger."""
    by_kind = {each.kind: each for each in activity}
    return ", ".join(_words(by_kind))


def _words(by_kind: Mapping[ActivityKind, Activity]) -> Iterator[str]:
    """Give the figures in words, the rating first."""
    rating, best = by_kind.get(ActivityKind.RATING), by_kind.get(ActivityKind.BEST)
    if rating is not None:
        of = f" of {_count(best)}" if best is not None else ""
        yield f"rated {_count(rating)}{of}"
    if (votes := by_kind.get(ActivityKind.RATINGS)) is not None:
        yield f"by {_count(votes)}"
    for kind, activity in by_kind.items():
        if isinstance(activity.value, datetime):
            yield f"{kind} {day_in_words(activity.value)}"
        elif kind in _PLURAL:
            noun = _ONE.get(kind, kind.value[:-1]) if activity.value == 1 else kind.value
            yield f"{'at least ' if activity.at_least else ''}{_count(activity)} {noun}"


def _count(activity: Activity | None) -> str:
    """Return the figure, without decimals where it is a whole number; "" where it is a time."""
    if activity is None or isinstance(activity.value, datetime):
        return ""
    value = activity.value
    return figure(int(value) if float(value).is_integer() else value, Unit.COUNT)
