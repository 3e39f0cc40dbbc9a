"""Tell what a person points at and was there last time from what never was: drift, or a slip."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.model.company import PointedFigure, PointedSection
from audit.model.facts import FigureReading
from audit.model.result import CompanyResult
from audit.model.site import Section
from audit.model.value import Known, Number, Qualifier, Reason, Unknown
from audit.model.visit import Note

_HELP = {
    Reason.DRIFT: "the page has changed; look at it with `audit try`, and mend the selector in {}",
    Reason.BAD_CONTENT: "look at the page with `audit try`, and mend the selector in {}",
    Reason.BROWSER: "set browser to auto and see `audit doctor`",
    Reason.BUDGET: "raise max_pages_per_site",
    Reason.HTTP_404: "the page is gone; mend the address in {}",
    Reason.TIMEOUT: "run again, or make the regular expression in {} simpler",
    Reason.BLOCKED_ADDRESS: "if that is meant, name its host in the list and add "
    "--allow-private-hosts",
}


def followed_figures(
    readings: Sequence[FigureReading], earlier: CompanyResult | None
) -> tuple[FigureReading, ...]:
    """Return the figures, those that the run before had at the same place and are lost as drift.

    A figure that is new, or that points elsewhere than then, was never there.
    """
    known = {figure.metric: figure for figure in earlier.company.figures} if earlier else {}
    values = {each.metric: each.value for each in earlier.measures} if earlier else {}
    return tuple(
        _with_drift(reading, values.get(reading.figure.metric))
        if _same(reading.figure, known.get(reading.figure.metric))
        else reading
        for reading in readings
    )


def _with_drift(reading: FigureReading, before: Number | None) -> FigureReading:
    """Return a reading as drift, with the old figure in words, where there was one and is none."""
    now = reading.value
    # `bad-content` is said of a page that came and does not hold what is pointed at.
    if not isinstance(now, Unknown) or now.reason is not Reason.BAD_CONTENT:
        return reading
    old = _formerly(before)
    if not old:
        return reading
    lost = Unknown(reason=Reason.DRIFT, detail=f"{old}; {now.detail}")
    return replace(reading, value=lost)


def _formerly(before: Number | None) -> str:
    """Return what a figure was, as `it was 1,200 on 2026-08-01`; empty where nobody knows.

    A figure that was lost in an earlier run already keeps the words of that run.
    """
    if isinstance(before, Unknown) and before.reason is Reason.DRIFT:
        return before.detail.partition("; ")[0]
    if not isinstance(before, Known) or Qualifier.MANUAL in before.qualifiers:
        return ""
    day = max((proof.fetched_at for proof in before.evidence), default=None)
    return f"it was {before.value:,}" + (f" on {day:%Y-%m-%d}" if day else "")


def followed_sections(
    sections: Sequence[Section], earlier: CompanyResult | None
) -> tuple[Section, ...]:
    """Return the sections, what the run before read by the same selectors and is lost as drift."""
    known = earlier.company.sections if earlier else ()
    return tuple(
        _lost(section, earlier)
        if earlier and any(_same(section.pointed, before) for before in known)
        else section
        for section in sections
    )


_PARTS = {
    "title": "titles were read before",
    "date": "dates were read before",
    "next": "older posts were reached before",
}
"""What a selector of a section gave before it was lost."""


def _lost(section: Section, earlier: CompanyResult) -> Section:
    """Return a section as drift where it had posts and has none, or its posts have lost a part."""
    posts = [post for post in earlier.posts if post.channel == section.channel]
    if section.unreadable is not None:
        count = f"{len(posts)} posts were read before" if posts else _lost_before(section, earlier)
        return replace(
            section,
            unreadable=_drift(section.unreadable, count) if count else section.unreadable,
        )
    faults = tuple(
        (name, _drift(fault, _PARTS[name]))
        if posts and _held(f"{section.channel}.{name}", earlier)
        else (name, fault)
        for name, fault in section.faults
    )
    return replace(section, faults=faults)


def _held(what: str, earlier: CompanyResult) -> bool:
    """Tell whether a selector gave something in an earlier run: none was told, or as drift."""
    return all(note.reason is Reason.DRIFT for note in earlier.notes if note.what == what)


def _lost_before(section: Section, earlier: CompanyResult) -> str:
    """Return the words with which an earlier run told that a section is lost; empty for none."""
    for note in earlier.notes:
        if note.what == section.channel and note.reason is Reason.DRIFT:
            return note.detail.removeprefix(f"{section.url}: ").partition(", and none now")[0]
    return ""


def _drift(now: Unknown, before: str) -> Unknown:
    """Return the reason for something that came and no longer holds what it did."""
    if now.reason not in (Reason.BAD_CONTENT, Reason.TOO_LITTLE_DATA):
        return now
    return Unknown(reason=Reason.DRIFT, detail=f"{before}, and none now; {now.detail}")


def _same(
    now: PointedFigure | PointedSection | None, before: PointedFigure | PointedSection | None
) -> bool:
    """Tell whether two runs pointed at the same place; the line of the file may have moved."""
    return now is not None and before is not None and replace(now, place=before.place) == before


def pointed_notes(figures: Sequence[FigureReading], sections: Sequence[Section]) -> Iterator[Note]:
    """Give a note for all that a person points at and that gave nothing.

    It makes the company incomplete, as a profile that a person named does.
    """
    for reading in figures:
        if isinstance(reading.value, Unknown):
            yield _note(reading.figure.metric, reading.value, reading.figure)
    for section in sections:
        if section.pointed is None:
            continue
        if section.unreadable is not None:
            yield _note(section.channel, section.unreadable, section.pointed)
        for name, fault in section.faults:
            yield _note(f"{section.channel}.{name}", fault, section.pointed)


def _note(what: str, why: Unknown, pointed: PointedFigure | PointedSection) -> Note:
    """Say what could not be read where a person points, and where in the file that stands."""
    help_ = _HELP.get(why.reason, "open the address in a browser, and run again later")
    return Note(
        what=what,
        reason=why.reason,
        detail=f"{pointed.url}: {why.detail}",
        help=help_.format(pointed.place or "the list"),
        incomplete=True,
    )
