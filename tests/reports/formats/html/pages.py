"""Pages of the example sets, drawn once, and how tests read them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from audit.measure.shares import with_shares
from audit.measure.subject import Together
from audit.model.result import CompanyResult
from audit.model.site import Post
from reports.formats.html.page import page
from reports.report import Report
from tests.reports import workbook_example as example
from tests.reports.past_example import past
from tests.reports.topics_told import told


@cache
def usual() -> Report:
    """The six invented companies, with a run before; some of their posts are on a topic."""
    shot = example.snapshot()
    shot = replace(shot, results=tuple(map(_on_topic, shot.results)))
    return Report(shot, example.compared(shot), past(shot))


def _on_topic(result: CompanyResult) -> CompanyResult:
    first = tuple(replace(post, topics=("Heat pumps",)) for post in result.posts[:5])
    return replace(result, posts=(*first, *result.posts[5:]))


@cache
def usual_text() -> str:
    return page(usual())


def report_of(results: Sequence[CompanyResult]) -> Report:
    """A report of some companies, as a run would measure them together."""
    measured = told(tuple(results)) if len(results) > 2 else tuple(results)
    together = Together(overlaps={}, window=example.WINDOW, kpis=(), earlier=None)
    shot = example.of(with_shares(measured, together))
    return Report(shot, example.compared(shot))


def busy(count: int, posts: int) -> Report:
    """A set of so many companies, each with so many posts in its blog."""
    results = [
        example.company_result(
            f"Firm{at} Works",
            own=at == 0,
            sections={"blog": (40 + at, 3, 2), "news": (20, 14, 5)},
            channels=(("linkedin", 0.95), ("youtube", 0.9), ("facebook", 0.9)),
            features=(("newsletter", "HubSpot"), ("forum", "Discourse")),
        )
        for at in range(count)
    ]
    return report_of([replace(each, posts=tuple(_many(each.posts[0], posts))) for each in results])


def _many(first: Post, count: int) -> Iterator[Post]:
    for at in range(count):
        when = example.AS_OF - timedelta(days=at % 360, hours=1)
        published = replace(first.published, at=when) if first.published else None
        yield replace(
            first, url=f"{first.url}-{at}", title=f"Part {at} {'x' * 90}", published=published
        )


def parsed(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(text)


def words(node: LexborNode) -> str:
    """The text of a node, blanks as a reader sees them."""
    return " ".join(node.text(deep=True).split())


def rows(node: LexborNode) -> list[list[str]]:
    """The cells of the rows below the heads of a table."""
    return [[words(cell) for cell in row.css("th, td")] for row in node.css("tbody tr")]
