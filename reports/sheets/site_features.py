"""Sheet Site features: what each site uses and supplies, by which vendor, seen where."""

from collections.abc import Iterator, Sequence

from audit.model.catalogue import Direction
from audit.model.metric import Unit
from audit.model.presence import Feature, State
from audit.model.result import CompanyResult
from audit.model.value import Unknown
from reports.cells import Cell, Run, address, linkable, none, text, unknown
from reports.findings import features_of
from reports.look import BODY, LINK, MUTED, NUMBER, SMALL, varied
from reports.sheets._base import Column, Page, Report, Row, Sheet, Table, name_style, ruled
from reports.words import capital, counted, listed, rounded

_COUNT = varied(NUMBER, format="#,##0_0")
_SHARE = varied(NUMBER, format="0%_0")
_PROOF = varied(LINK, align="right", indent=0, format="General_0;-General_0;General_0;@_0")
_ORDER = {State.KNOWN: 0, State.UNKNOWN: 1, State.NONE: 2}


def draw(report: Report) -> Page:
    """Draw the sheet."""
    features = [each for result in report.results for each in result.features]
    table = Table(
        title="What each site offers, and with which tools",
        finding=_finding(report),
        key=_key(features),
        columns=(
            Column(title="Company", width=18),
            Column(title="Feature", width=18),
            Column(title="Vendor", width=20),
            Column(title="Uses or supplies", width=10),
            Column(title="Activity", width=30),
            Column(title="Address", width=44),
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
    counts = sorted(((len(features_of(each)), each.company.name) for each in report.results),
                    reverse=True)  # fmt: skip
    if not counts or not counts[0][0]:
        return (("No site feature was found.", False),)
    names = [name for count, name in counts if count == counts[0][0]]
    runs: list[Run] = [
        (f"{listed(names)} {'offers' if len(names) == 1 else 'offer'} most: ", False),
        (counted(counts[0][0], "feature"), True),
    ]
    own = next((count for count, name in counts if name == report.own), None)
    if own is not None and report.own not in names:
        runs += [("; we offer ", False), (counted(own, "feature"), True)]
    suppliers = [
        each.company.name for each in report.results if features_of(each, Direction.SUPPLIES)
    ]
    if suppliers:
        runs += [(f". Tools for others' sites come from {listed(suppliers)}", False)]
    return (*runs, (".", False))


def _key(features: Sequence[Feature]) -> list[str]:
    states = {each.state for each in features}
    return [
        "supplies: a tool that the company offers for others' sites",
        *(["? unknown, with the reason"] if State.UNKNOWN in states else []),
        *(["– looked for, not there"] if State.NONE in states else []),
    ]


def _rows(report: Report) -> Iterator[Row]:
    for at, result in enumerate(report.results):
        ordered = sorted(result.features, key=lambda each: (_ORDER[each.state], each.feature))
        for place, feature in enumerate(ordered):
            before = ordered[place - 1].state if place else None
            noted = feature.state is not before
            cells = _cells(report, result, feature, noted=noted)
            yield Row(ruled(cells) if place == 0 and at else cells, 16.5)


def _cells(
    report: Report, result: CompanyResult, feature: Feature, *, noted: bool
) -> list[Cell | None]:
    name = result.company.name
    head: list[Cell | None] = [
        text(name, name_style(report, name)),
        text(report.names.feature(feature.feature), varied(BODY, bold=True)),
    ]
    left = varied(NUMBER, align="left", indent=1)
    if feature.state is State.NONE or feature.reason is not None:
        value = Unknown(reason=feature.reason) if feature.reason is not None else None
        cell = unknown(value, left, noted=noted) if value is not None else none(left)
        told = text(capital(feature.detail), varied(SMALL, color=MUTED))
        return [*head, cell, Cell(None, BODY), told, *[Cell(None, BODY)] * 4]
    proof = report.evidence.ids(feature.evidence)
    return [
        *head,
        text(feature.vendor, BODY),
        text(feature.direction, varied(BODY, bold=feature.direction is Direction.SUPPLIES)),
        text(feature.detail, varied(SMALL, color=MUTED)),
        address(feature.url, LINK if linkable(feature.url) else SMALL),
        Cell(feature.seen_on, _COUNT),
        Cell(rounded(float(feature.confidence), Unit.SHARE), _SHARE),
        text(proof[0] if proof else "", _PROOF, link=report.proof(feature.evidence)),
    ]


SHEET = Sheet(name="Site features", order=50, draw=draw)
