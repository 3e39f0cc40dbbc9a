"""Slides with the first rows of a sheet, and topics with the widest gaps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.measure.themes.gaps import Share, TopicGap
from audit.model.metric import Unit
from audit.model.rounding import rounded
from audit.model.value import Evidence, Unknown
from reports.formats.pptx.slides import (
    MOST_PROOFS,
    Slide,
    SlideBars,
    SlideChart,
    SlideGrid,
    SlideProof,
    SlideRole,
    proof_of,
    read_on,
    shortened,
)
from reports.plain import plain_text
from reports.report import Report
from reports.tables import Row, Table, ToProof
from reports.telling import text_of

_MOST_ROWS = 6
_MOST_TOPICS = 5
_TOPIC, _WORDS = 40, 120
"""Letters of a topic's name, and of a cell of a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which columns of a sheet stand on its slide, each with the room it needs beside the others.

    One that the sheet does not have is left out.
    """

    sheet: str
    heads: Mapping[str, float]


def topics(report: Report, table: Table) -> Slide:
    """Return the topics with the widest gaps: our share of posts beside all competitors' share."""
    told = [gap for gap in report.topic_gaps if not gap.alone][:_MOST_TOPICS]
    others = "All competitors" if report.own else "All companies"
    shares = tuple(_share(gap.others) for gap in told)
    bars = [SlideBars(title=others, values=shares, role=SlideRole.OTHERS)]
    if report.own:
        ours = tuple(_share(gap.own) for gap in told)
        bars.insert(0, SlideBars(title=report.own, values=ours, role=SlideRole.OWN))
    chart = SlideChart(
        about="Share of posts on a topic",
        categories=tuple(shortened(gap.topic.name, _TOPIC) for gap in told),
        bars=tuple(bars),
        unit=Unit.SHARE,
        key=tuple((each.role, each.title) for each in bars),
    )
    return Slide(
        title=text_of(table.finding),
        chart=chart if told else None,
        small=("Share of the posts of the period; a post may be on two topics",),
        notes=(*(_topic_words(report, gap) for gap in told), *read_on("Topics")),
        proofs=_topic_proofs(report, told),
    )


def listed(report: Report, table: Table, wanted: Wanted) -> Slide:
    """Return a slide with the first rows of a sheet, and all of them in the notes."""
    rows = list(table.rows)
    titles = [column.title for column in table.columns]
    places = [titles.index(head) for head in wanted.heads if head in titles]
    shown = [tuple(_entry(report, table, row, at) for at in places) for row in rows]
    first, rest = shown[:_MOST_ROWS], len(shown) - _MOST_ROWS
    return Slide(
        title=text_of(table.finding),
        grid=SlideGrid(
            heads=tuple(titles[at] for at in places),
            rows=tuple(tuple(shortened(each, _WORDS) for each in row) for row in first),
            widths=tuple(wanted.heads[titles[at]] for at in places),
        ),
        small=(f"{rest} more on sheet {wanted.sheet} of the workbook",) if rest > 0 else (),
        notes=(*("; ".join(filter(None, row)) for row in shown), *read_on(wanted.sheet)),
        proofs=_row_proofs(report, rows, shown),
    )


def _entry(report: Report, table: Table, row: Row, at: int) -> str:
    """Return the text of a cell."""
    return plain_text(row.cells[at], table.columns[at], report)


def _row_proofs(
    report: Report, rows: Sequence[Row], shown: Sequence[tuple[str, ...]]
) -> tuple[SlideProof, ...]:
    """Return the proof of each row that has one."""
    targets = [
        next((cell.to for cell in row.cells if isinstance(cell.to, ToProof)), None) for row in rows
    ]
    wanted = {target.id for target in targets if target is not None}
    by_id = {row.id: row.evidence for row in report.evidence.rows() if row.id in wanted}
    proofs = []
    for target, words in zip(targets, shown, strict=True):
        if target is not None and target.id in by_id:
            about = ": ".join(filter(None, words[:2]))
            proofs.append(proof_of(report, about, by_id[target.id]))
    return tuple(proofs[:MOST_PROOFS])


def _share(share: Share | None) -> float | None:
    """Return a share as all sheets show it; None where it is not known."""
    return rounded(share.value, Unit.SHARE) if share is not None and share.of else None


def _topic_words(report: Report, gap: TopicGap) -> str:
    """Return the shares of a topic in words."""
    others = "all competitors" if report.own else "all companies"
    ours = f"; ours {gap.own.posts} of {gap.own.of}" if gap.own is not None else ""
    return f"{gap.topic.name}: {gap.others.posts} of {gap.others.of} posts of {others}{ours}"


def _topic_proofs(report: Report, told: Sequence[TopicGap]) -> tuple[SlideProof, ...]:
    """Return an example of each topic: a post of a competitor's, else of ours."""
    proofs = []
    for gap in told:
        example = next(_examples(report, gap.topic.name), None)
        if example is not None:
            proofs.append(proof_of(report, gap.topic.name, example))
    return tuple(proofs)


def _examples(report: Report, topic: str) -> Iterator[Evidence]:
    """Give posts on a topic, those of competitors first."""
    for result in (*report.rivals, *(each for each in report.results if each.company.own)):
        if isinstance(result.topics, Unknown):
            continue
        for count in result.topics.counts:
            if count.topic.name == topic:
                yield from count.examples
