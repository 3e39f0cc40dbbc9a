"""Sheet Profiles: every profile found, whose it is, how sure that is and where it was named."""

from collections.abc import Iterator, Sequence

from audit.model.metric import Unit
from audit.model.presence import Channel, State
from audit.model.value import Reason, Unknown
from reports.cells import Cell, Run, address, number, text, unknown, words_right
from reports.look import BODY, LINK, MUTED, NUMBER, SLATE, SMALL, varied
from reports.page import Page, Row, ruled
from reports.report import Report, name_style
from reports.sheets._base import Column, Sheet, Table
from reports.words import counted, rounded

_SHARE = varied(NUMBER, format="0%_0")
_COUNT = varied(NUMBER, format="#,##0_0")
_PALE = varied(BODY, color=MUTED)

_FOLLOWERS = Column(title="Followers", width=12, align="right")


def draw(report: Report) -> Page:
    """Draw the sheet: the companies' own profiles, then the candidates under their own rule."""
    table = Table(
        title="Every profile found, and whose it is",
        finding=_finding(report),
        key=(
            "sure: ownership, 0 to 100%; below the threshold a profile is a candidate",
            "proof links to Evidence",
        ),
        columns=(
            Column(title="Company", width=report.name_width(18)),
            Column(title="Channel", width=15),
            Column(title="Handle", width=22),
            Column(title="Address", width=40),
            Column(title="Role", width=10),
            Column(title="Sure", width=7, align="right"),
            Column(title="Why", width=30),
            Column(title="State", width=13, align="right"),
            Column(title="Pages found on", width=9, align="right"),
            *(
                [Column(title="Followers", width=12, align="right")]
                if _any_followers(report)
                else []
            ),
            Column(title="Proof", width=8, align="right"),
        ),
    )
    return Page(
        widths=table.widths,
        rows=[*table.top(), *_rows(report)],
        freeze="C6",
        columns=len(table.columns),
        dimmed="A",
    )


def _finding(report: Report) -> Sequence[Run]:
    found = [channel for each in report.results for channel in each.channels]
    maybe = sum(channel.candidate for channel in found)
    return (
        (counted(len(found) - maybe, "profile").capitalize(), True),
        (" proved to be the companies' own", False),
        (f", {maybe} more may be" if maybe else "", False),
        (".", False),
    )


def _rows(report: Report) -> Iterator[Row]:
    pairs = [(each.company.name, channel) for each in report.results for channel in each.channels]
    own = [pair for pair in pairs if not pair[1].candidate]
    maybe = [pair for pair in pairs if pair[1].candidate]
    before = ""
    for at, (company, channel) in enumerate([*own, *maybe]):
        cells = _cells(report, company, channel, noted=company != before)
        first_candidate = bool(maybe) and at == len(own)
        yield Row(ruled(cells) if company != before or first_candidate else cells, 16.5)
        before = company


def _cells(report: Report, company: str, channel: Channel, *, noted: bool) -> list[Cell | None]:
    reason = channel.reason or Reason.NOT_CHECKED
    detail = Unknown(reason=reason, detail=channel.detail)
    body = _PALE if channel.candidate else BODY
    proof = report.evidence.ids(channel.evidence)
    return [
        text(company, name_style(report, company)),
        text(report.names.platform(channel.platform), varied(body, bold=True)),
        text(channel.handle, body),
        address(channel.url),
        text(channel.role, body),
        Cell(rounded(float(channel.ownership), Unit.SHARE), _SHARE),
        text(_why(channel), varied(SMALL, color=MUTED)),
        _state(channel, detail, noted=noted),
        Cell(len(channel.found_on), _COUNT),
        *(_followers(channel) if _any_followers(report) else ()),
        words_right(proof[0] if proof else "", LINK, link=report.proof(channel.evidence)),
    ]


def _any_followers(report: Report) -> bool:
    """Tell whether the column of followers would hold anything but reasons."""
    return any(
        not isinstance(channel.followers, Unknown)
        for each in report.results
        for channel in each.channels
    )


def _followers(channel: Channel) -> tuple[Cell, ...]:
    if isinstance(channel.followers, Unknown):
        return (unknown(channel.followers, NUMBER, noted=False),)
    return (number(channel.followers, Unit.COUNT),)


def _why(channel: Channel) -> str:
    """The parts of the score, the heaviest first."""
    parts = sorted(channel.parts, key=lambda part: -abs(part.weight))
    return ", ".join(part.name if part.weight > 0 else f"not: {part.name}" for part in parts)


def _state(channel: Channel, detail: Unknown, *, noted: bool) -> Cell:
    if channel.candidate:
        return words_right("candidate", varied(_PALE, size=9))
    if channel.state is State.KNOWN:
        return words_right("read", BODY)
    return unknown(detail, NUMBER, noted=noted)


SHEET = Sheet(name="Profiles", order=40, draw=draw, tab=SLATE)
