"""Sheet Site features: what each site uses and offers to others, by which vendor, seen where."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from audit.model.bounds import bound_of
from audit.model.catalogue import Usage
from audit.model.metric import Unit
from audit.model.result import CompanyResult
from audit.model.site import EMBEDDED_SERVICE, TECHNICAL, Certainty, Feature, State
from audit.model.value import Absent, Reason, Unknown
from reports.activity import activity_words
from reports.differences import Figure
from reports.findings import features_of
from reports.leaders import Headline, figures, most_told
from reports.report import Report
from reports.sheets._base import Sheet
from reports.signs import Legend, Sign, key_of
from reports.tables import (
    Cell,
    Column,
    ColumnKind,
    Importance,
    Row,
    RowKind,
    Sentence,
    Table,
    Tone,
    ToWeb,
)
from reports.words import capital, clause, counted, listed

_DOMAINS = 8
"""Domains of unknown services that one cell names; the results file has all of them."""

_FEATURES, _SUPPLIED = "presence.features", "presence.supplied"
_CODES = frozenset(Reason)

_FOR_WHOM: Mapping[Usage, str] = {
    Usage.USES: "uses on its site",
    Usage.SUPPLIES: "offers to others",
}
_SEEN: Mapping[Certainty, str] = {
    Certainty.POSSIBLE: "in the code, waits for consent",
    Certainty.TAG: "in the code",
    Certainty.LOADED: "running",
    Certainty.VISIBLE: "visible to visitors",
}

_COLUMNS = (
    Column(title="Company", kind=ColumnKind.COMPANY),
    Column(title="Feature", importance=Importance.KEY),
    Column(title="Vendor"),
    Column(title="For whom"),
    Column(title="Activity", importance=Importance.DETAIL),
    Column(title="How it was seen", importance=Importance.ASIDE),
    Column(title="Address", kind=ColumnKind.ADDRESS),
    Column(title="Pages seen on", kind=ColumnKind.FIGURE),
    Column(title="Sure", kind=ColumnKind.FIGURE),
    Column(title="Proof", kind=ColumnKind.PROOF),
)


def draw(report: Report) -> Table:
    """Return the sheet."""
    return Table(
        title="What each site offers, and with which tools",
        finding=_finding(report),
        key=_key([feature for result in report.results for feature in result.features]),
        columns=_COLUMNS,
        rows=list(_rows(report)),
    )


def _finding(report: Report) -> Sentence:
    """Return who offers most, how much we offer, and who supplies tools to others."""
    if not any(each.value for each in figures(report, _FEATURES).values()):
        return (("No website feature was found on what could be seen.", False),)
    headline = Headline(one="offers", many="offer", words=partial(_in_words, report))
    runs = most_told(report, _FEATURES, headline)
    suppliers = [
        result.company.name for result in report.results if features_of(result, Usage.SUPPLIES)
    ]
    if suppliers:
        one = len(suppliers) == 1
        seen = (
            ("was seen to offer" if one else "were seen to offer") if _may_be_more(report) else ""
        )
        verb = seen or ("offers" if one else "offer")
        runs += [
            (f". {listed(suppliers)} {verb} apps or tools to others{_not_told(report)}", False)
        ]
    return (*runs, (".", False))


def _not_told(report: Report) -> str:
    """Return of whom it is not known what they offer to others: of us, of others, of both."""
    unknown = [
        name for name in report.companies if isinstance(report.value(name, _SUPPLIED), Unknown)
    ]
    if not unknown:
        return ""
    others = len(unknown) - (report.own in unknown)
    who = ["us"] if report.own in unknown else []
    who += [counted(others, "other company", "other companies")] if others else []
    return f"; of {listed(who)} it could not be told"


def _may_be_more(report: Report) -> bool:
    """Tell whether others may offer something, too: of some it is not known, or not all of it."""
    values = (report.value(name, _SUPPLIED) for name in report.companies)
    return any(
        isinstance(value, Unknown)
        or (value is not None and bound_of(value, report.metric(_SUPPLIED)) is not None)
        for value in values
    )


def _in_words(report: Report, value: Figure) -> str:
    """Return how many features a site offers, and where more may be there that it is at least."""
    bound = bound_of(value, report.metric(_FEATURES))
    number = value.value
    # The middle of two numbers, as the tables show it.
    words = counted(int(number), "feature") if number == int(number) else f"{number:g} features"
    return f"{f'{bound} ' if bound else ''}{words}"


def _key(features: Sequence[Feature]) -> list[str]:
    """Return the key of the words and signs that occur."""
    states = {feature.state for feature in features}
    marks = {Sign.UNKNOWN} if State.UNKNOWN in states else set()
    if State.NONE in states:
        marks.add(Sign.ABSENT)
    return [
        "offers to others: what they can install or embed; a feed alone is not counted",
        "seen, from the least sure: in the code, running, visible to visitors",
        *key_of(marks, Legend.FIGURES),
    ]


def _rows(report: Report) -> Iterator[Row]:
    """Give the rows of all companies: what is there, then what is not."""
    for at, result in enumerate(report.results):
        name = result.company.name
        known = [feature for feature in result.features if feature.state is State.KNOWN]
        services = [feature for feature in known if feature.feature == EMBEDDED_SERVICE]
        rows = [
            (_cells(report, name, feature), RowKind.ENTRY)
            for feature in sorted(known, key=_for_readers)
            if feature not in services
        ]
        if services:
            rows.append((_of_services(report, name, services), RowKind.ENTRY))
        rows += [(cells, RowKind.NOT_THERE) for cells in _not_there(report, result)]
        for place, (cells, kind) in enumerate(rows):
            yield Row(cells, subject=name, kind=kind, begins=place == 0 and at > 0)


def _for_readers(feature: Feature) -> tuple[bool, bool]:
    """Return the place of a feature: what readers use comes first, technique last."""
    return (feature.feature in TECHNICAL, not feature.activity)


def _not_there(report: Report, result: CompanyResult) -> Iterator[list[Cell]]:
    """Give a row for what is not there, and one for each reason why something is not known."""
    groups: dict[str, list[Feature]] = {}
    for feature in result.features:
        if feature.state is not State.KNOWN:
            groups.setdefault(feature.reason or "", []).append(feature)
    for features in groups.values():
        reason = features[0].reason
        names = ", ".join(report.names.feature(each.feature).lower() for each in features)
        yield [
            Cell(result.company.name),
            Cell(Unknown(reason=reason) if reason else Absent()),
            Cell(capital(names), tone=Tone.ASIDE),
            *[Cell()] * (len(_COLUMNS) - 3),
        ]


def _cells(report: Report, company: str, feature: Feature, plural: str = "") -> list[Cell]:
    """Return the cells of a feature, or of several of its kind."""
    supplied = feature.direction is Usage.SUPPLIES
    proof = report.evidence.ids(feature.evidence)
    return [
        Cell(company),
        Cell(f"{report.names.feature(feature.feature)}{plural}"),
        Cell(feature.vendor),
        Cell(_FOR_WHOM[feature.direction], tone=Tone.STRONG if supplied else Tone.PLAIN),
        _activity(feature),
        Cell(_SEEN[feature.certainty]),
        Cell(feature.url, to=ToWeb(feature.url)),
        Cell(feature.seen_on),
        Cell(float(feature.confidence), unit=Unit.SHARE),
        Cell(proof[0] if proof else "", to=report.proof(feature.evidence)),
    ]


def _of_services(report: Report, company: str, services: Sequence[Feature]) -> list[Cell]:
    """Return the cells of all services that are known by their domain alone.

    A site with advertising may have dozens of them: a row each would bury what readers use.
    """
    often = sorted(services, key=lambda service: (-service.seen_on, service.vendor))
    domains = listed([service.vendor for service in often], _DOMAINS)
    told = replace(often[0], vendor=domains, detail="known by domain; what for is not shown")
    plural = "s" if len(services) > 1 else ""
    return _cells(report, company, told, plural)


def _activity(feature: Feature) -> Cell:
    """Return what goes on there; else, as an aside, why no more could be read."""
    words = activity_words(feature.activity) or _why_no_more(feature.detail)
    return Cell(words, tone=Tone.PLAIN if feature.activity else Tone.ASIDE)


def _why_no_more(detail: str) -> str:
    """Return a detail in words: one that opens with the code of a reason as that reason."""
    code, colon, rest = detail.partition(": ")
    return clause(Reason(code), rest) if colon and code in _CODES else detail


SHEET = Sheet(
    name="Site features", order=50, draw=draw, answers="What does each website offer its visitors?"
)
