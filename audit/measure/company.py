"""From what a visit brought home to one company's result: cadence, posts, measures."""

from collections.abc import Iterable, Sequence

from audit.measure.cadence import cadence
from audit.model.catalogue import Direction
from audit.model.company import Company
from audit.model.metric import METRICS
from audit.model.presence import SECTIONS, TECHNICAL, Feature, Note, State, Visit
from audit.model.result import Cadence, CompanyResult, Measure, Window
from audit.model.value import Absent, Evidence, Known, Number, Qualifier, Reason, Unknown

_PROOFS = 5


def measure(company: Company, visit: Visit, window: Window) -> CompanyResult:
    """Measure everything that this version knows about one company."""
    rows = tuple(cadence(section, window) for section in visit.sections)
    values = _values(visit, rows)
    values["completeness"] = _completeness(values)
    return CompanyResult(
        company=company,
        channels=visit.channels,
        features=visit.features,
        posts=tuple(post for section in visit.sections for post in section.posts),
        cadence=rows,
        measures=tuple(Measure(metric=each.id, value=values[each.id]) for each in METRICS),
        languages=visit.languages,
        robots=visit.robots,
        notes=(*visit.notes, *_notes(visit)),
        fetched=visit.fetched,
    )


def _values(visit: Visit, rows: Sequence[Cadence]) -> dict[str, Number]:
    if isinstance(visit.start, Unknown):
        return {metric.id: visit.start for metric in METRICS}
    proof = visit.start.evidence
    values: dict[str, Number] = {
        "presence.features": _kinds(visit.features, Direction.USES, proof),
        "presence.supplied": _kinds(visit.features, Direction.SUPPLIES, proof),
        "presence.channels": _channels(visit, proof),
        "presence.candidates": _candidates(visit, proof),
        "presence.languages": Known(value=len(visit.languages), evidence=proof),
        "site.posts_per_week": _together([row for row in rows if row.channel in SECTIONS], proof),
    }
    for name in SECTIONS:
        values |= _section(name, [row for row in rows if row.channel == name], proof)
    return _unless_drawn(values, visit)


def _unless_drawn(values: dict[str, Number], visit: Visit) -> dict[str, Number]:
    """Where scripts draw the page, what its HTML does not show is unknown, not zero or absent."""
    drawn = next((note for note in visit.notes if note.reason is Reason.BROWSER), None)
    if drawn is None:
        return values
    unknown = Unknown(reason=drawn.reason, detail=drawn.detail)
    return {
        name: value if isinstance(value, Known) and value.value else unknown
        for name, value in values.items()
    }


def _kinds(
    features: Iterable[Feature], direction: Direction, proof: tuple[Evidence, ...]
) -> Number:
    seen = [
        each
        for each in features
        if each.state is State.KNOWN
        and each.direction is direction
        and each.feature not in TECHNICAL
    ]
    evidence = tuple(each for feature in seen for each in feature.evidence[:1])[:_PROOFS]
    return Known(value=len({each.feature for each in seen}), evidence=evidence or proof)


def _channels(visit: Visit, proof: tuple[Evidence, ...]) -> Number:
    own = [each for each in visit.channels if not each.candidate]
    evidence = tuple(each for channel in own for each in channel.evidence[:1])[:_PROOFS]
    return Known(value=len({each.platform for each in own}), evidence=evidence or proof)


def _candidates(visit: Visit, proof: tuple[Evidence, ...]) -> Number:
    maybe = [each for each in visit.channels if each.candidate]
    evidence = tuple(each for channel in maybe for each in channel.evidence[:1])[:_PROOFS]
    return Known(value=len(maybe), evidence=evidence or proof)


def _section(name: str, rows: Sequence[Cadence], proof: tuple[Evidence, ...]) -> dict[str, Number]:
    """The measures of one kind of section; absent where a look at the site found none."""
    fields = ("posts", "posts_per_week", "recency_days", "longest_gap_days", "weeks_with_post")
    if not rows:
        return {
            f"{name}.{field}": Absent(evidence=proof, detail=f"no {name} found") for field in fields
        }
    row = rows[0]
    return {
        f"{name}.posts": row.posts,
        f"{name}.posts_per_week": row.posts_per_week,
        f"{name}.recency_days": row.recency_days,
        f"{name}.longest_gap_days": row.longest_gap_days,
        f"{name}.weeks_with_post": row.weeks_with_post,
    }


def _together(rows: Sequence[Cadence], proof: tuple[Evidence, ...]) -> Number:
    """Posts a week over all sections; at least that where one of them could not be read."""
    if not rows:
        return Absent(evidence=proof, detail="no blog, news or podcast found")
    total, known, evidence = 0.0, 0, list[Evidence]()
    cut = False
    for row in rows:
        match row.posts_per_week:
            case Known(value=rate, evidence=seen, qualifiers=marks):
                total += rate
                known += 1
                evidence += seen[:2]
                cut = cut or Qualifier.TRUNCATED in marks
            case Absent():
                known += 1
            case Unknown():
                cut = True
    if known == 0:
        first = rows[0].posts_per_week
        return first if isinstance(first, Unknown) else Unknown(reason=Reason.TOO_LITTLE_DATA)
    marks = (Qualifier.TRUNCATED,) if cut else ()
    return Known(value=total, evidence=tuple(evidence)[:_PROOFS] or proof, qualifiers=marks)


def _completeness(values: dict[str, Number]) -> Number:
    """Known or absent values ÷ all values."""
    read = [value for value in values.values() if not isinstance(value, Unknown)]
    evidence = next((value.evidence for value in read if value.evidence), ())
    return Known(value=len(read) / len(values), evidence=evidence)


def _notes(visit: Visit) -> list[Note]:
    """What could not be measured, in words, with what would help."""
    notes = [
        Note(
            what=section.channel,
            reason=section.unreadable.reason,
            detail=f"{section.url}: {section.unreadable.detail}",
            help=_HELP.get(section.unreadable.reason, "open the address and look"),
        )
        for section in visit.sections
        if section.unreadable is not None
    ]
    unread = [each for each in visit.channels if not each.candidate]
    notes += [
        Note(
            what=f"channel.{each.platform}",
            reason=Reason.NOT_CHECKED,
            detail=f"{each.url}: {each.detail}",
            help="open the profile and look; this version does not read profiles",
        )
        for each in unread
    ]
    return notes


_HELP = {
    Reason.ROBOTS: "the site asks robots to stay away; look by hand",
    Reason.BUDGET: "raise settings.max_pages_per_site",
    Reason.NOT_CHECKED: "raise settings.max_pages_per_site",
    Reason.HTTP_404: "the site links to a page that is gone",
    Reason.TIMEOUT: "run again, or raise settings.timeout_seconds",
}
