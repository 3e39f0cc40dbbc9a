"""The page as a file: it says what the workbook says, in few bytes, and asks nobody for anything."""

import hashlib
import re
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from audit.model.value import Known, Reason, Unknown
from reports.actions import actions
from reports.formats.html import write_page
from reports.formats.html.page import page
from reports.formats.html.sections import sections
from reports.plain import spoken_text
from reports.report import Report
from reports.sheets import sheets
from reports.tables import Block, ColumnKind, RowKind, Table
from tests.reports import workbook_example as example
from tests.reports.formats.html.pages import (
    busy,
    parsed,
    report_of,
    rows,
    usual,
    usual_text,
    words,
)

HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]><!-- & &lt;b&gt;",
    "a\x00b\x0bc \ufffe",
    "\u202egnp.exe",
    "\ud800 lone",
)
OTHERS = ("شركة المضخات", "株式会社日立製作所ポンプ事業部", "Donaudampfschifffahrt" * 6)


@pytest.fixture(scope="module")
def tree() -> LexborHTMLParser:
    return parsed(usual_text())


def sheet(name: str, report: Report) -> Table:
    table = next(each for each in sheets() if each.name == name).draw(report)
    return replace(table, rows=list(table.rows))


def plain(table: Table | Block, report: Report) -> list[list[str]]:
    """The cells of a table as all formats have them, blanks as on the page."""
    return [
        [
            " ".join(spoken_text(cell, column, report).split())
            for cell, column in zip(row.cells, table.columns, strict=True)
        ]
        for row in table.rows
    ]


def scoreboard(report: Report) -> Block:
    """The block of the summary with figures of each company."""
    return next(
        each
        for each in sheet("Summary", report).blocks
        if each.columns[0].kind is ColumnKind.COMPANY
        and any(column.kind is ColumnKind.FIGURE for column in each.columns)
    )


def found(tree: LexborHTMLParser, selector: str) -> LexborNode:
    node = tree.css_first(selector)
    assert node is not None, selector
    return node


def test_the_scoreboard_has_the_figures_of_the_sheet(tree: LexborHTMLParser) -> None:
    assert rows(found(tree, "#summary table")) == plain(scoreboard(usual()), usual())


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Channels", "#channels table"),
        ("Comparison", "#measures table"),
        ("Cadence", "#activity details table"),
        ("Engagement", "#engagement table"),
        ("Changes", "#changes table"),
        ("Technographics", "#roles details table"),
    ],
)
def test_a_table_has_the_cells_of_its_sheet(tree: LexborHTMLParser, name: str, place: str) -> None:
    assert rows(found(tree, place)) == plain(sheet(name, usual()), usual())


def test_topics_have_the_shares_of_their_sheet(tree: LexborHTMLParser) -> None:
    cells = [sorted(row) for row in rows(found(tree, "#topics table"))]
    assert cells == [sorted(row) for row in plain(sheet("Topics", usual()), usual())]


def test_each_part_opens_with_the_finding_of_its_sheet(tree: LexborHTMLParser) -> None:
    for name, place in (("Cadence", "activity"), ("Channels", "channels"), ("Topics", "topics"),
                        ("Changes", "changes"), ("Posts", "posts"), ("Actions", "actions")):  # fmt: skip
        finding = "".join(piece for piece, _ in sheet(name, usual()).finding)
        assert words(found(tree, f"#{place} .lead")) == " ".join(finding.split())


def test_actions_are_those_of_the_workbook_in_their_order(tree: LexborHTMLParser) -> None:
    told = [words(each) for each in tree.css("#actions li strong")]
    assert told == [each.do for each in actions(usual())]


def test_the_matrix_of_roles_has_the_figures_of_the_sheet(tree: LexborHTMLParser) -> None:
    table = sheet("Technographics", usual())
    figure = [column.kind for column in table.columns].index(ColumnKind.FIGURE)
    long = {(row[0], row[1]): row[figure] for row in plain(table, usual())}
    node = found(tree, "#roles table")
    names = [words(head) for head in node.css("thead th")][1:]
    matrix = {
        (role, name): cell
        for role, *cells in rows(node)
        for name, cell in zip(names, cells, strict=True)
    }
    assert matrix == long


@pytest.fixture(scope="module")
def seen_or_not() -> LexborHTMLParser:
    """A page of companies of which all, a part or nothing was seen."""
    results = [
        example.company_result("Whole X", own=True, sections={"blog": (30, 9, 2)}),
        example.company_result(
            "Partly X", sections={"blog": (30, 9, 2)}, channels=(("facebook", 0.9),)
        ),
        example.company_result("Silent X", sections={"blog": (3, 9, 400)}),
        example.company_result(
            "Hushed X", sections={"blog": (3, 9, 400)}, channels=(("facebook", 0.9),)
        ),
        example.company_result("Hidden X", channels=(("facebook", 0.9),)),
        example.unreadable("Barred X", Reason.ROBOTS),
    ]
    return parsed(page(report_of(results)))


def test_a_month_bears_a_plus_where_a_channel_was_not_seen(seen_or_not: LexborHTMLParser) -> None:
    newest = {row[0]: row[-1] for row in rows(found(seen_or_not, ".months"))}
    assert newest == {
        "Whole X": "3",
        "Partly X": "3+",
        "Silent X": "·",
        "Hushed X": "0+",
        "Hidden X": "?",
        "Barred X": "?",
    }


def test_the_number_of_posts_is_unknown_where_nothing_was_read(
    seen_or_not: LexborHTMLParser,
) -> None:
    lanes = seen_or_not.css(".lanes .row[data-c]")
    ends = {words(found_in(row, ".who")): words(found_in(row, ".count")) for row in lanes}
    assert ends == {
        "Whole X": "30",
        "Partly X": "30†",
        "Silent X": "0",
        "Hushed X": "0†",
        "Hidden X": "",
        "Barred X": "",
    }
    reasons = [words(found_in(row, ".why")) for row in lanes if row.css_first(".why")]
    assert len(reasons) == 2
    assert reasons[1] == "? robots barred"
    assert words(found(seen_or_not, ".lanes .legend")).startswith("† at least so many")


def test_two_competitors_are_too_few_and_that_is_said_once() -> None:
    report = report_of([example.company_result(f"Firm{at} X", own=at == 0,
                                               sections={"blog": (20, 9, 9)})
                        for at in range(3)])  # fmt: skip
    cards = [words(each) for each in parsed(page(report)).css(".card h2")]
    assert cards == ["Compared", "To know"]


def test_our_rank_is_filtered_as_our_own_company(tree: LexborHTMLParser) -> None:
    own = found(tree, "#summary tr.own")
    rank = found(tree, "#summary tr.rank")
    assert rank.attributes["data-c"] == own.attributes["data-c"]


def test_a_printed_table_has_no_more_columns_than_fit() -> None:
    names = [f"Firm{at} Works" for at in range(15)]
    tree = parsed(page(busy(len(names), 1)))
    printed = tree.css("#channels .on-paper table")
    heads = [[words(head) for head in table.css("thead th")] for table in printed]
    assert len(heads) == 2
    assert all(len(each) <= 16 for each in heads)
    assert all(each[:3] == ["Kind", "Channel", names[0]] for each in heads)
    shown = [head for each in heads for head in each[3:] if head in names]
    assert shown == names[1:]
    assert len(found(tree, "#channels .on-screen thead").css("th")) == 3 + len(names)
    cells = [len(row.css("th, td")) for table in printed for row in table.css("tbody tr")]
    assert set(cells) == {len(each) for each in heads}


def test_the_chart_says_figures_and_the_typical_one(tree: LexborHTMLParser) -> None:
    compared = usual().comparisons["all.posts_per_week"]
    assert isinstance(compared.median, Known)
    chart = found(tree, "figure.dots")
    assert f"typical: {compared.median.value:.1f}" in (chart.attributes["aria-label"] or "")
    assert words(found(tree, ".typical-label")) == (
        f"a typical competitor {compared.median.value:.1f}"
    )
    told = {words(found_in(row, ".who")): row for row in chart.css(".row[data-c]")}
    for name, value in compared.values:
        dots = told[name].css("circle")
        assert len(dots) == isinstance(value, Known), name
        if isinstance(value, Unknown):
            assert words(found_in(told[name], ".figure")).startswith("?")


def found_in(node: LexborNode, selector: str) -> LexborNode:
    inner = node.css_first(selector)
    assert inner is not None, selector
    return inner


def test_an_unknown_cell_is_hatched_and_says_why(tree: LexborHTMLParser) -> None:
    cells = tree.css("td.unknown")
    assert cells
    for cell in cells:
        assert words(cell).startswith("? ")
        assert found_in(cell, ".why").attributes["title"]
        assert "data-v" not in cell.attributes


def test_every_table_has_heads_for_columns_and_rows(tree: LexborHTMLParser) -> None:
    tables = tree.css("table.sortable")
    assert tables
    for table in tables:
        assert all(head.attributes["scope"] == "col" for head in table.css("thead th"))
        for row in table.css("tbody tr"):
            heads = row.css("th[scope=row]")
            assert len(heads) <= 1
            assert all(words(head) for head in heads)


def test_the_bar_leads_to_every_part(tree: LexborHTMLParser) -> None:
    links = [each.attributes["href"] for each in tree.css("nav a")]
    parts = [f"#{each.attributes['id']}" for each in tree.css("main > section")]
    assert links == parts
    assert links == [f"#{each.name}" for each in sections() if f"#{each.name}" in parts]


def test_the_page_allows_its_one_script_and_nothing_else(tree: LexborHTMLParser) -> None:
    (script,) = tree.css("script")
    digest = b64encode(hashlib.sha256(script.text(deep=True).encode()).digest()).decode()
    policy = found(tree, "meta[http-equiv=Content-Security-Policy]").attributes["content"] or ""
    assert f"script-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")


def test_nothing_in_the_page_loads_anything(tree: LexborHTMLParser) -> None:
    assert not tree.css("[src], [srcset], link, iframe, object, embed, base, form[action]")
    assert not re.search(r"@import|url\(", found(tree, "style").text(deep=True))
    for link in tree.css("a"):
        href = link.attributes["href"] or ""
        assert href.startswith(("#", "http://", "https://"))
        if not href.startswith("#"):
            assert "noreferrer" in (link.attributes["rel"] or "")


def test_texts_of_others_are_shown_and_do_nothing(tmp_path: Path) -> None:
    names = (*HOSTILE, *OTHERS)
    results = []
    for at, name in enumerate(names):
        result = example.company_result(
            f"Firm{at} X", own=at == 0, sections={"blog": (9, 9, 9)}, channels=(("youtube", 0.9),)
        )
        title, bad = name, f"javascript:alert({at})"
        posts = tuple(replace(post, title=title, url=bad) for post in result.posts)
        company = replace(result.company, name=name)
        results.append(replace(result, company=company, posts=posts))
    text = write_page(report_of(results), tmp_path / "page.html").read_text("utf-8")
    tree = parsed(text)
    assert len(tree.css("script")) == 1
    assert not tree.css("img, b > img")
    assert not re.search(r"<[^>]* on\w+=", text)
    assert not [a for a in tree.css("a") if "javascript:" in (a.attributes["href"] or "")]
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ufffe]", text)
    shown = [words(each) for each in tree.css("#summary tbody th bdi")]
    assert shown[0] == HOSTILE[0]
    assert set(OTHERS) <= set(shown)
    assert all(each.attributes["dir"] == "auto" for each in tree.css("bdi"))


def test_ten_companies_with_many_posts_are_below_two_megabytes() -> None:
    text = page(busy(10, 800))
    assert len(text.encode()) < 2_000_000
    lanes = parsed(text).css(".lanes .row[data-c]")
    assert [words(found_in(row, ".count")) for row in lanes] == ["800†"] * 10


def test_posts_are_marked_with_what_they_can_be_filtered_by(tree: LexborHTMLParser) -> None:
    options = {
        kind: {option.attributes["value"] for option in tree.css(f"select[name={kind}] option")}
        for kind in "ckt"
    }
    posts = tree.css("#posts tbody tr")
    assert posts
    for row in posts:
        assert row.attributes["data-c"] in options["c"]
        assert row.attributes["data-k"] in options["k"]
        assert set((row.attributes.get("data-t") or "").split()) <= options["t"]


def test_a_set_that_could_not_be_read_says_so_and_no_figure() -> None:
    report = report_of(
        [example.unreadable(f"Firm{at} X", reason, own=at == 0)
         for at, reason in enumerate((Reason.ROBOTS, Reason.DNS, Reason.TLS))]
    )  # fmt: skip
    tree = parsed(page(report))
    assert not tree.css(".dots, .months, #posts, #topics")
    assert len(tree.css("#not-read tbody tr")) == 3
    ranks = [row for row in scoreboard(report).rows if row.kind is RowKind.ENTRY]
    assert len(ranks) == 3


def test_two_companies_and_none_of_them_ours_make_a_page() -> None:
    report = report_of([example.company_result(f"Firm{at} X", sections={"blog": (20, 9, 9)})
                        for at in range(2)])  # fmt: skip
    tree = parsed(page(report))
    assert [words(each) for each in tree.css(".card h2")][:2] == ["Most active", "Least active"]
    assert tree.css_first("#actions") is None


def test_an_interrupted_run_is_said_at_the_head() -> None:
    shot = example.snapshot(finished=False)
    tree = parsed(page(Report(shot, example.compared(shot))))
    assert "interrupted" in words(found(tree, "header .meta"))
