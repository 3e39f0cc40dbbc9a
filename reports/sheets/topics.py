"""Sheet Topics: what each company writes about, and what competitors write about and we do not."""

from collections.abc import Sequence
from dataclasses import replace

from audit.measure.themes.gaps import Reading, Share, TopicGap, gaps
from audit.model.metric import Unit
from audit.model.result import MEDIAN_NEEDS, CompanyResult, TrendDirection
from audit.model.topics import CompanyTopics, TopicCount, TopicKind
from audit.model.value import Reason, Unknown
from reports.left_out import left_out
from reports.report import Report
from reports.sheets._base import Sheet
from reports.signs import Sign
from reports.tables import (
    Cell,
    Column,
    ColumnKind,
    Importance,
    Row,
    RowKind,
    Run,
    Sentence,
    Table,
    Tone,
)
from reports.words import capital, counted, figure, listed, with_day

_COLUMNS = (
    Column(title="Topic", kind=ColumnKind.TEXT, importance=Importance.KEY),
    Column(title="All competitors", kind=ColumnKind.FIGURE),
    Column(title="Our gap", kind=ColumnKind.FIGURE),
    Column(title="95% between", kind=ColumnKind.RANGE),
    Column(title="Reading"),
    Column(title="Trend, 90 days"),
    Column(title="Example", kind=ColumnKind.TEXT, importance=Importance.DETAIL),
)

_ONLY_FILLED = frozenset({"All competitors", "Our gap", "95% between", "Reading", "Trend, 90 days"})
"""Columns that are left out where no row has anything in them."""

_LEAST = MEDIAN_NEEDS
"""Competitors of which a share must be known before it is told of competitors in a sentence."""

_WRITERS, _TELLING = 2, 0.05
"""Companies that write about a topic, and its share of their posts, before it is told as theirs."""

_WRITES = 2
"""Posts on a topic from which on a company writes about it."""

_KINDS = {
    TopicKind.NAMED: "named by you",
    TopicKind.CATEGORY: "authors' category",
    TopicKind.DISCOVERED: "",
}


_OTHER_LANGUAGE = Unknown(
    reason=Reason.TOO_LITTLE_DATA, detail="writes in languages in which this topic is not known"
)


def draw(report: Report) -> Table:
    """Return the sheet: a row a topic, the widest gap first; a strip of all companies' shares."""
    found = gaps(report.results)
    read = [result for result in report.results if _is_read(result)]
    strip = [
        Column(
            title=result.company.name, kind=ColumnKind.FIGURE, strip=True, own=result.company.own
        )
        for result in read
    ]
    rows = [
        _row(report, read, gap, before) for gap, before in zip(found, [None, *found], strict=False)
    ]
    shown = _shown(rows)
    return Table(
        title="What they write about",
        finding=_finding(report, found),
        key=_key(report, found),
        columns=[*(_column(report, _COLUMNS[place]) for place in shown), *strip],
        rows=[_narrowed(row, shown) for row in [*rows, *_other(read)]],
        strip="Share of each company's own posts",
    )


def _is_read(result: CompanyResult) -> bool:
    """Tell whether a company has a column: it is ours, or a share of a topic of it is known."""
    return result.company.own or _is_known(result)


def _is_known(result: CompanyResult) -> bool:
    """Tell whether a share of a topic of a company is known."""
    topics = result.topics
    return not isinstance(topics, Unknown) and any(count.of for count in topics.counts)


def _column(report: Report, column: Column) -> Column:
    """Return a column, which speaks of companies where none of them is ours."""
    if report.own or column.title != "All competitors":
        return column
    return replace(column, title="All companies")


def _shown(rows: Sequence[Row]) -> list[int]:
    """Return the places of the columns that say something: an empty one is taken for a fault."""
    return [
        place
        for place, column in enumerate(_COLUMNS)
        if column.title not in _ONLY_FILLED
        or any(row.cells[place].value or row.cells[place].mark for row in rows)
    ]


def _narrowed(row: Row, shown: Sequence[int]) -> Row:
    """Return a row without the cells of the columns that are left out."""
    strip = row.cells[len(_COLUMNS) :]
    return replace(row, cells=[*(row.cells[place] for place in shown), *strip])


def _gap_in_words(report: Report, found: Sequence[TopicGap]) -> list[str]:
    """Return what a gap is; where an own company with competitors has none, why."""
    if any(gap.gap is not None for gap in found):
        return ["our gap: the share of all competitors' posts less ours"]
    if not report.own or not report.rivals:
        return []
    return ["no gap: in no language of a topic do we and two competitors write"]


def _finding(report: Report, found: Sequence[TopicGap]) -> Sentence:
    """Return the widest gap that is sure; else the topic of most of the competitors' posts.

    Only what is known of three companies at least is told: of a topic in a language in which one
    company writes there is nothing to compare. Nor is told what one competitor alone writes about,
    such as its own name.
    """
    told = [gap for gap in found if gap.rivals >= _LEAST and _is_common(gap)]
    behind = next((gap for gap in told if gap.reading is Reading.CATCH_UP), None)
    if behind is not None and behind.own is not None:
        return (
            ("Competitors write about ", False),
            (behind.topic.name, True),
            (f" in {_percent(behind.others)} of their posts, we in ", False),
            (_percent(behind.own), True),
            (".", False),
        )
    most = max(told, key=lambda gap: (gap.others.value, gap.topic.name), default=None)
    if most is None or not most.others.posts:
        return _most_of_one(report) or _shared(report, found)
    return (
        (f"{'Competitors' if report.own else 'Companies'} write most about ", False),
        (most.topic.name, True),
        (f", in {_percent(most.others)} of their posts", False),
        *_unread(report),
        (".", False),
    )


def _shared(report: Report, found: Sequence[TopicGap]) -> Sentence:
    """Return how many topics more than one company writes about, without one of most of them.

    A single post may be on a topic by a likeness of its words alone.
    """
    known = [result for result in report.results if _is_known(result)]
    if len(known) == _WRITERS:  # whose posts are on no topic at all shares none for that reason
        known = [each for each in known if any(_writes(each, gap) for gap in found)]
    read = [each.company.name for each in known]
    if len(read) == 1:
        return ((f"Topics are known of {read[0]} alone.", False),)
    writers = {
        gap.topic.name: sum(_writes(result, gap) for result in report.results) for gap in found
    }
    shared = [name for name, companies in writers.items() if companies > 1]
    if not shared:
        return ((_none_shared(read, of=len(report.results)), False),)
    most = max(shared, key=lambda name: writers[name])
    by = f"{counted(writers[most], 'company', 'companies')} with two posts or more each"
    if len(shared) == 1:
        return (("One topic is shared: ", False), (most, True), (f", by {by}.", False))
    return (
        (capital(counted(len(shared), "topic")), True),
        (" are shared, ", False),
        (most, True),
        (f" by most: {by}.", False),
    )


def _writes(result: CompanyResult, gap: TopicGap) -> bool:
    """Tell whether a company writes about a topic, by more than a single post."""
    count = _count(result, gap)
    return count is not None and count.posts >= _WRITES


def _none_shared(read: Sequence[str], *, of: int) -> str:
    """Return that no topic is shared, with the companies of which that could be told."""
    if len(read) == of:
        return "No topic is shared by two companies."
    if len(read) == _WRITERS:
        return f"Topics are known of {listed(read)} alone; they share none."
    return f"Of the {len(read)} companies whose topics are known, no two share one."


def _is_common(gap: TopicGap) -> bool:
    """Tell whether a topic is one of the companies, and not of one alone or of a few posts."""
    common = gap.writers >= _WRITERS and gap.writers * 2 >= gap.rivals
    return common and gap.others.value >= _TELLING


def _most_of_one(report: Report) -> Sentence:
    """Return what the only company of a set writes about most; empty where there are others."""
    (result, *others) = report.results
    if others or isinstance(result.topics, Unknown):
        return ()
    shares = [
        (count.posts / count.of, count.topic.name) for count in result.topics.counts if count.of
    ]
    share, name = max(shares, default=(0.0, ""))
    if not share:
        return ()
    who, whose = (
        ("We write", "our") if result.company.own else (f"{result.company.name} writes", "its")
    )
    return (
        (f"{who} most about ", False),
        (name, True),
        (f", in {figure(share, Unit.SHARE)} of {whose} posts.", False),
    )


def _unread(report: Report) -> tuple[Run, ...]:
    """Return whose posts are not known, as the end of a sentence."""
    names = [each.company.name for each in report.results if isinstance(each.topics, Unknown)]
    if not names:
        return ()
    return ((f"; the posts of {listed(names)} are not known", False),)


def _percent(share: Share) -> str:
    """Return a share in the digits of its cell."""
    return figure(share.value, Unit.SHARE)


def _key(report: Report, found: Sequence[TopicGap]) -> list[str]:
    """Return what a reader must know of shares and gaps."""
    known = [each.topics for each in report.results if isinstance(each.topics, CompanyTopics)]
    few = next((each.undiscovered for each in known if each.undiscovered is not None), None)
    told = [each for each in known if any(count.of for count in each.counts)]
    posts = sum(each.of for each in told or known)
    return [
        f"{counted(posts, 'post')} of the period looked at; a post may be on two topics, and say "
        "one in other words",
        *_gap_in_words(report, found),
        "darker is more",
        *([few.detail] if few is not None else []),
        *_left_out(report),
        *(["new: not in the last run"] if any(gap.topic.new for gap in found) else []),
        *_gone(known),
    ]


def _left_out(report: Report) -> list[str]:
    """Return whose posts are on none of the sheet's topics for us to see, said once."""
    names = [result.company.name for result in report.results if not _is_read(result)]
    return [f"left out, no share is known: {listed(names)}"] if names else []


def _gone(known: Sequence[CompanyTopics]) -> list[str]:
    """Return the topics of the run before that nobody writes about any more, and where they are."""
    gone = known[0].gone if known else ()
    faded = [each.name for each in gone if not each.into]
    moved = [f"{each.name} is now part of {each.into}" for each in gone if each.into]
    return [*([f"no more since the last run: {listed(faded)}"] if faded else []), *moved]


def _row(
    report: Report, read: Sequence[CompanyResult], gap: TopicGap, before: TopicGap | None
) -> Row:
    """Return the row of a topic; where the reading changes a new group begins."""
    counts = [_count(result, gap) for result in read]
    cells = [
        Cell(_title(gap), tone=Tone.STRONG),
        _all_competitors(gap),
        Cell(gap.gap, unit=Unit.SHARE) if gap.gap is not None else Cell(),
        Cell(_between(gap)),
        _reading(gap),
        _trend(gap),
        _example(report, read, counts),
        *(_share(report, result, count) for result, count in zip(read, counts, strict=True)),
    ]
    begins = before is not None and before.reading is not gap.reading
    return Row(cells, subject=gap.topic.name, begins=begins)


def _all_competitors(gap: TopicGap) -> Cell:
    """Return the share of all competitors' posts; of one alone, which the strip names, no share."""
    if gap.alone:
        return Cell("one alone", tone=Tone.REASON)
    return Cell(gap.others.value, unit=Unit.SHARE, tone=Tone.TYPICAL) if gap.others.of else Cell()


def _title(gap: TopicGap) -> str:
    """Return the name of a topic, with its language where that is not English, and its source."""
    topic = gap.topic
    language = topic.language if topic.language != "en" else ""
    parts = (language, _KINDS[topic.kind], "new" if topic.new else "")
    aside = ", ".join(filter(None, parts))
    return f"{topic.name} ({aside})" if aside else topic.name


def _between(gap: TopicGap) -> str:
    """Return the interval of a gap; empty where there is none."""
    if gap.interval is None:
        return ""
    # Rounded first, and 0 added: a bound of -0.004 is 0% and not -0%.
    return " – ".join(figure(round(end, 2) + 0.0, Unit.SHARE) for end in gap.interval)


def _reading(gap: TopicGap) -> Cell:
    """Return what a topic asks of us, in words."""
    if gap.reading is None:
        return Cell()
    strong = gap.reading in (Reading.CATCH_UP, Reading.OPEN_FIELD)
    return Cell(gap.reading.value, tone=Tone.STRONG if strong else Tone.ASIDE)


def _trend(gap: TopicGap) -> Cell:
    """Return whether a topic gains or loses over all companies; nothing where neither is sure."""
    if gap.trend is TrendDirection.STEADY:
        return Cell()
    mark = Sign.RISING if gap.trend is TrendDirection.RISING else Sign.FALLING
    return Cell(gap.trend.value, mark=mark)


def _count(result: CompanyResult, gap: TopicGap) -> TopicCount | None:
    """Return a company's count of a topic; None where its topics are not known."""
    if isinstance(result.topics, Unknown):
        return None
    return next(each for each in result.topics.counts if each.topic.name == gap.topic.name)


def _example(
    report: Report, read: Sequence[CompanyResult], counts: Sequence[TopicCount | None]
) -> Cell:
    """Return the newest post of the competitor with most posts on a topic, else of ours."""
    known = [
        (not result.company.own, count.posts, result.company.name, count)
        for result, count in zip(read, counts, strict=True)
        if count is not None and count.examples
    ]
    if not known:
        return Cell()
    *_, name, count = max(known, key=lambda each: each[:3])
    return Cell(f"{name}: {with_day(count.examples[0].excerpt)}", to=report.proof(count.examples))


def _share(report: Report, result: CompanyResult, count: TopicCount | None) -> Cell:
    """Return a company's share; where its posts are not known the reason, and never zero."""
    if count is None or isinstance(result.topics, Unknown):
        return Cell(result.topics if isinstance(result.topics, Unknown) else None, noted=False)
    if not count.of:
        return Cell(_OTHER_LANGUAGE)
    return Cell(count.posts / count.of, unit=Unit.SHARE, to=report.proof(count.examples))


def _other(read: Sequence[CompanyResult]) -> list[Row]:
    """Return the last row: which share of each company's posts is on no topic."""
    blank = [Cell()] * (len(_COLUMNS) - 1)
    cells = [_on_none(result) for result in read]
    return [Row([Cell("On no topic"), *blank, *cells], kind=RowKind.TOTAL, begins=True)]


def _on_none(result: CompanyResult) -> Cell:
    """Return which share of a company's posts is on no topic, or why that says nothing."""
    topics = result.topics
    if isinstance(topics, Unknown):
        return Cell(topics, noted=False)
    if topics.undiscovered is not None:
        return Cell(topics.undiscovered)
    return Cell(topics.other / topics.of, unit=Unit.SHARE)


def _is_wanted(report: Report) -> bool:
    """Tell whether any topic was found."""
    return "Topics" not in left_out(report)


SHEET = Sheet(
    name="Topics",
    order=67,
    draw=draw,
    wanted=_is_wanted,
    answers="What do they write about?",
)
