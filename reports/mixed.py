"""What a company's posts are, channel by channel: shares of formats, and of what they are for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from audit.measure.own_posts import FEWEST_POSTS, own_posts_of
from audit.model.purpose import Purpose
from audit.model.result import CompanyResult, Window
from audit.model.site import Post
from reports.report import Report

OTHER = "other"
"""The formats that have no column of their own, and posts that say nothing of theirs."""

FORMATS: Mapping[str, str] = {
    "article": "Article",
    "text": "Short text",
    "image": "Picture",
    "video": "Video",
    "audio": "Audio",
    OTHER: "Other",
}
"""The formats that have a column of their own, with their titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """What the posts of a channel are, or those of all channels where `channel` is empty.

    `formats` and `purposes` are shares in 0 to 1 of all `posts`, each adding up to 1; `purposes`
    are empty where they were never judged. `sure` is the mean probability of the purposes that are
    clear; None without any. `example` is the surest post of the commonest of them.
    """

    channel: str
    posts: tuple[Post, ...]
    formats: Mapping[str, float]
    purposes: Mapping[Purpose, float]
    sure: float | None
    example: Post | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The mixes of a company, that of all channels first where there are several.

    `few` are the channels with too few posts for shares, and how many posts each has.
    """

    mixes: tuple[Mix, ...]
    few: tuple[tuple[str, int], ...]


def content_of(report: Report, result: CompanyResult) -> Content:
    """Return what a company's own posts of its period are; shares from ten posts on."""
    settings = report.snapshot.competitors.settings
    window = Window(
        as_of=report.snapshot.run.as_of,
        lookback_days=report.days_of(result.company),
        timezone=settings.timezone,
    )
    posts = list(own_posts_of(result.posts, result.channels, window).values())
    groups: dict[str, list[Post]] = {}
    for post in posts:
        groups.setdefault(post.channel, []).append(post)
    ordered = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    enough = [(name, group) for name, group in ordered if len(group) >= FEWEST_POSTS]
    few = tuple((name, len(group)) for name, group in ordered if len(group) < FEWEST_POSTS)
    whole = [("", posts)] if len(ordered) > 1 and len(posts) >= FEWEST_POSTS else []
    return Content(mixes=tuple(_mix(name, group) for name, group in [*whole, *enough]), few=few)


def _mix(channel: str, posts: Sequence[Post]) -> Mix:
    """Return what some posts are."""
    formats = Counter(post.format if post.format in FORMATS else OTHER for post in posts)
    judged = [(post, post.purpose) for post in posts if post.purpose is not None]
    purposes = Counter(each.purpose for _, each in judged)
    clear = [(post, each) for post, each in judged if each.purpose is not Purpose.UNCLEAR]
    return Mix(
        channel=channel,
        posts=tuple(posts),
        formats={name: formats[name] / len(posts) for name in FORMATS},
        purposes={each: purposes[each] / len(judged) for each in Purpose} if judged else {},
        sure=fmean(each.confidence for _, each in clear) if clear else None,
        example=_example([post for post, _ in clear]),
    )


def _example(posts: Sequence[Post]) -> Post | None:
    """Return the surest post of the commonest purpose; None without a clear one."""
    counts = Counter(post.purpose.purpose for post in posts if post.purpose is not None)
    if not counts:
        return None
    commonest = min(counts, key=lambda purpose: (-counts[purpose], purpose))
    sure = [(post, post.purpose) for post in posts if post.purpose is not None]
    alike = [(each.confidence, post.url, post) for post, each in sure if each.purpose is commonest]
    return max(alike, key=lambda row: row[:2])[2]
