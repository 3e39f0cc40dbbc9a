"""What came of the sections and figures that a person points at, also where it is nothing."""

from collections.abc import Collection, Sequence
from itertools import chain

from audit.model.company import Company, PointedSection
from audit.model.exchange import Failure
from audit.model.facts import FigureReading
from audit.model.site import Section
from audit.model.value import Evidence, Known, Reason, Unknown
from scrapers.page.told import RULE
from scrapers.parse.urls import page_key
from scrapers.site.look import Root, Site

_NOT_VISITED = Unknown(
    reason=Reason.BUDGET, detail="not visited within the pages or the time of the company"
)
_DRAWN = "the page is drawn by JavaScript, and no browser drew it"


def nothing_read(root: Root) -> Unknown | None:
    """Return why a section has no entry, where a person's selector matches nothing; else None."""
    missed = dict(root.pages[0].missed) if root.pages else {}
    if root.pointed is None or "item" not in missed:
        return None
    if root.pages[0].shell:
        return Unknown(reason=Reason.BROWSER, detail=_DRAWN)
    hint = f"; the page has `{missed['item']}`" if missed["item"] else ""
    detail = f"no element matches `{root.pointed.item}`{hint} (item, {root.pointed.place})"
    return Unknown(reason=Reason.BAD_CONTENT, detail=detail)


def faults_of(root: Root, *, covered: bool) -> tuple[tuple[str, Unknown], ...]:
    """Return the selectors that gave nothing on any page of a section, each with the words of it.

    Such as ("date", "`.when` gives no date in any of 12 entries"). A link to older entries is not
    needed where those that were read reach back beyond the window (`covered`).
    """
    if root.pointed is None or not root.pages:
        return ()
    missed = set.intersection(*(set(dict(page.missed)) for page in root.pages)) - {"item"}
    if covered:
        missed.discard("next")
    hints = dict(root.pages[0].missed)
    count = sum(len(page.items) for page in root.pages)
    return tuple(
        (
            name,
            Unknown(
                reason=Reason.BAD_CONTENT,
                detail=f"`{getattr(root.pointed, name)}` {_gives_nothing(name, count)}"
                f"{f'; the page has `{hints[name]}`' if hints[name] else ''} "
                f"({root.pointed.place})",
            ),
        )
        for name in sorted(missed)
    )


def _gives_nothing(name: str, entries: int) -> str:
    """Say that a selector of a section gives nothing."""
    if name == "next":
        return "leads to no older entries; where there are none, leave `next` out"
    return f"gives no {name} in any of {entries} entries"


def unread_pointed(
    site: Site, failures: Sequence[Failure], read: Collection[str], kinds: Collection[str]
) -> list[Section]:
    """Return the sections that a person points at and of which no page came, each with the reason.

    Of the kinds that are looked for; of one of which another was `read` there is none: a company
    has one section of a kind. Where not even the start page came, its reason stands for all.
    """
    if not site.pages:
        return []
    known = set(read)
    sections: list[Section] = []
    for pointed in site.company.sections:
        if pointed.kind in kinds and pointed.kind not in known:
            known.add(pointed.kind)
            sections.append(_unread(pointed, site, failures))
    return sections


def _unread(pointed: PointedSection, site: Site, failures: Sequence[Failure]) -> Section:
    """Return a section without posts; the proof of it is the line of the file."""
    proof = Evidence(
        url=pointed.url,
        fetched_at=site.pages[0].fetched_at,
        rule=RULE,
        excerpt=f"{pointed.kind}: {pointed.url}",
        record=pointed.place,
    )
    return Section(
        channel=pointed.kind,
        url=pointed.url,
        feeds=(),
        posts=(),
        truncated=False,
        unreadable=_failure_of(pointed.url, failures) or _NOT_VISITED,
        evidence=(proof,),
        pointed=pointed,
    )


def figures_of(
    company: Company,
    readings: Sequence[FigureReading],
    failures: Sequence[Failure],
    start: Known[str] | Unknown,
) -> tuple[FigureReading, ...]:
    """Return what came of each figure of a company, in the order of the file.

    A page may have been read twice, under two addresses: the first number counts. Where the start
    page did not come, nothing else was asked for, and its reason holds.
    """
    unvisited = start if isinstance(start, Unknown) else _NOT_VISITED
    return tuple(
        next(
            chain(
                (one for one in readings if one.figure == figure and isinstance(one.value, Known)),
                (one for one in readings if one.figure == figure),
            ),
            FigureReading(figure=figure, value=_failure_of(figure.url, failures) or unvisited),
        )
        for figure in company.figures
    )


def _failure_of(url: str, failures: Sequence[Failure]) -> Unknown | None:
    """Return why an address could not be read; None where no failure is known of it."""
    key = page_key(url)
    for failure in failures:
        if page_key(failure.url) == key:
            return Unknown(reason=failure.reason, detail=failure.detail)
    return None
