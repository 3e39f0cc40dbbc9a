"""How a company writes in each kind of section of its site: blog, news, podcast."""

from collections.abc import Sequence

from audit.measure.subject import Brief, Subject, Values
from audit.model.metric import Metric, Phrase, Unit
from audit.model.result import Cadence
from audit.model.site import SECTIONS
from audit.model.value import Absent, Evidence, Number

FIELDS = ("posts", "posts_per_week", "recency_days", "longest_gap_days", "weeks_with_post")
"""What is compared of each kind: the fields of its cadence with these names."""


def _metrics_of(section: str) -> tuple[Metric, ...]:
    """Define the metrics of one kind of section; `section` is its name, such as `blog`."""
    title = section.capitalize()
    return (
        Metric(
            id=f"{section}.posts",
            title=f"{title} posts in the window",
            theme="Activity",
            unit=Unit.COUNT,
            higher_is_better=True,
            definition=f"Dated {section} posts within the window.",
            phrase=Phrase(unit=f"{section} posts", after=" in the window"),
        ),
        Metric(
            id=f"{section}.posts_per_week",
            title=f"{title} posts a week",
            theme="Activity",
            unit=Unit.RATE,
            higher_is_better=True,
            definition="Posts ÷ weeks of the window; of a list cut off at n items, (n − 1) ÷ "
            "weeks since the oldest of them.",
            phrase=Phrase(unit=f"{section} posts a week"),
        ),
        Metric(
            id=f"{section}.recency_days",
            title=f"Days since the last {section} post",
            theme="Activity",
            unit=Unit.DAYS,
            higher_is_better=False,
            definition="Days from the newest post to the end of the window.",
            phrase=Phrase(unit="days ago", one="day ago", before=f"last {section} post "),
        ),
        Metric(
            id=f"{section}.longest_gap_days",
            title=f"Longest {section} silence, days",
            theme="Activity",
            unit=Unit.DAYS,
            higher_is_better=False,
            definition="Longest time between two posts that follow each other.",
            phrase=Phrase(unit="days", one="day", before=f"a {section} silence of "),
        ),
        Metric(
            id=f"{section}.weeks_with_post",
            title=f"Weeks with a {section} post",
            theme="Activity",
            unit=Unit.SHARE,
            higher_is_better=True,
            definition="Share of the observed weeks with at least one post.",
            phrase=Phrase(unit="of the weeks", before=f"a {section} post in "),
        ),
    )


def _of_company(brief: Brief) -> Values:
    """Give the values of each kind of section; absent where a look at the site found none."""
    values: dict[str, Number] = {}
    for section in SECTIONS:
        rows = [row for row in brief.rows if row.channel == section]
        values |= _of_section(section, rows, brief.proof)
    return values


def _of_section(section: str, rows: Sequence[Cadence], proof: tuple[Evidence, ...]) -> Values:
    """Give the values of one kind of section; of several the first speaks."""
    if not rows:
        absent = Absent(evidence=proof, detail=f"no {section} found")
        return {f"{section}.{field}": absent for field in FIELDS}
    row = rows[0]
    return {
        f"{section}.posts": row.posts,
        f"{section}.posts_per_week": row.posts_per_week,
        f"{section}.recency_days": row.recency_days,
        f"{section}.longest_gap_days": row.longest_gap_days,
        f"{section}.weeks_with_post": row.weeks_with_post,
    }


SUBJECT = Subject(
    name="sections",
    order=30,
    metrics=tuple(metric for section in SECTIONS for metric in _metrics_of(section)),
    of_company=_of_company,
)
