"""From what a visit brought home to one company's result: cadence, posts, measures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from audit.measure.cadence import cadence
from audit.measure.channels import broken, of_platforms, together
from audit.measure.channels import notes as channel_notes
from audit.measure.followed import followed
from audit.measure.manual import channels_with_manual, manual_notes, with_manual
from audit.model.catalogue import Usage
from audit.model.channel import Promise
from audit.model.company import Company
from audit.model.metric import BY_ID, METRICS
from audit.model.result import Cadence, CompanyResult, Measure, Window
from audit.model.site import SECTIONS, TECHNICAL, Feature, State
from audit.model.value import Absent, Evidence, Known, Number, Qualifier, Reason, Unknown
from audit.model.visit import Note, Visit

_PROOFS = 5


def measure(
    company: Company, visit: Visit, window: Window, earlier: CompanyResult | None = None
) -> CompanyResult:
    """Measure everything that this version knows about one company.

    `earlier` is what the run before knew: it tells what is new, renamed or no longer readable.
    """
    seen = followed(visit.channels, earlier, window.as_of)
    visit = replace(visit, channels=channels_with_manual(seen, company))
    rows = tuple(cadence(section, window) for section in visit.sections)
    values = with_manual(_values(visit, rows), company)
    values["completeness"] = _completeness(values)
    return CompanyResult(
        company=company,
        channels=visit.channels,
        features=visit.features,
        posts=tuple(post for section in visit.sections for post in section.posts),
        cadence=rows,
        measures=tuple(Measure(metric=name, value=values[name]) for name in _in_order(values)),
        languages=visit.languages,
        robots=visit.robots,
        notes=(*visit.notes, *_notes(visit, company)),
        fetched=visit.fetched,
        audiences=visit.audiences,
    )


def _in_order(values: Mapping[str, Number]) -> list[str]:
    """The metrics that every company has, then those of its platforms."""
    fixed = [metric.id for metric in METRICS]
    return [*fixed, *(name for name in values if name not in BY_ID)]


def _values(visit: Visit, rows: Sequence[Cadence]) -> dict[str, Number]:
    if isinstance(visit.start, Unknown):
        return {metric.id: visit.start for metric in METRICS}
    proof = visit.start.evidence
    values: dict[str, Number] = {
        "presence.features": _kinds(visit.features, Usage.USES, proof),
        "presence.supplied": _kinds(visit.features, Usage.SUPPLIES, proof),
        "presence.channels": _channels(visit, proof),
        "presence.candidates": _candidates(visit, proof),
        "presence.broken": broken(visit.channels, proof),
        "presence.languages": Known(value=len(visit.languages), evidence=proof),
        "site.posts_per_week": _together([row for row in rows if row.channel in SECTIONS], proof),
    }
    for name in SECTIONS:
        values |= _section(name, [row for row in rows if row.channel == name], proof)
    values = _unless_drawn(values | together(visit.channels, rows, proof), visit)
    return values | of_platforms(visit.channels, rows)


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


def _kinds(features: Iterable[Feature], direction: Usage, proof: tuple[Evidence, ...]) -> Number:
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
    own = [
        each for each in visit.channels if not each.candidate and Promise.DEAD not in each.promises
    ]
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


def _notes(visit: Visit, company: Company) -> list[Note]:
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
    return [*notes, *channel_notes(visit.channels), *manual_notes(company)]


_HELP = {
    Reason.ROBOTS: "the site asks robots to stay away; look by hand",
    Reason.BUDGET: "raise settings.max_pages_per_site",
    Reason.NOT_CHECKED: "raise settings.max_pages_per_site",
    Reason.HTTP_404: "the site links to a page that is gone",
    Reason.TIMEOUT: "run again, or raise settings.timeout_seconds",
}
