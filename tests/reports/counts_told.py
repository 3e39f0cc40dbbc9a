"""One count, one source: what a workbook tells twice must be the same in both places."""

import re
from collections.abc import Iterator, Mapping

from audit.model.value import Absent, Known, Unknown
from reports.charts import SeriesKind
from reports.findings import IN_HALF
from reports.plain import plain_text
from reports.report import Report
from reports.sheets import sheets
from reports.sheets.channels import OTHER_CHANNEL
from reports.signs import Sign
from reports.tables import Block, Cell, Part, Row, Table, Tone
from reports.words import capital, counted

BOARD = {
    "Posts a week": "all.posts_per_week",
    "Longest pause, days": "all.longest_gap_days",
    "Channels there": "presence.channels",
    "Active channels": "channels.active",
    "Engagement rate": "engagement.per_thousand_followers",
    "Topics": "topics.covered",
    "Roles": "roles.invited",
    "Website features": "presence.features",
    "Total audience": "audience.total",
}
"""Columns of Summary, and the rows of Comparison that tell the same."""

TOTALS = {"Channels there": "presence.channels", "Active in 30 days": "channels.active"}
"""The last rows of Channels, likewise."""


PLATFORMS = ("Social network", OTHER_CHANNEL)
"""What the rows of profiles on Channels begin with."""


def check_counts(report: Report) -> None:
    """Compare every count of features, profiles and links that two sheets tell."""
    comparison = table(report, "Comparison")
    compared = {row.subject: _texts(report, comparison, row) for row in comparison.rows}
    board = table(report, "Summary").blocks[1]
    for row in board.rows:
        if row.subject and not isinstance(report.value(row.subject, "presence.channels"), Unknown):
            cells = _texts(report, board, row)
            for title, metric in BOARD.items():
                on_comparison = compared.get(metric, {}).get(row.subject, "")
                there = _plain(cells.get(title, "?"))
                assert _tell_the_same(there, _plain(on_comparison)), (row.subject, title)
    _check_lead(report, table(report, "Comparison"))
    _check_channels(report)
    _check_there(report)
    _check_profiles(report)
    _check_posts(report)
    _check_unread(report)
    _check_broken(report)
    _check_chart(report)


def _tell_the_same(board: str, comparison: str) -> bool:
    """Whether two cells show one figure; Comparison says once what is not known at all."""
    told = {text for text in (board, comparison) if text and not text.startswith("?")}
    return board == comparison or not told


def table(report: Report, name: str) -> Table:
    return next(sheet for sheet in sheets() if sheet.name == name).draw(report)


def _texts(report: Report, of: Table | Block, row: Row) -> Mapping[str, str]:
    """The cells of a row in plain text, by the titles of their columns."""
    return {
        column.title: plain_text(cell, column, report)
        for cell, column in zip(row.cells, of.columns, strict=True)
    }


def _plain(words: str) -> str:
    """A figure without the words that say how it compares, and that a pause goes on."""
    return re.sub(r"(^|\) )(best|last|still) ", r"\1", words)


def _counts(report: Report, metric: str) -> Iterator[tuple[str, int]]:
    """The companies of which a count is known."""
    for name in report.companies:
        value = report.value(name, metric)
        if isinstance(value, Known):
            yield name, int(value.value)


def _check_lead(report: Report, comparison: Table) -> None:
    """The sentence of Comparison counts the measures that bear our mark, and those with a rank."""
    sentence = "".join(piece for piece, _ in comparison.finding)
    found = re.match(r"Of (\d+) measures we lead in (none|\d+)", sentence)
    if found is None:
        return
    titles = [column.title for column in comparison.columns]
    rows = list(comparison.rows)
    own, rank = titles.index(report.own), titles.index("Our rank")
    best = sum(row.cells[own].mark is Sign.BEST for row in rows)
    ranked = sum(isinstance(row.cells[rank].value, Part) for row in rows)
    assert (int(found[1]), int(found[2].replace("none", "0"))) == (ranked, best), sentence


def _check_there(report: Report) -> None:
    """Who follows what is only there, and its quiet mark, are those of sheet Profiles."""
    matrix, profiles = table(report, "Channels"), table(report, "Profiles")
    titles = [column.title for column in profiles.columns]
    state, audience = titles.index("State"), titles.index("Audience")
    on_profiles = [
        (row.subject, row.cells[1].value, row.cells[state], row.cells[audience].value)
        for row in profiles.rows
    ]
    names = {name: at for at, name in enumerate(report.companies, 2)}
    for row in matrix.rows:
        for name, at in names.items():
            cell = row.cells[at]
            if row.cells[0].value in PLATFORMS and cell.mark is Sign.FOUND:
                its = [each for each in on_profiles if each[:2] == (name, row.cells[1].value)]
                assert any(state.mark is Sign.FOUND for *_, state, _ in its), name
                assert any(state.unseen == cell.unseen for *_, state, _ in its), name
                assert cell.value is None or cell.value in [value for *_, value in its], name


def _check_channels(report: Report) -> None:
    """The rows of Channels come to the totals below them."""
    matrix = table(report, "Channels")
    titles = [column.title for column in matrix.columns]
    rows = list(matrix.rows)
    networks = [row for row in rows if row.cells[0].value in PLATFORMS]
    totals = {f"{row.cells[0].value}": row for row in rows[-2:]}
    for title, metric in TOTALS.items():
        for name, count in _counts(report, metric):
            cells = [row.cells[titles.index(name)] for row in networks]
            wanted = _is_there if title == "Channels there" else _is_active
            assert sum(map(wanted, cells)) == count, (title, name)
            total = totals[title].cells[titles.index(name)].value
            assert isinstance(total, Known)
            assert total.value == count


def _is_there(cell: Cell) -> bool:
    """A cell of a profile that is theirs and there, whatever could be read of it."""
    nowhere = cell.mark is Sign.BROKEN and cell.value != "renamed"
    others = cell.mark in (Sign.CANDIDATE, Sign.LISTED)
    return not (nowhere or others or isinstance(cell.value, Absent))


def _is_active(cell: Cell) -> bool:
    return cell.mark is Sign.ACTIVE


def _check_profiles(report: Report) -> None:
    """Profiles speaks of as many of their own, and has as many candidates, as Comparison."""
    profiles = table(report, "Profiles")
    found = sum(count for _, count in _counts(report, "presence.channels"))
    twice = next((key for key in profiles.key if "count once" in key), "")
    if twice:
        assert twice.startswith(counted(found, "channel"))
    else:
        assert profiles.finding[0][0] == capital(counted(found, "profile"))
    at = [column.title for column in profiles.columns].index("State")
    rows = list(profiles.rows)
    for name, count in _counts(report, "presence.candidates"):
        states = [row.cells[at] for row in rows if row.subject == name]
        foreign = sum(cell.value == "not theirs" for cell in states)
        assert sum(cell.mark is Sign.CANDIDATE for cell in states) + foreign == count, name


def _check_posts(report: Report) -> None:
    """Posts says how many it has, and how many of them count in a figure."""
    posts = table(report, "Posts")
    at = [column.title for column in posts.columns].index("Left out")
    rows = list(posts.rows)
    left_out = sum(bool(row.cells[at].value) for row in rows)
    sentence = "".join(piece for piece, _ in posts.finding)
    assert sentence.startswith(f"{len(rows):,} {'post' if len(rows) == 1 else 'posts'} found; ")
    counted_ones = f"{len(rows) - left_out:,} fall" if left_out else "all fall"
    assert counted_ones in sentence


def _check_unread(report: Report) -> None:
    """Coverage counts the companies without any figure, and others that are marked incomplete."""
    coverage = table(report, "Coverage")
    sentence = "".join(piece for piece, _ in coverage.finding)
    marked = {row.subject for row in coverage.rows if row.cells[1].value == "incomplete"}
    lost = {
        name
        for name in report.companies
        if isinstance(report.value(name, "presence.channels"), Unknown)
    }
    partly = "website or more could not be read: " if IN_HALF in sentence else "read in full: "
    for names, words in ((lost, "missing from every figure: "), (marked - lost, partly)):
        numbers = {counted(len(names), "competitor"), counted(len(names), "company", "companies")}
        assert any(number in sentence.lower() for number in numbers) == bool(names)
        assert (words in sentence) == bool(names)
        assert sum(name in sentence for name in names) == min(len(names), 3)


def _check_broken(report: Report) -> None:
    """Channels speaks of as many broken links as Comparison counts."""
    total = sum(count for _, count in _counts(report, "presence.broken"))
    sentence = "".join(piece for piece, _ in table(report, "Channels").finding)
    head = f"{capital(counted(total, 'social link'))} "
    assert (head in sentence) is (total > 0)
    assert ("social link" in sentence) is (total > 0)


def _check_chart(report: Report) -> None:
    """The chart of Summary has as many active profiles as Cadence, and no more of any state."""
    charts = table(report, "Summary").charts
    chart = next(each for each in charts if each.name == "Public profiles by state")
    active = next(each.values for each in chart.series if each.kind is SeriesKind.ACTIVE)
    cadence = table(report, "Cadence")
    titles = [column.title for column in cadence.columns]
    rows = list(cadence.rows)
    platforms = {
        (result.company.name, report.names.platform(channel.platform))
        for result in report.results
        for channel in result.channels
        if channel.is_own
    }
    for name, drawn in zip(chart.categories, active, strict=True):
        if name not in report.companies:
            continue  # the typical competitor
        own = [row for row in rows if (name, row.cells[1].value) in platforms]
        on_sheet = [row for row in own if row.subject == name]
        states = [row.cells[titles.index("Status")] for row in on_sheet]
        assert sum(cell.mark is Sign.ACTIVE for cell in states) == (drawn or 0), name
        assert all(cell.tone is not Tone.ALERT for cell in states)
