"""A timeline of the posts of the period, and the newest of them with their links."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from audit.model.result import CompanyResult
from audit.model.site import Post
from audit.model.value import Absent, Known, Qualifier, Reason, Unknown
from reports.formats.html.cells import reason
from reports.formats.html.markup import Html, classes, joined, link, name, percent, tag
from reports.formats.html.paper import Paper
from reports.formats.html.part import PageSection, finding, key_line, part
from reports.plain import plain_text
from reports.posting import hides_posts
from reports.signs import Sign, behind
from reports.tables import Cell, Column, ColumnKind
from reports.words import day_in_words

_EVERYWHERE = "all.posts_per_week"
"""The metric that says why nothing is known of what a company posts."""

_COLUMN = Column(title="", kind=ColumnKind.FIGURE)
_NOTHING_READ = Unknown(reason=Reason.TOO_LITTLE_DATA, detail="no list of posts was read")

_Count = Known[int] | Unknown | Absent
"""Posts of a company in the period."""

_MOST_MARKS = 10_000
"""Marks on the timeline at most, so that the page stays small: the newest ones."""

_NARROWEST, _WIDEST = 3, 7
"""Half the width of a mark, in pixels: of a day with one post or more."""

_LISTED = 600
"""Posts with title and link at most, shared out among the companies."""

_LONGEST = 140
"""Letters of a title."""


def draw(paper: Paper) -> Html | None:
    """Return the timeline and the list; None where no post has a day that counts."""
    sheet = paper.sheet("Posts")
    posts = {result.company.name: _counted(paper, result) for result in paper.report.results}
    total = sum(map(len, posts.values()))
    if sheet is None or not total:
        return None
    each = max(1, _MOST_MARKS // len(posts))
    marks = {who: _marks(paper, own) for who, own in posts.items()}
    counts = {
        result.company.name: _count(paper, result, len(posts[result.company.name]))
        for result in paper.report.results
    }
    lanes = [_lane(paper, who, marks[who][:each], counts[who]) for who in posts]
    said = "Each mark is a day with a post; larger ones are days with more."
    if any(len(of) > each for of in marks.values()):
        said += f" Of a company the newest {each:,} marks are drawn."
    figure = tag(
        "figure",
        tag("figcaption", tag("b", "All posts on one line a company"), f". {said}"),
        *lanes,
        _axis(paper),
        key_line(_key(counts.values())),
        class_="lanes",
        aria_label=_spoken(total, counts.values()),
    )
    return part("posts", "The posts, day by day", finding(sheet), figure, *_list(paper, posts))


def _counted(paper: Paper, result: CompanyResult) -> list[Post]:
    """Return the posts of the period whose day is known, the newest first."""
    since, until = paper.report.since_of(result.company), paper.report.snapshot.run.as_of
    dated = [(_at(post), post) for post in result.posts if not post.flag]
    within = [(at, post) for at, post in dated if at is not None and since <= at <= until]
    return [post for _, post in sorted(within, key=lambda pair: pair[0], reverse=True)]


def _at(post: Post) -> datetime | None:
    """Return when a post was published; None where that is not known."""
    return post.published.at if post.published is not None else None


def _marks(paper: Paper, posts: Sequence[Post]) -> list[Html]:
    """Return the marks of some posts, newest first: one a day, channel and set of topics."""
    since = paper.report.since
    period = (paper.report.snapshot.run.as_of - since).days or 1
    days: dict[tuple[int, int | None, str | None], int] = {}
    for post in posts:
        at = _at(post)
        if at is not None:
            key = ((at - since).days, *_tags(paper, post))
            days[key] = days.get(key, 0) + 1
    return [
        tag(
            "circle",
            cx=percent(day / period),
            cy="50%",
            r=min(_WIDEST, _NARROWEST + count),
            data_k=channel,
            data_t=topics,
        )
        for (day, channel, topics), count in days.items()
    ]


def _count(paper: Paper, result: CompanyResult, posts: int) -> _Count:
    """Return how many posts are known of a company; nothing that was read is no count of 0."""
    rows = result.cadence
    if not posts and all(isinstance(row.posts, Unknown) for row in rows):
        told = paper.report.value(result.company.name, _EVERYWHERE)
        return told if isinstance(told, Unknown | Absent) else _NOTHING_READ
    cut = any(isinstance(row.posts, Unknown) or row.truncated or row.undated for row in rows)
    marks = (Qualifier.TRUNCATED,) if cut or hides_posts(result) else ()
    return Known(value=posts, evidence=(), qualifiers=marks)


def _key(counts: Iterable[_Count]) -> list[str]:
    """Return what the sign behind a number means, where it occurs."""
    if not any(isinstance(each, Known) and each.qualifiers for each in counts):
        return []
    return [f"{behind(Sign.TRUNCATED)} at least so many, as not all that they post was seen"]


def _spoken(total: int, counts: Collection[_Count]) -> str:
    """Return what the lines show, for those who do not see them."""
    known = sum(not isinstance(each, Unknown) for each in counts)
    return f"Timeline of {total:,} posts of {known} of {len(counts)} companies"


def _lane(paper: Paper, company: str, marks: Sequence[Html], count: _Count) -> Html:
    """Return the line of a company, with the number of its posts at the end.

    Of one of which nothing is known the reason stands in the place of its marks.
    """
    drawing = tag("svg", *marks, aria_hidden="true", focusable="false")
    words = plain_text(Cell(count), _COLUMN, paper.report)
    why = reason(count, words) if isinstance(count, Unknown) else None
    return tag(
        "div",
        tag("span", name(company), class_="who"),
        tag("div", drawing, tag("span", why, class_="figure") if why else None, class_="track"),
        tag("span", None if why else words, class_="count"),
        class_=classes("row", "own" if company == paper.report.own else ""),
        data_c=paper.companies[company],
    )


def _tags(paper: Paper, post: Post) -> tuple[int | None, str | None]:
    """Return the numbers of the channel and of the topics of a post."""
    channel = paper.channels.get(paper.report.names.channel(post.channel))
    topics = [str(paper.topics[each]) for each in post.topics if each in paper.topics]
    return channel, " ".join(topics) or None


def _axis(paper: Paper) -> Html:
    """Return the first and the last day below the lanes."""
    report = paper.report
    ends = (report.since, report.snapshot.run.as_of)
    days = (tag("span", day_in_words(at.astimezone(report.zone))) for at in ends)
    return tag(
        "div",
        tag("span", class_="who"),
        tag("div", *days, class_="track ends"),
        tag("span", class_="count"),
        class_="row",
    )


def _list(paper: Paper, posts: Mapping[str, Sequence[Post]]) -> Iterator[Html]:
    """Give the newest posts of each company as a table."""
    each = max(1, _LISTED // len(posts))
    rows = [(who, post) for who, own in posts.items() for post in own[:each]]
    rows.sort(key=lambda row: _at(row[1]) or paper.report.since, reverse=True)
    titles = ("Day", "Company", "Channel", "Title", "Topics")
    heads = (
        tag("th", title, scope="col", class_="prose" if at > 2 else None)
        for at, title in enumerate(titles)
    )
    body = (_row(paper, who, post) for who, post in rows)
    table = tag(
        "table",
        tag("thead", tag("tr", *heads)),
        tag("tbody", *body),
        class_="sortable",
        aria_label="Newest posts",
    )
    total = sum(map(len, posts.values()))
    kept = f"The newest {len(rows):,} of {total:,}" if len(rows) < total else f"All {total:,}"
    yield tag(
        "details",
        tag("summary", f"{kept} posts with their titles"),
        tag("div", table, class_="wide", tabindex="0", role="group", aria_label="Newest posts"),
        tag("p", "No post of the list fits the filter.", class_="note nothing", hidden=True),
    )


def _row(paper: Paper, company: str, post: Post) -> Html:
    """Return the row of a post."""
    at, report = _at(post), paper.report
    channel, topics = _tags(paper, post)
    title = post.title if len(post.title) <= _LONGEST else f"{post.title[: _LONGEST - 1]}…"
    local = at.astimezone(report.zone) if at is not None else None
    return tag(
        "tr",
        tag(
            "td",
            tag("time", day_in_words(local), datetime=f"{local:%Y-%m-%d}") if local else "",
            data_v=f"{at.timestamp():.0f}" if at is not None else None,
            class_="day",
        ),
        tag("td", name(company)),
        tag("td", report.names.channel(post.channel)),
        tag("td", link(post.url, name(title or post.url)), class_="prose"),
        tag("td", joined((name(each) for each in post.topics), ", "), class_="prose"),
        class_="own" if company == report.own else None,
        data_c=paper.companies[company],
        data_k=channel,
        data_t=topics,
    )


SECTION = PageSection(name="posts", link="Posts", order=100, draw=draw)
