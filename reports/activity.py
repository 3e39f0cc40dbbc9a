"""What goes on in a feature, in the words of a cell: `36 threads, 70 replies, last post 29 Oct`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from audit.model.activity import Activity, ActivityKind
from audit.model.metric import Unit
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


def activity_words(activity: Sequence[Activity]) -> str:
    """All figures of a feature in one line; `at least` before counts that may be larger."""
    by_kind = {each.kind: each for each in activity}
    return ", ".join(_words(by_kind))


def _words(by_kind: Mapping[ActivityKind, Activity]) -> Iterator[str]:
    rating, best = by_kind.get(ActivityKind.RATING), by_kind.get(ActivityKind.BEST)
    if rating is not None:
        of = f" of {_count(best)}" if best is not None else ""
        yield f"rated {_count(rating)}{of}"
    if (votes := by_kind.get(ActivityKind.RATINGS)) is not None:
        yield f"by {_count(votes)}"
    for kind, each in by_kind.items():
        if isinstance(each.value, datetime):
            yield f"{kind} {day_in_words(each.value)}"
        elif kind in _PLURAL:
            noun = _ONE.get(kind, kind.value[:-1]) if each.value == 1 else kind.value
            yield f"{'at least ' if each.at_least else ''}{_count(each)} {noun}"


def _count(each: Activity | None) -> str:
    if each is None or isinstance(each.value, datetime):
        return ""
    return figure(int(each.value) if float(each.value).is_integer() else each.value, Unit.COUNT)
