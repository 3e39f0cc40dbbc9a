"""Posts a month of each company over all its channels that were seen, as a strip of figures."""

from collections.abc import Sequence

from audit.model.result import CompanyResult
from reports.formats.html.markup import Html, joined, name, tag
from reports.formats.html.paper import Paper
from reports.months import months_of, span

_LETTERS = "JFMAMJJASOND"


def strips(paper: Paper) -> Html | None:
    """Return the strips; None where no month of any company was seen."""
    months = months_of(paper.report)
    if not months:
        return None
    totals = {
        result.company.name: [_total(result, month) for month in months]
        for result in paper.report.results
    }
    most = max((posts for row in totals.values() for posts, _ in row if posts), default=0)
    heads = [
        tag("th", letter, tag("span", f" {month}", class_="unseen-words"), scope="col")
        for month in months
        for letter in (_LETTERS[int(month[5:7]) - 1],)
    ]
    rows = [_strip(who, row, most, paper) for who, row in totals.items()]
    grid = tag(
        "table",
        tag("thead", tag("tr", tag("td"), *heads)),
        tag("tbody", *rows),
        class_="months",
        aria_label=span(months),
    )
    return tag(
        "figure",
        tag("figcaption", tag("b", span(months)), ", all channels that we could see"),
        tag("div", grid, class_="wide", tabindex="0", role="group", aria_label=span(months)),
        _notes([posts for row in totals.values() for posts in row]),
    )


def _total(result: CompanyResult, month: str) -> tuple[int | None, bool]:
    """Return a company's posts of a month, and whether a channel of that month was not seen.

    None where no channel was seen, or one that was not may have had the only posts.
    """
    seen = [dict(row.months) for row in result.cadence if row.months]
    counts = [row.get(month) for row in seen]
    known = [count for count in counts if count is not None]
    partly, posts = len(known) < len(counts), sum(known)
    return (None if not known or (partly and not posts) else posts), partly


def _strip(
    company: str, totals: Sequence[tuple[int | None, bool]], most: int, paper: Paper
) -> Html:
    """Return the strip of a company."""
    return tag(
        "tr",
        tag("th", name(company), scope="row"),
        *(_month(posts, most, partly=partly) for posts, partly in totals),
        class_="own" if company == paper.report.own else None,
        data_c=paper.companies[company],
    )


def _month(posts: int | None, most: int, *, partly: bool) -> Html:
    """Return a month: its posts, `29+` where there were at least so many, a dot for none."""
    if posts is None:
        return tag("td", "?", class_="unseen", title="not seen")
    words = f"{posts:,}" if posts else "·"
    if partly:
        words = f"{posts:,}+"
    # The root, as one busy month would leave all others white.
    dark = (posts / most) ** 0.5 if most else 0.0
    return tag("td", words, class_="heat", style=f"--v:{dark:.2f}")


def _notes(totals: Sequence[tuple[int | None, bool]]) -> Html:
    """Return what the signs in the strips mean, as far as they occur."""
    words = [
        *(["· no post"] if any(posts == 0 for posts, _ in totals) else []),
        *(
            ["29+: at least so many, as a channel of that month was not seen"]
            if any(partly and posts is not None for posts, partly in totals)
            else []
        ),
        *(["? not seen"] if any(posts is None for posts, _ in totals) else []),
    ]
    return tag("ul", joined(tag("li", each) for each in words), class_="legend")
