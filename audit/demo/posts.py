"""Write the invented companies' posts: the same ones for the same day, every time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from html import escape

from audit.demo.invented import Posts

HOURS = (9, 7, 14, 10, 16, 8)
SHIFTS = (0, 1, -1, 0, 2)
"""Days by which posts stray from their rhythm, in turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One post: its path, its title, its time of publication."""

    path: str
    title: str
    at: datetime


def written(posts: Posts, day: date, today: date) -> tuple[Written, ...]:
    """Write the posts that are out on `day`, the newest first; the rhythm ends near `today`."""
    titles = [pattern.format(subject) for subject in posts.subjects for pattern in posts.patterns]
    found = []
    for number in range(posts.count):
        back = posts.newest_days + number * posts.every_days + SHIFTS[number % len(SHIFTS)]
        hour = time(HOURS[number % len(HOURS)], 30)
        at = datetime.combine(today - timedelta(days=max(back, 0)), hour, UTC)
        title = titles[number % len(titles)]
        lap = number // len(titles)
        path = f"{posts.index}post-{posts.count - number}/"
        found.append(Written(path=path, title=title if not lap else f"{title} ({lap + 1})", at=at))
    out = [post for post in found if post.at.date() <= day]
    return tuple(sorted(out, key=lambda post: post.at, reverse=True))


def index_pages(posts: Posts, out: tuple[Written, ...]) -> dict[str, tuple[str, str]]:
    """Draw the pages of the index: path → title and body."""
    size = posts.per_page
    parts = [out[start : start + size] for start in range(0, len(out), size)]
    pages = {}
    for number, part in enumerate(parts, start=1):
        body = "".join(_teaser(post) for post in part)
        if number < len(parts):
            body += f'<a class="next" rel="next" href="{_page(posts, number + 1)}">»</a>'
        pages[_page(posts, number)] = (posts.title, body)
    return pages


def post_pages(posts: Posts, out: tuple[Written, ...]) -> dict[str, tuple[str, str]]:
    """Draw the posts themselves: path → title and body."""
    return {post.path: (post.title, _article(posts, post)) for post in out}


def feed(posts: Posts, out: tuple[Written, ...], root: str, language: str) -> str:
    """Write the RSS feed, cut off where the company's software cuts it."""
    items = "".join(
        f"<item><title>{escape(post.title)}</title><link>{root}{post.path}</link>"
        f"<guid>{root}{post.path}</guid><pubDate>{format_datetime(post.at)}</pubDate></item>"
        for post in out[: posts.feed_items]
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{escape(posts.title)}</title><link>{root}{posts.index}</link>"
        f"<description/><language>{language}</language>{items}</channel></rss>"
    )


def _page(posts: Posts, number: int) -> str:
    return posts.index if number == 1 else f"{posts.index}page/{number}/"


def _teaser(post: Written) -> str:
    return (
        f'<article class="hentry post"><h2 class="entry-title"><a href="{post.path}">'
        f"{escape(post.title)}</a></h2>{_time(post)}</article>"
    )


def _article(posts: Posts, post: Written) -> str:
    comments = (
        '<div id="comments" class="comments-area"><ol class="comment-list"></ol>'
        '<form id="commentform" class="comment-form" action="/wp-comments-post.php" method="post">'
        "<textarea id='comment' name='comment'></textarea></form></div>"
    )
    told = f"<p>{escape(post.title)}.</p>"
    return f"<article>{_time(post)}{told}</article>" + (comments if posts.comments else "")


def _time(post: Written) -> str:
    return f'<time datetime="{post.at.isoformat()}">{post.at:%d.%m.%Y}</time>'
