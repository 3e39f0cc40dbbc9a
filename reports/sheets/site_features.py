"""Sheet Site features: what each site uses and supplies, by which vendor, seen where."""

from collections.abc import Iterator, Sequence

from audit.model.catalogue import Usage
from audit.model.metric import Unit
from audit.model.result import CompanyResult
from audit.model.site import TECHNICAL, Feature, State
from audit.model.value import Known, Unknown
from reports.activity import activity_words
from reports.cells import Cell, Run, address, none, text, unknown, words_right
from reports.findings import features_of
from reports.look import BODY, LINK, MUTED, NUMBER, SMALL, varied
from reports.page import Page, Row, ruled
from reports.report import Report, name_style
from reports.sheets._base import Column, Sheet, Table
from reports.words import capital, counted, listed, rounded

_USUAL = frozenset({"rss"})
"""What nearly every site supplies."""

_COUNT = varied(NUMBER, format="#,##0_0")
_SHARE = varied(NUMBER, format="0%_0")
_LEFT = varied(NUMBER, align="left", indent=1)


def draw(report: Report) -> Page:
    """Draw the sheet."""
    features = [each for result in report.results for each in result.features]
    table = Table(
        title="What each site offers, and with which tools",
        finding=_finding(report),
        key=_key(features),
        columns=(
            Column(title="Company", width=report.name_width(18)),
            Column(title="Feature", width=18),
            Column(title="Vendor", width=20),
            Column(title="Uses or supplies", width=10),
            Column(title="Activity", width=34),
            Column(title="How it was met", width=13),
            Column(title="Address", width=38),
            Column(title="Pages seen on", width=10, align="right"),
            Column(title="Sure", width=8, align="right"),
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
    values = {name: report.value(name, "presence.features") for name in report.companies}
    known = {name: int(each.value) for name, each in values.items() if isinstance(each, Known)}
    most = max(known.values(), default=0)
    if not most:
        return (("No site feature was found on what could be read.", False),)
    names = [name for name, count in known.items() if count == most]
    runs: list[Run] = [
        (f"{listed(names)} {'offers' if len(names) == 1 else 'offer'} most: ", False),
        (counted(most, "feature"), True),
    ]
    if report.own in known and report.own not in names:
        runs += [("; we offer ", False), (counted(known[report.own], "feature"), True)]
    suppliers = [
        each.company.name for each in report.results if features_of(each, Usage.SUPPLIES) - _USUAL
    ]
    if suppliers:
        runs += [(f". Tools for others' sites come from {listed(suppliers)}", False)]
    return (*runs, (".", False))


def _key(features: Sequence[Feature]) -> list[str]:
    states = {each.state for each in features}
    return [
        "supplies: a tool that the company offers for others' sites",
        "met: tag present in the page < loaded < visible to a reader or read",
        *(["? unknown, with the reason"] if State.UNKNOWN in states else []),
        *(["– looked for, not there"] if State.NONE in states else []),
    ]


def _rows(report: Report) -> Iterator[Row]:
    for at, result in enumerate(report.results):
        seen = sorted(
            (each for each in result.features if each.state is State.KNOWN), key=_for_readers
        )
        rows = [_cells(report, result, feature) for feature in seen]
        rows += _not_seen(report, result)
        for place, cells in enumerate(rows):
            yield Row(ruled(cells) if place == 0 and at else cells, 16.5)


def _for_readers(feature: Feature) -> tuple[bool, bool]:
    """What readers use comes first, the technique behind the site last."""
    return (feature.feature in TECHNICAL, not feature.activity)


def _not_seen(report: Report, result: CompanyResult) -> Iterator[list[Cell | None]]:
    """One row for what is not there, and one for each reason why something is not known."""
    groups: dict[str, list[Feature]] = {}
    for feature in result.features:
        if feature.state is not State.KNOWN:
            groups.setdefault(feature.reason or "", []).append(feature)
    for features in groups.values():
        reason = features[0].reason
        named = ", ".join(report.names.feature(each.feature).lower() for each in features)
        blank = Cell(None, BODY)
        yield [
            text(result.company.name, name_style(report, result.company.name)),
            unknown(Unknown(reason=reason), _LEFT) if reason else none(_LEFT),
            text(capital(named), varied(SMALL, color=MUTED)),
            *[blank] * 7,
        ]


def _activity(feature: Feature) -> str:
    """What goes on there; else why no more could be read."""
    return activity_words(feature.activity) or feature.detail


def _cells(report: Report, result: CompanyResult, feature: Feature) -> list[Cell | None]:
    name = result.company.name
    head: list[Cell | None] = [
        text(name, name_style(report, name)),
        text(report.names.feature(feature.feature), varied(BODY, bold=True)),
    ]
    proof = report.evidence.ids(feature.evidence)
    return [
        *head,
        text(feature.vendor, BODY),
        text(feature.direction, varied(BODY, bold=feature.direction is Usage.SUPPLIES)),
        text(_activity(feature), SMALL if feature.activity else varied(SMALL, color=MUTED)),
        text(feature.certainty, varied(SMALL, color=MUTED)),
        address(feature.url),
        Cell(feature.seen_on, _COUNT),
        Cell(rounded(float(feature.confidence), Unit.SHARE), _SHARE),
        words_right(proof[0] if proof else "", LINK, link=report.proof(feature.evidence)),
    ]


SHEET = Sheet(name="Site features", order=50, draw=draw)
