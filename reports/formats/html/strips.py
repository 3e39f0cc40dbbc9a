"""Posts a month of each company over all its channels that were seen, as a strip of figures."""

from collections.abc import Sequence

from reports.formats.html.markup import Html, joined, name, tag
from reports.formats.html.paper import Paper
from reports.months import Month, months_of, posted, span

_LETTERS = "JFMAMJJASOND"
_AT_LEAST = "29+: at least so many, as a channel of that month was not seen, or not all of it"
_NONE_SEEN = "0+: none in what was seen"


def strips(paper: Paper) -> Html | None:
    """Return the strips; None where no month of any company was seen."""
    months = months_of(paper.report)
    if not months:
        return None
    totals = {result.company.name: posted(result, months) for result in paper.report.results}
    most = max((each.posts for row in totals.values() for each in row if each.posts), default=0)
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
        tag("div", grid, class_="wide broad", tabindex="0", role="group", aria_label=span(months)),
        _notes([each for row in totals.values() for each in row]),
    )


def _strip(company: str, totals: Sequence[Month], most: int, paper: Paper) -> Html:
    """Return the strip of a company."""
    return tag(
        "tr",
        tag("th", name(company), scope="row"),
        *(_month(each, most) for each in totals),
        class_="own" if company == paper.report.own else None,
        data_c=paper.companies[company],
    )


def _month(month: Month, most: int) -> Html:
    """Return a month: its posts, `29+` where there were at least so many, a dot for none."""
    if month.posts is None:
        return tag("td", "?", class_="unseen", title="not seen")
    words = f"{month.posts:,}" if month.posts else "·"
    if month.least:
        words = f"{month.posts:,}+"
    # The root, as one busy month would leave all others white.
    dark = (month.posts / most) ** 0.5 if most else 0.0
    return tag("td", words, class_="heat", style=f"--v:{dark:.2f}")


def _notes(totals: Sequence[Month]) -> Html:
    """Return what the signs in the strips mean, as far as they occur."""
    known = [each for each in totals if each.posts is not None]
    words = [
        *(["· no post"] if any(not each.posts and not each.least for each in known) else []),
        *([_AT_LEAST] if any(each.least for each in known) else []),
        *([_NONE_SEEN] if any(not each.posts and each.least for each in known) else []),
        *(["? not seen"] if len(known) < len(totals) else []),
    ]
    return tag("ul", joined(tag("li", each) for each in words), class_="legend")
