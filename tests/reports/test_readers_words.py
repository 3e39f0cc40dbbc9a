"""No code of a reason and no word of the workshop reaches the sheets that managers read."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import pytest
from selectolax.lexbor import LexborHTMLParser

from audit.model.value import Reason, Unknown
from reports.formats.html.page import page
from reports.plain import plain_text
from reports.report import Report
from reports.sheets import sheets
from reports.tables import Block, Table
from tests.reports import workbook_example as example
from tests.reports.advice_example import Given, report_of, report_on
from tests.reports.past_example import past

READ = ("Summary", "Actions", "Comparison", "Channels", "Profiles")
SHEETS = {sheet.name: sheet for sheet in sheets()}
RAW = ("Coverage", "Evidence", "Data", "Posts", "Method")
"""Sheets to look things up in, which give the codes of reasons beside their words."""

THEIRS = ("Handle", "Address", "KPI")
"""Columns that hold what others have written, or the person who made the list."""

CODES = [reason.value for reason in Reason]
HYPHENED = re.compile("|".join(re.escape(code) for code in CODES if "-" in code))
ALONE = re.compile(rf"(?:\? |^)(?:{'|'.join(map(re.escape, CODES))})$")
TERMS = re.compile(
    r"broken promise|could be read|completeness|candidate|suppl(?:y|ies|ied)|tag present|own site|"
    r"\bsite features?|^network$|\brecords?\b|\brules?\b|excerpt|\bwindow|truncated|cut[ -]off|"
    r"longest (?:silence|gap)|\bcadence",
    re.IGNORECASE,
)
SHEET_NAMES = re.compile(r"\b(?:Site features|Cadence)\b")
"""The sheets that keep the names of what they were called."""

_METRICS = (
    *("site.posts_per_week", "all.posts_per_week", "channels.posts_per_week", "channels.active"),
    *("presence.features", "presence.broken", "engagement.per_post", "site.recency_days"),
    *("channel.linkedin.followers", "channel.linkedin.posts_per_week"),
)


def drawn(report: Report, names: Sequence[str] = READ) -> Iterator[tuple[str, str]]:
    """All words of the sheets that are read, with the name of the sheet."""
    for name in names:
        if SHEETS[name].wanted(report):
            table = SHEETS[name].draw(report)
            heads = (table.title, table.warning, table.strip, *table.key)
            sentence = "".join(piece for piece, _ in table.finding)
            charts = [
                text
                for chart in table.charts
                for text in (chart.name, chart.title, *chart.notes, *chart.categories)
            ]
            legends = [each.legend for chart in table.charts for each in chart.series]
            blocks: list[Table | Block] = [table, *table.blocks]
            cells = [text for block in blocks for text in _texts(block, report)]
            for text in (*heads, sentence, *charts, *legends, *cells):
                yield name, text


def _texts(block: Table | Block, report: Report) -> Iterator[str]:
    """The texts of a table or a block: its title, its heads, its cells, but for others' words."""
    yield block.title
    yield from (column.title for column in block.columns)
    for row in block.rows:
        for cell, column in zip(row.cells, block.columns, strict=True):
            if column.title not in THEIRS:
                yield plain_text(cell, column, report)


def unread(reasons: Sequence[Reason]) -> Report:
    """Our own company, which was read, and others of which each was not for another reason."""
    known = Given(on=("linkedin", "youtube"), features=("blog",))
    given = [
        Given(
            figures={name: Unknown(reason=reason) for name in ("presence.channels", *_METRICS)},
            unread=True,
        )
        for reason in reasons
    ]
    return report_on(known, *given)


def unopened(reasons: Sequence[Reason]) -> Report:
    """Companies that were read, of whose profiles and figures nothing is known."""
    given = [
        Given(on=("linkedin",), figures={name: Unknown(reason=reason) for name in _METRICS})
        for reason in reasons
    ]
    report = report_on(Given(on=("linkedin",)), *given)
    own, *others = report.results
    return report_of(
        [
            own,
            *(
                replace(
                    each,
                    channels=tuple(
                        replace(one, profile=Unknown(reason=reason), newest_post=lost)
                        for one in each.channels
                        for lost in [Unknown(reason=reason)]
                    ),
                )
                for each, reason in zip(others, reasons, strict=True)
            ),
        ]
    )


def whole(*, own: bool) -> Report:
    """The shared example, with a run before."""
    shot = example.snapshot(own=own)
    return Report(shot, example.compared(shot), past(shot) if own else Report(shot, ()).past)


SOME = [list(Reason)[at : at + 7] for at in range(0, len(Reason), 7)]
REPORTS: Sequence[Callable[[], Report]] = [
    *(partial(unread, some) for some in SOME),
    *(partial(unopened, some) for some in SOME),
    partial(whole, own=True),
    partial(whole, own=False),
]


def faults(words: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """What of the words a manager would ask about."""
    told = [(name, SHEET_NAMES.sub("", text)) for name, text in words]
    return [
        (name, text)
        for name, text in told
        if HYPHENED.search(text) or ALONE.search(text) or TERMS.search(text)
    ]


@pytest.mark.parametrize("at", range(len(REPORTS)))
def test_no_code_and_no_word_of_the_workshop_reaches_what_managers_read(at: int) -> None:
    words = list(drawn(REPORTS[at]()))
    assert len(words) > 100
    assert faults(iter(words)) == []


@pytest.mark.parametrize("at", range(len(REPORTS)))
def test_no_code_reaches_a_sheet_for_people_or_the_page(at: int) -> None:
    report = with_unread_section(REPORTS[at]())
    words = list(drawn(report, [name for name in SHEETS if name not in RAW]))
    words += [("page", text) for text in readable(page(report))]
    assert [(name, text) for name, text in words if coded(text)] == []
    assert coded("http-404: HTTP 404")


def with_unread_section(report: Report) -> Report:
    """The report with a blog of which its feature says, with a code, why nothing of it is known."""
    first, *others = report.results
    proof = first.features[0].evidence if first.features else ()
    unread = replace(
        example.company_result("x", features=(("forum", ""),)).features[0],
        activity=(),
        detail="robots-unreachable: robots.txt of https://forum.example did not answer",
        evidence=proof,
    )
    return report_of([replace(first, features=(*first.features, unread)), *others])


def readable(html: str) -> Iterator[str]:
    """What the page shows, piece by piece, and what it says under a pointer."""
    tree = LexborHTMLParser(html)
    for node in tree.css("script, style"):
        node.decompose()
    yield from (node.attributes.get("title") or "" for node in tree.css("[title]"))
    body = tree.body
    assert body is not None
    yield from body.text(separator="\n").splitlines()


def coded(text: str) -> bool:
    """Tell whether a text shows the code of a reason."""
    return bool(HYPHENED.search(text) or ALONE.search(text))


def test_the_check_can_fail() -> None:
    wrong = ["? robots", "dns", "It is needs-key here", "Broken promises", "Network", "own site"]
    assert len(faults(iter([("Summary", text) for text in wrong]))) == len(wrong)
    right = ["asks robots to stay away", "? not public", "Social network", "see Cadence"]
    assert faults(iter([("Summary", text) for text in right])) == []


def test_a_company_that_could_not_be_read_says_why_once() -> None:
    report = unread([Reason.ROBOTS, Reason.DNS])
    for name in ("Channels", "Comparison"):
        table = SHEETS[name].draw(report)
        rows = list(table.rows)
        for company, words in (("Borealis", "? robots barred"), ("Corvid", "? no such address")):
            at = [column.title for column in table.columns].index(company)
            told = [plain_text(row.cells[at], table.columns[at], report) for row in rows]
            assert [text for text in told if text] == [words], name
            first = next(row.cells[at] for row in rows if row.cells[at].value is not None)
            assert first.noted


def test_a_proved_profile_is_there_with_what_is_known_and_a_quiet_mark() -> None:
    report = unopened([Reason.LOGIN_WALL])
    table = SHEETS["Channels"].draw(report)
    row = next(row for row in table.rows if row.cells[1].value == "LinkedIn")
    assert plain_text(row.cells[3], table.columns[3], report) == "there ?"
    assert row.cells[3].unseen == Unknown(reason=Reason.LOGIN_WALL)


def test_what_is_known_of_no_company_is_left_out_and_said_once() -> None:
    report = unopened([Reason.ROBOTS, Reason.ROBOTS])
    table = SHEETS["Comparison"].draw(report)
    titles = [row.cells[1].value for row in table.rows]
    assert "Interactions a post" not in titles
    assert any(line.startswith("left out, not known of any: ") for line in table.key)


def test_two_companies_have_no_columns_of_a_median_nor_a_rank() -> None:
    report = report_on(Given(on=("x",)), Given(on=("x",)))
    table = SHEETS["Comparison"].draw(report)
    assert [column.title for column in table.columns] == [
        "Theme",
        "Measure",
        "Acme",
        "Borealis",
        "Read",
    ]
    assert "no median: fewer than three competitors known" in table.key
