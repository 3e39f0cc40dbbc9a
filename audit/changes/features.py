"""Features of the website that are new, gone, or cannot be seen any more."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.changes.finder import Difference, Finder
from audit.changes.pair import Pair
from audit.model.catalogue import Usage
from audit.model.change import THERE, Cause, ChangeType, Event
from audit.model.kinds import SECTIONS
from audit.model.site import EMBEDDED_SERVICE, TECHNICAL, Feature, State
from audit.model.value import GONE, Absent, Evidence, Known, Number, Reason, Unknown

NOT_READ = "the page that shows it was not read in one of the runs"
OTHER_LOOK = "the list asked for another look: other pages, sites or a browser"

NOT_NAMED = "nobody who named it in the earlier run could be asked again"
UNSEEN = frozenset({NOT_READ, OTHER_LOOK, NOT_NAMED})
"""Reasons by which a run does not say of something that it is gone, nor that it is there."""

_MANY = 3
"""So many features are told as one, where only the choice of pages makes the difference."""

_LAID_OUT_ANEW = frozenset({Reason.DRIFT, Reason.TOO_LITTLE_DATA})
"""Reasons by which a list that had posts came and has none that can be read."""


def is_technical(name: str) -> bool:
    """Tell whether a feature stands behind a site: of those readers are told the vendors alone."""
    return name in TECHNICAL or name == EMBEDDED_SERVICE


def known(features: Sequence[Feature], name: str, usage: Usage) -> list[Feature]:
    """Return the findings of one feature that are known to be there."""
    return [
        feature
        for feature in features
        if (feature.feature, feature.direction) == (name, usage) and feature.state is State.KNOWN
    ]


def unseen(pair: Pair) -> tuple[Cause, str]:
    """Return why something could not be seen in one of two runs."""
    if pair.looks_differently:
        return Cause.WINDOW, OTHER_LOOK
    return Cause.ACCESS, NOT_READ


def _of_company(pair: Pair) -> Iterator[Difference]:
    """Give the features that are other than before, in the order of their names.

    Several that only other pages of a large site bring and take are told as one.
    """
    differences = list(_each(pair))
    by_pages = [each for each in differences if each.why == NOT_READ]
    for event in (Event.BLOCKED, Event.READABLE):
        alike = [each for each in by_pages if each.event is event]
        if len(alike) >= _MANY:
            differences = [each for each in differences if each not in alike]
            differences.append(_as_one(alike))
    yield from differences


def _as_one(alike: Sequence[Difference]) -> Difference:
    """Return one difference in the place of several that are alike; its sides name them all."""
    first = alike[0]
    names = Known(value=", ".join(each.what for each in alike), evidence=())
    gone = first.event is Event.BLOCKED
    return replace(
        first,
        subject="feature",
        what=f"{len(alike)} features of pages that not every run reads",
        old=names if gone else first.old,
        new=first.new if gone else names,
        url="",
        name="",
    )


def _each(pair: Pair) -> Iterator[Difference]:
    """Give each feature that is other than before."""
    listed = (*pair.before.result.features, *pair.now.result.features)
    for name, usage in sorted({(each.feature, each.direction) for each in listed}):
        if is_technical(name):
            continue
        difference = _of_posts(pair, name) if (name, usage) in _SECTIONS else None
        difference = difference or _of_feature(pair, name, usage)
        if difference is not None:
            yield difference


_SECTIONS = frozenset((name, Usage.USES) for name in SECTIONS)


def _of_posts(pair: Pair, name: str) -> Difference | None:
    """Return that a section had posts and its list is gone, or can be read again; else None."""
    old, new = pair.before.value(f"{name}.posts"), pair.now.value(f"{name}.posts")
    if _counts(old) and isinstance(new, Unknown) and new.reason is not Reason.NOT_CHECKED:
        event, cause = _of_reason(new.reason)
        return _difference(pair, (name, Usage.USES), event, old, new).because(cause, new.detail)
    if isinstance(old, Unknown) and _counts(new) and _was_met(pair, name):
        why = f"in the earlier run: {old.detail}" if old.detail else NOT_READ
        return _difference(pair, (name, Usage.USES), Event.READABLE, old, new).because(
            Cause.ACCESS, why
        )
    return None


def _counts(value: Number | None) -> bool:
    """Tell whether posts were counted."""
    return isinstance(value, Known) and value.value > 0


def _was_met(pair: Pair, name: str) -> bool:
    """Tell whether the earlier run knew a section, or could not tell whether it is there."""
    features = pair.before.result.features
    return any(each.feature == name and each.state is not State.NONE for each in features)


def _of_reason(reason: Reason) -> tuple[Event, Cause]:
    """Return what it means that a page which was read before gives nothing any more."""
    if reason in GONE:
        return Event.GONE, Cause.REAL
    return (Event.LOST if reason in _LAID_OUT_ANEW else Event.BLOCKED), Cause.ACCESS


def _of_feature(pair: Pair, name: str, usage: Usage) -> Difference | None:
    """Return that a feature is new, gone, or not to be seen; None where it is as it was."""
    old = known(pair.before.result.features, name, usage)
    new = known(pair.now.result.features, name, usage)
    if bool(old) == bool(new):
        return None
    return _appeared(pair, name, usage, new) if new else _vanished(pair, name, usage, old)


def _appeared(pair: Pair, name: str, usage: Usage, new: Sequence[Feature]) -> Difference | None:
    """Return that a feature is met which was not met before."""
    doubt = _doubt(pair.before.result.features, name)
    if doubt is not None:
        return _difference(pair, (name, usage), Event.READABLE, doubt, _side(new)).because(
            Cause.ACCESS, doubt.detail
        )
    if pair.denied_before(name) or pair.proves_new(_proof(new)):
        return _difference(pair, (name, usage), Event.NEW, Absent(), _side(new))
    cause, why = unseen(pair)
    lack = Unknown(reason=Reason.NOT_CHECKED, detail=why)
    return _difference(pair, (name, usage), Event.READABLE, lack, _side(new)).because(cause, why)


def _vanished(pair: Pair, name: str, usage: Usage, old: Sequence[Feature]) -> Difference | None:
    """Return that a feature is not met which was met before; an unknown one is never gone."""
    doubt = _doubt(pair.now.result.features, name)
    if doubt is not None and doubt.reason in GONE:
        return _difference(pair, (name, usage), Event.GONE, _side(old), doubt).because(
            Cause.REAL, doubt.detail
        )
    if doubt is not None:
        event, cause = _of_reason(doubt.reason)
        return _difference(pair, (name, usage), event, _side(old), doubt).because(
            cause, doubt.detail
        )
    if pair.denied_now(name) or pair.proves_gone(_proof(old)):
        absent = _absence(pair.now.result.features, name)
        gone = _difference(pair, (name, usage), Event.GONE, _side(old), absent)
        nothing, doors = f"no {name.replace('-', ' ')} is on it", [each.url for each in old]
        why = absent.detail or pair.why_gone(nothing, _proof(old), doors)
        return gone.because(Cause.REAL, why)
    cause, why = unseen(pair)
    lack = Unknown(reason=Reason.NOT_CHECKED, detail=why)
    return _difference(pair, (name, usage), Event.BLOCKED, _side(old), lack).because(cause, why)


def _doubt(features: Sequence[Feature], name: str) -> Unknown | None:
    """Return why a run could not tell whether a feature is there; None where it could."""
    for feature in features:
        if feature.feature == name and feature.reason is not None:
            return Unknown(reason=feature.reason, detail=feature.detail)
    return None


def _absence(features: Sequence[Feature], name: str) -> Absent:
    """Return that a feature is not there, with what the run says of it and shows for it."""
    for feature in features:
        if feature.feature == name and feature.state is State.NONE:
            return Absent(evidence=feature.evidence, detail=feature.detail)
    return Absent()


def _side(features: Sequence[Feature]) -> Known[str]:
    """Return a feature that is there: by its vendors, or that it is of the company's own."""
    vendors = sorted({feature.vendor for feature in features if feature.vendor})
    return Known(value=", ".join(vendors) or THERE, evidence=_proof(features))


def _proof(features: Sequence[Feature]) -> tuple[Evidence, ...]:
    """Return the evidence of all findings of a feature."""
    return tuple(proof for feature in features for proof in feature.evidence)


def _difference(
    pair: Pair,
    what: tuple[str, Usage],
    event: Event,
    old: Number | Known[str] | None,
    new: Number | Known[str] | None,
) -> Difference:
    """Put a difference of a feature together; one that others may use is told apart."""
    name, usage = what
    supplied = usage is Usage.SUPPLIES
    listed = pair.now.result.features if event is not Event.GONE else pair.before.result.features
    urls = [each.url for each in known(listed, name, usage) if each.url]
    return Difference(
        event=event,
        subject=f"{'supplies' if supplied else 'feature'}.{name}",
        what=f"{pair.title(name)}, offered to others" if supplied else pair.title(name),
        old=old if old is not None else Absent(),
        new=new if new is not None else Absent(),
        url=urls[0] if urls else "",
        name=name,
    )


FINDER = Finder(type=ChangeType.FEATURE, order=20, of_company=_of_company)
