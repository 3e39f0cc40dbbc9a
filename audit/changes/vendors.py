"""Vendors behind features of the website: new, gone, or one in the place of another."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

from audit.changes.features import is_technical, known
from audit.changes.finder import Difference, Finder
from audit.changes.pair import Look, Pair
from audit.model.catalogue import Usage
from audit.model.change import ChangeType, Event, Side
from audit.model.site import Feature
from audit.model.value import Absent, Known

_ONE_THING: Mapping[str, str] = {"blog-engine": "cms"}
"""Features that are one thing where vendors are told: software that a site is made with is some of
the one kind and some of the other, and a site that moves from WordPress to Joomla has switched."""

_TITLES: Mapping[str, str] = {"cms": "Software of the website"}
"""Features whose vendor is called otherwise than a service."""


def _of_company(pair: Pair) -> Iterator[Difference]:
    """Give the vendors that are other than before, feature by feature.

    Of a feature that is new or gone itself the vendor is told with it; of what stands behind a site
    (its software, its tags) the vendors are all there is to tell.
    """
    listed = (*pair.before.result.features, *pair.now.result.features)
    for name in sorted({_ONE_THING.get(each.feature, each.feature) for each in listed}):
        old = _by_vendor(_findings(pair.before, name))
        new = _by_vendor(_findings(pair.now, name))
        if is_technical(name) or (old and new):
            yield from _of_feature(pair, name, old, new)


def _findings(look: Look, name: str) -> Iterator[Feature]:
    """Give what a run knows of one thing, under whichever name."""
    for feature in dict.fromkeys(
        (name, *(each for each in _ONE_THING if _ONE_THING[each] == name))
    ):
        yield from known(look.result.features, feature, Usage.USES)


def _by_vendor(features: Iterable[Feature]) -> dict[str, Feature]:
    """Return the findings of a feature by their vendors; what has none is the company's own."""
    return {feature.vendor: feature for feature in features}


def _of_feature(
    pair: Pair, name: str, old: Mapping[str, Feature], new: Mapping[str, Feature]
) -> Iterator[Difference]:
    """Give the vendors of one feature that came and went; a single swap is one change."""
    gone = _only_in(old, new)
    come = _only_in(new, old)
    gone = [each for each in gone if pair.proves_gone(each.evidence)]
    come = [each for each in come if pair.proves_new(each.evidence)]
    if len(gone) == len(come) == 1:
        yield _difference(pair, name, Event.SWITCHED, gone[0], come[0])
        return
    for before, now in zip_longest((*gone, *(None for _ in come)), (*(None for _ in gone), *come)):
        yield _difference(pair, name, Event.NEW if now else Event.GONE, before, now)


def _only_in(features: Mapping[str, Feature], others: Mapping[str, Feature]) -> list[Feature]:
    """Return the findings of vendors that the other run has not, in the order of their names."""
    return [features[vendor] for vendor in sorted(features.keys() - others.keys()) if vendor]


def _difference(
    pair: Pair, name: str, event: Event, old: Feature | None, new: Feature | None
) -> Difference:
    """Put a difference of a vendor together."""
    there = new if new is not None else old
    return Difference(
        event=event,
        subject=f"vendor.{name}",
        what=_TITLES.get(name) or f"{pair.title(name)} service",
        old=_side(old),
        new=_side(new),
        url=there.url if there is not None else "",
        why="" if old is None else pair.why_gone(f"{old.vendor} is not on it", old.evidence),
        name=name,
    )


def _side(feature: Feature | None) -> Side:
    """Return a vendor with its proof; nothing where there is none."""
    return Absent() if feature is None else Known(value=feature.vendor, evidence=feature.evidence)


FINDER = Finder(type=ChangeType.VENDOR, order=30, of_company=_of_company)
