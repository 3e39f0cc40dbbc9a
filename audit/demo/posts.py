"""Write the invented companies' posts: the same ones for the same day, every time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import format_datetime
from html import escape

from audit.demo.invented import PostSection

HOURS = (9, 7, 14, 10, 16, 8)
"""The hours at which posts come out, in turn."""

SHIFTS = (0, 1, -1, 0, 2)
"""Days by which posts stray from their rhythm, in turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlogPost:
    """One post: its path, its title, its time of publication."""

    path: str
    title: str
    at: datetime


def posts_on(section: PostSection, day: date, today: date) -> tuple[BlogPost, ...]:
    """Write the posts that are out on `day`, the newest first; the rhythm ends near `today`."""
    titles = [title.format(subject) for subject in section.subjects for title in section.patterns]
    posts = []
    for number in range(section.count):
        back = section.newest_days + number * section.every_days + SHIFTS[number % len(SHIFTS)]
        hour = time(HOURS[number % len(HOURS)], 30)
        # The shifts may lead beyond today, and a post of the future would be flagged.
        at = datetime.combine(today - timedelta(days=max(back, 0)), hour, UTC)
        title = titles[number % len(titles)]
        lap = number // len(titles)  # how often all titles have had their turn already
        path = f"{section.index}post-{section.count - number}/"
        posts.append(BlogPost(path=path, title=title if not lap else f"{title} ({lap + 1})", at=at))
    out = [post for post in posts if post.at.date() <= day]
    return tuple(sorted(out, key=lambda post: post.at, reverse=True))


def index_pages(section: PostSection, out: tuple[BlogPost, ...]) -> dict[str, tuple[str, str]]:
    """Draw the pages of the index: path → title and body."""
    size = section.per_page
    parts = [out[start : start + size] for start in range(0, len(out), size)]
    pages = {}
    for number, part in enumerate(parts, start=1):
        body = "".join(_teaser(post) for post in part)
        if number < len(parts):
            body += f'<a class="next" rel="next" href="{_page(section, number + 1)}">»</a>'
        pages[_page(section, number)] = (section.title, body)
    return pages


def post_pages(section: PostSection, out: tuple[BlogPost, ...]) -> dict[str, tuple[str, str]]:
    """Draw the posts themselves: path → title and body."""
    return {post.path: (post.title, _article(section, post)) for post in out}


def logbook_pages(section: PostSection, out: tuple[BlogPost, ...]) -> dict[str, tuple[str, str]]:
    """Draw the pages of a logbook: entries in full, without links, headings or marked-up dates."""
    size = section.per_page
    parts = [out[start : start + size] for start in range(0, len(out), size)]
    pages = {}
    for number, part in enumerate(parts, start=1):
        body = "".join(
            f'<div class="eintrag"><b class="titel">{escape(post.title)}</b>'
            f'<i class="wann">{post.at:%d.%m.%Y}</i><p>Schritt für Schritt.</p></div>'
            for post in part
        )
        if number < len(parts):
            body += f'<a class="weiter" href="{section.index}blatt-{number + 1}/">umblättern</a>'
        path = section.index if number == 1 else f"{section.index}blatt-{number}/"
        pages[path] = (section.title, body)
    return pages


def feed(section: PostSection, out: tuple[BlogPost, ...], root: str, language: str) -> str:
    """Write the RSS feed, cut off where the company's software cuts it."""
    items = "".join(
        f"<item><title>{escape(post.title)}</title><link>{root}{post.path}</link>"
        f"<guid>{root}{post.path}</guid><pubDate>{format_datetime(post.at)}</pubDate></item>"
        for post in out[: section.feed_items]
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{escape(section.title)}</title><link>{root}{section.index}</link>"
        f"<description/><language>{language}</language>{items}</channel></rss>"
    )


def _page(section: PostSection, number: int) -> str:
    """Give the path of a page of the index, of which the first is number 1."""
    return section.index if number == 1 else f"{section.index}page/{number}/"


def _teaser(post: BlogPost) -> str:
    """Draw a post as the index shows it."""
    return (
        f'<article class="hentry post"><h2 class="entry-title"><a href="{post.path}">'
        f"{escape(post.title)}</a></h2>{_time(post)}</article>"
    )


def _article(section: PostSection, post: BlogPost) -> str:
    """Draw a post, with a form for comments where the section takes them."""
    comments = (
        '<div id="comments" class="comments-area"><ol class="comment-list"></ol>'
        '<form id="commentform" class="comment-form" action="/wp-comments-post.php" method="post">'
        "<textarea id='comment' name='comment'></textarea></form></div>"
    )
    text = f"<p>{escape(post.title)}.</p>"
    return f"<article>{_time(post)}{text}</article>" + (comments if section.comments else "")


def _time(post: BlogPost) -> str:
    """Draw the time of a post: for programs in full, for people the day."""
    return f'<time datetime="{post.at.isoformat()}">{post.at:%d.%m.%Y}</time>'
