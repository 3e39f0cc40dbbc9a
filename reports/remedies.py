"""What would fill the cells that nobody knows: which way, how many of them, the most first.

A cell is what Channels and Comparison ask of one company on one platform: its audience, its last
post, its posts a week; of a section of its website the latter two.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from audit.model.channel import Channel, main_of
from audit.model.exchange import Key, Opens
from audit.model.kinds import SECTIONS
from audit.model.profile import NOT_SHOWN, Standing
from audit.model.result import CompanyResult
from audit.model.value import Moment, Number, Reason, Unknown
from reports.presence import cadence_of

WEBSITE = "website"
"""What stands for the platform in the cells of a website of which nothing could be read."""


class CellKind(StrEnum):
    """What a cell asks of a profile or a section."""

    AUDIENCE = "audience"
    LAST_POST = "last post"
    POSTS_A_WEEK = "posts a week"


class Way(StrEnum):
    """What would fill a cell, the least effort first; `nothing` where nothing does that we know."""

    AGAIN = "again"
    BROWSER = "browser"
    BUDGET = "budget"
    ADDRESS = "address"
    BY_HAND = "by hand"
    SAVED = "saved"
    KEY = "key"
    NOTHING = "nothing"


_EFFORT = tuple(Way)

_LATER = frozenset(
    {
        *(Reason.CONNECTION, Reason.TIMEOUT, Reason.ROBOTS_UNREACHABLE, Reason.RATE_LIMITED),
        *(Reason.HTTP_500, Reason.HTTP_502, Reason.HTTP_503, Reason.HTTP_504, Reason.HTTP_5XX),
        *(Reason.INTERRUPTED, Reason.STORAGE),
    }
)
"""What another day may mend by itself."""

_WRONG = frozenset({Reason.DNS, Reason.HTTP_404, Reason.HTTP_410, Reason.UNSUPPORTED_SCHEME})
"""What a right address mends."""

_NO_REMEDY = frozenset(
    {Reason.TOO_LITTLE_DATA, Reason.TLS, Reason.BLOCKED_ADDRESS, Reason.INTERNAL_ERROR}
)
"""What nobody who reads the workbook can mend; too little data comes with time."""

_NO_KEY = frozenset({*_WRONG, *_NO_REMEDY, Reason.NOT_PUBLIC, Reason.INTERRUPTED, Reason.STORAGE})
"""What a key of the platform does not open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCell:
    """One cell: what is kind of whom, and what is known of it.

    `platform` is that of a profile, else the section of the website. `hidden`: there is a profile
    that nobody may look at, so that nobody can read it in a browser either.
    """

    company: str
    own: bool
    platform: str
    url: str
    kind: CellKind
    value: Number | Moment
    hidden: bool = False

    @property
    def is_profile(self) -> bool:
        """Tell whether it is a cell of a profile, and not of the website."""
        return self.platform not in SECTIONS and self.platform != WEBSITE


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One way to fill cells, and the cells; `platform` is that whose key it takes, else empty."""

    way: Way
    cells: tuple[FigureCell, ...]
    platform: str = ""

    @property
    def pages(self) -> int:
        """Return how many profiles and sections the cells are of."""
        return len({(cell.company, cell.platform) for cell in self.cells})


def figure_cells(results: Iterable[CompanyResult]) -> tuple[FigureCell, ...]:
    """Return all cells, known or not; of several profiles of a platform those of the main one."""
    return tuple(
        cell for result in results for cell in (*_of_website(result), *_of_profiles(result))
    )


def unknown_cells(cells: Iterable[FigureCell]) -> tuple[FigureCell, ...]:
    """Return the cells that are not known."""
    return tuple(cell for cell in cells if isinstance(cell.value, Unknown))


def remedies(
    cells: Sequence[FigureCell], keys: Mapping[str, Sequence[Key]], keys_set: Collection[str] = ()
) -> tuple[Remedy, ...]:
    """Return what would fill those of the cells that are unknown, the most cells first.

    `keys` are those that platforms give, by platform, and `keys_set` the names of those that are
    set by now. One cell may be filled by several ways, so that the numbers add up to more than
    there are cells. Of two ways that fill as many the one with less effort comes first; what
    nothing fills comes last.
    """
    filled: dict[tuple[Way, str], list[FigureCell]] = {}
    for cell in unknown_cells(cells):
        for way in ways(cell, keys.get(cell.platform, ()), keys_set):
            at = (way, cell.platform if way is Way.KEY else "")
            filled.setdefault(at, []).append(cell)
    remedies_found = [
        Remedy(way=way, platform=of, cells=tuple(row)) for (way, of), row in filled.items()
    ]
    return tuple(
        sorted(
            remedies_found,
            key=lambda each: (
                each.way is Way.NOTHING,
                -len(each.cells),
                _EFFORT.index(each.way),
                each.platform,
            ),
        )
    )


def ways(cell: FigureCell, keys: Sequence[Key], keys_set: Collection[str] = ()) -> tuple[Way, ...]:
    """Return what would fill one cell; `nothing` alone where nothing does, none where it is known.

    A key that the cell waited for and that is set by now takes another run.
    """
    if not isinstance(cell.value, Unknown):
        return ()
    reason = cell.value.reason
    ways_found = list(_without_key(cell, reason))
    opening = [key for key in keys if reason not in _NO_KEY and _opens(key, cell)]
    if any(key.name not in keys_set for key in opening):
        ways_found.append(Way.KEY)
    elif opening and reason is Reason.NEEDS_KEY:
        ways_found.append(Way.AGAIN)
    return tuple(ways_found) or (Way.NOTHING,)


def _without_key(cell: FigureCell, reason: Reason) -> Iterator[Way]:
    """Give the ways that need no key: a person sees what stops a program alone."""
    # Of a profile so many pages are read, whatever the list says.
    more_pages = reason in (Reason.BUDGET, Reason.NOT_CHECKED) and not cell.is_profile
    if reason in _LATER:
        yield Way.AGAIN
    elif reason in _WRONG:
        yield Way.ADDRESS
    elif more_pages:
        yield Way.BUDGET
    elif reason not in _NO_REMEDY and not cell.hidden:
        if reason is Reason.BROWSER:
            yield Way.BROWSER
        if cell.is_profile:
            yield Way.BY_HAND
        yield Way.SAVED


def _opens(key: Key, cell: FigureCell) -> bool:
    """Tell whether a key makes a cell known."""
    part = Opens.AUDIENCE if cell.kind is CellKind.AUDIENCE else Opens.POSTS
    return part in key.opens and (cell.own or not key.own_only)


def _of_website(result: CompanyResult) -> Iterator[FigureCell]:
    """Give the cells of the sections of a website; of one that was not read they are the site's."""
    company = result.company
    lost = next((n for n in result.notes if n.what == WEBSITE and n.incomplete), None)
    sections = [row for row in result.cadence if row.channel in SECTIONS]
    for row in sections:
        for kind, value in (
            (CellKind.LAST_POST, row.newest),
            (CellKind.POSTS_A_WEEK, row.posts_per_week),
        ):
            yield FigureCell(
                company=company.name,
                own=company.own,
                platform=row.channel,
                url=row.url,
                kind=kind,
                value=value,
            )
    if lost is not None and not sections:
        for kind in (CellKind.LAST_POST, CellKind.POSTS_A_WEEK):
            yield FigureCell(
                company=company.name,
                own=company.own,
                platform=WEBSITE,
                url=company.website,
                kind=kind,
                value=Unknown(reason=lost.reason, detail=lost.detail),
            )


def _of_profiles(result: CompanyResult) -> Iterator[FigureCell]:
    """Give the cells of the company's own profiles, one profile a platform."""
    own = [each for each in result.channels if each.is_own and not each.found.listing]
    for platform in dict.fromkeys(each.platform for each in own):
        channel = main_of([each for each in own if each.platform == platform])
        hidden = _is_hidden(channel)
        for kind, value in _values_of(result, channel):
            yield FigureCell(
                company=result.company.name,
                own=result.company.own,
                platform=platform,
                url=channel.url,
                kind=kind,
                value=value,
                hidden=hidden,
            )


def _values_of(
    result: CompanyResult, channel: Channel
) -> Iterator[tuple[CellKind, Number | Moment]]:
    """Give what is kind of a profile; of a platform that counts or shows nothing less."""
    if channel.audience:
        yield CellKind.AUDIENCE, channel.followers
    if channel.last_post == NOT_SHOWN:
        return
    last = channel.last_post
    if isinstance(last, Unknown) and channel.unread is not None:
        last = channel.unread
    yield CellKind.LAST_POST, last
    row = cadence_of(result, channel)
    if row is not None:
        yield CellKind.POSTS_A_WEEK, row.posts_per_week
    elif isinstance(last, Unknown):
        yield CellKind.POSTS_A_WEEK, last


def _is_hidden(channel: Channel) -> bool:
    """Tell whether the platform says that nobody but its owner may look at a profile."""
    return not isinstance(channel.profile, Unknown) and channel.profile.standing in (
        Standing.PRIVATE,
        Standing.SUSPENDED,
    )
