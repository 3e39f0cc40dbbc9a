"""Sheet Profiles: every profile found, whose it is, how large and how alive, with the proof."""

from collections.abc import Iterator
from dataclasses import replace

from audit.model.channel import Channel, Promise
from audit.model.hygiene import Flag, Hygiene
from audit.model.metric import Unit
from audit.model.past import keys_of_companies
from audit.model.profile import NOT_SHOWN
from audit.model.result import CompanyResult, Status
from audit.model.site import State
from audit.model.value import Absent, Evidence, Known, Unknown
from reports.ownership import ownership_words
from reports.people import Yours
from reports.plain import formerly_words
from reports.presence import broken_words, cadence_of, rated, there
from reports.report import Report
from reports.sheets._base import Sheet
from reports.signs import OF_STATUS, Legend, Sign, key_of, qualified
from reports.tables import (
    EMPTY,
    NONE,
    Cell,
    Column,
    ColumnKind,
    Formerly,
    Importance,
    Row,
    Sentence,
    Table,
    Tone,
    ToWeb,
)
from reports.words import counted

_STATES = {
    Status.ACTIVE: "active",
    Status.SLOWING: "slowing",
    Status.DORMANT: "dormant",
    Status.ABANDONED: "abandoned",
    Status.NEVER: "never posted",
}
_SIGNED = (Status.ACTIVE, Status.SLOWING, Status.DORMANT)
"""States with a sign before their word."""

_COLUMNS = (
    Column(title="Company", kind=ColumnKind.COMPANY),
    Column(title="Channel", importance=Importance.KEY),
    Column(title="Handle"),
    Column(title="Address", kind=ColumnKind.ADDRESS),
    Column(title="Role"),
    Column(title="Ownership proof", kind=ColumnKind.PROOF),
    Column(title="Sure", kind=ColumnKind.FIGURE),
    Column(title="State", kind=ColumnKind.FIGURE, words=True),
    Column(title="Audience", kind=ColumnKind.FIGURE),
    Column(title="To mend", kind=ColumnKind.TEXT, importance=Importance.DETAIL),
    Column(title="Last post", kind=ColumnKind.DAY),
    Column(title="First seen", kind=ColumnKind.DAY),
    *(
        Column(title=yours.title, kind=kind, yours=yours)
        for yours, kind in (
            (Yours(sheet="profiles", field="owner"), ColumnKind.WORD),
            (Yours(sheet="profiles", field="purpose"), ColumnKind.TEXT),
            (
                Yours(sheet="profiles", field="verdict", choices=("keep", "fix", "close")),
                ColumnKind.WORD,
            ),
            (Yours(sheet="profiles", field="notes"), ColumnKind.TEXT),
        )
    ),
)


def draw(report: Report) -> Table:
    """Return the sheet: the companies' own profiles, then those perhaps theirs, and listings."""
    return Table(
        title="Every profile found, and whose it is",
        finding=_finding(report),
        key=_key(report),
        columns=_COLUMNS,
        rows=list(_rows(report)),
    )


def _finding(report: Report) -> Sentence:
    """Return how many profiles are proved, read, broken, or only may be theirs."""
    profiles = [channel for result in report.results for channel in result.channels]
    own = [channel for channel in profiles if channel.is_own]
    read = sum(channel.state is State.KNOWN for channel in own)
    # None of these is among the proved ones, nor among those that may be theirs.
    lost = sum(channel.leads_away for channel in profiles)
    others = (each for each in profiles if not each.found.listing and not each.leads_away)
    maybe = sum(each.candidate for each in others)
    parts = [
        f"{counted(read, 'of them was', 'of them were') if read else 'none of them was'} opened"
        if own
        else "",
        f"{counted(lost, 'more leads', 'more lead')} nowhere" if lost else "",
        f"{counted(maybe, 'more is', 'more are')} perhaps theirs" if maybe else "",
    ]
    tail = "".join(f", {part}" for part in parts if part)
    verb = "is" if len(own) == 1 else "are"
    return (
        (counted(len(own), "profile").capitalize(), True),
        (f" {verb} proved to be the companies' own{tail}.", False),
    )


def _key(report: Report) -> list[str]:
    """Return the key of the signs that occur: those of states first, then those of figures."""
    pairs = [(result, channel) for result in report.results for channel in result.channels]
    states = [_state(report, result, channel, noted=False) for result, channel in pairs]
    marks = {cell.mark for cell in states if cell.mark is not None}
    if any(isinstance(cell.value, Unknown) or cell.unseen is not None for cell in states):
        marks.add(Sign.UNKNOWN)
    audiences = [channel.followers for _, channel in pairs]
    known = [value for value in audiences if isinstance(value, Known)]
    of_figures = set()
    if any(not value.exact for value in known):
        of_figures.add(Sign.ROUNDED)
    of_figures |= {sign for value in known for sign in qualified(value)}
    of_figures |= {sign for _, channel in pairs for sign in qualified(channel.last_post)}
    return [
        *key_of(marks, Legend.PROFILES),
        *key_of(of_figures, Legend.PROFILES),
        *_counted_once(report),
        "sure: how sure it is theirs, below 50% perhaps; the state links to its proof",
    ]


def _counted_once(report: Report) -> list[str]:
    """Return how other sheets count the profiles, where a company has two on one platform."""
    own = [(result, each) for result in report.results for each in result.channels if each.is_own]
    channels = {(result.company.name, each.platform) for result, each in own}
    if len(channels) == len(own):
        return []
    return [f"{counted(len(channels), 'channel')} elsewhere: two on one platform count once"]


def _rows(report: Report) -> Iterator[Row]:
    """Give the rows: own profiles, then candidates, then listings."""
    pairs = [(result, channel) for result in report.results for channel in result.channels]
    own = [pair for pair in pairs if not pair[1].candidate]
    rest = [pair for pair in pairs if pair[1].candidate]
    rest.sort(key=lambda pair: pair[1].found.listing)
    before, keys = "", keys_of_companies(each.company for each in report.results)
    for at, (result, channel) in enumerate([*own, *rest]):
        name = result.company.name
        cells = _cells(report, result, channel, noted=name != before)
        # Candidates begin a group even where the first of them is of the company above it.
        begins = name != before or (bool(rest) and at == len(own))
        yield Row(
            [*cells, EMPTY, EMPTY, EMPTY, EMPTY],
            subject=name,
            begins=begins,
            # By the website, as the name of a company may be written otherwise one day.
            id=f"{keys[name]}/{channel.identity}",
            # A profile that could not be read yet has no number, and is known by its address.
            also=(f"{keys[name]}/{channel.platform} {channel.address_key}",),
            about=f"{name}, {report.names.platform(channel.platform)} {channel.handle}",
            texts=(name, report.names.platform(channel.platform), _handle_words(channel)),
        )
        before = name


def _cells(report: Report, result: CompanyResult, channel: Channel, *, noted: bool) -> list[Cell]:
    """Return the cells of a profile; its state explains its reason only where that is wanted."""
    tone = Tone.ASIDE if channel.candidate else Tone.PLAIN
    first = channel.history.first_seen
    return [
        Cell(result.company.name),
        Cell(report.names.platform(channel.platform), tone=tone),
        Cell(_handle(channel), tone=tone),
        Cell(channel.url, to=ToWeb(channel.url)),
        Cell(channel.role, tone=tone),
        Cell(ownership_words(channel.ownership.parts)),
        EMPTY if channel.found.listing else Cell(float(channel.ownership.score), unit=Unit.SHARE),
        # Not at the words beside it: LibreOffice 7.4 breaks no line of what is a link.
        replace(_state(report, result, channel, noted=noted), to=report.proof(channel.evidence)),
        _audience(report, channel),
        _to_mend(report, channel),
        _last(channel),
        Cell(first) if first is not None else NONE,
    ]


def _handle(channel: Channel) -> str | Formerly:
    """Return the handle as it is now, and what it was."""
    return (
        Formerly(channel.handle, channel.history.former[0])
        if channel.history.former
        else channel.handle
    )


def _handle_words(channel: Channel) -> str:
    """Return the handle as it stands in its cell."""
    handle = _handle(channel)
    return handle if isinstance(handle, str) else formerly_words(handle)


def _state(report: Report, result: CompanyResult, channel: Channel, *, noted: bool) -> Cell:
    """Return alive, silent, leading nowhere, or only there; listings show their rating."""
    if channel.found.listing:
        return Cell(rated(channel) or "listing", tone=Tone.ASIDE, mark=Sign.LISTED)
    if words := broken_words(channel):
        row = None if channel.leads_away else cadence_of(result, channel)
        if row is not None and isinstance(row.status, Known):
            words = f"{words}, {_STATES[row.status.value]}"
        return Cell(words, tone=Tone.ALERT, mark=Sign.BROKEN)
    if channel.candidate:
        return Cell(tone=Tone.ASIDE, mark=Sign.CANDIDATE)
    return _alive(report, result, channel, noted=noted)


def _alive(report: Report, result: CompanyResult, channel: Channel, *, noted: bool) -> Cell:
    """Return how lately a profile had a post; that it is there where that is not known."""
    row = cadence_of(result, channel)
    if row is None or isinstance(row.status, Unknown):
        cell = there(report, result, channel)
        # How many follow stands in the column beside it.
        value = cell.value if isinstance(cell.value, Unknown) else None
        return replace(cell, value=value, tone=Tone.PLAIN, to=None, noted=noted)
    status = row.status.value
    pale = status not in (Status.ACTIVE, Status.SLOWING)
    mark = OF_STATUS[status] if status in _SIGNED else None
    return Cell(_STATES[status], tone=Tone.ASIDE if pale else Tone.PLAIN, mark=mark)


def _audience(report: Report, channel: Channel) -> Cell:
    """Return the figure; where it is unknown its reason, and what was known before."""
    followers = channel.followers
    match followers:
        case Known():
            return Cell(followers, to=report.proof_of(followers))
        case Absent():
            return NONE
        case Unknown():
            if not channel.audience or channel.found.listing:
                return NONE
            if channel.history.previous is None:
                return Cell(followers, noted=False)
            previous = channel.history.previous
            days = (each.on for each in channel.counts if each.value.value == previous.value)
            return Cell(Formerly(followers, previous, next(days, None)))


def _to_mend(report: Report, channel: Channel) -> Cell:
    """Return what a profile lacks, as far as its page shows that; a dash where it lacks nothing.

    A mark of the platform cannot be mended, and a post on top is a matter of taste.
    """
    kept = channel.hygiene
    if channel.found.listing:
        return NONE
    if isinstance(kept, Unknown):
        return Cell(kept, noted=False)
    faults = [
        *_link_faults(kept),
        *(["no biography"] if isinstance(kept.biography, Absent) else []),
        *(["no picture"] if _lacks(kept.picture) else []),
        *(["no cover"] if _lacks(kept.cover) else []),
        *(["other handle"] if _lacks(kept.same_handle) else []),
    ]
    if not faults:
        looked = (kept.biography, kept.leads_home, kept.picture, kept.cover, kept.same_handle)
        unknown = [part for part in looked if isinstance(part, Unknown)]
        return Cell(unknown[0], noted=False) if len(unknown) == len(looked) else NONE
    return Cell(", ".join(faults), to=report.proof(_proof(kept)))


def _link_faults(kept: Hygiene) -> list[str]:
    """Return what is wrong with the address that a profile gives."""
    if _lacks(kept.works):
        return ["dead link"]
    if not _lacks(kept.leads_home):
        return []
    return ["no link" if isinstance(kept.link, Absent) else "link elsewhere"]


def _lacks(flag: Flag) -> bool:
    """Tell whether something is known not to be there."""
    return isinstance(flag, Known) and not flag.value


def _proof(kept: Hygiene) -> tuple[Evidence, ...]:
    """Return the evidence of what a profile lacks: of its looks first, then of its words."""
    flags = (kept.picture, kept.cover, kept.same_handle, kept.leads_home)
    faults = (flag.evidence for flag in flags if isinstance(flag, Known) and not flag.value)
    words = kept.biography.evidence if isinstance(kept.biography, Absent) else ()
    return (*(proof for each in faults for proof in each), *words)


def _last(channel: Channel) -> Cell:
    """Return the day of the newest post; a dash for pages that have no posts by their nature."""
    last = channel.last_post
    match last:
        case Known():
            late = Promise.DORMANT in channel.promises
            return Cell(last, tone=Tone.ASIDE if late else Tone.PLAIN)
        case Absent():
            return NONE
        case Unknown():
            without_posts = channel.found.listing or last == NOT_SHOWN
            return NONE if without_posts else Cell(last, noted=False)


SHEET = Sheet(
    name="Profiles",
    order=40,
    draw=draw,
    answers="Whose is each profile, and is it in order?",
    for_people=True,
)
