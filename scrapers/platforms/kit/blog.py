"""What platforms for blogs have in common: their posts lie in a feed, and a blog may be gone."""

from dataclasses import dataclass

from audit.model.exchange import Failure, Page
from audit.model.facts import FeedPage
from audit.model.profile import Profile, ProfilePost
from audit.model.value import Unknown
from scrapers.parse.feeds import read_feed
from scrapers.platforms.kit.base import GONE, Steps, ask_feed, ask_page, bad_content
from scrapers.platforms.kit.posts import posts_of_feed
from scrapers.platforms.kit.proof import Proof, not_found, reason_of

_HEAD = 4_000
"""Bytes at the beginning of a feed, where it says by what it was made."""


@dataclass(frozen=True, slots=True)
class BlogFeed:
    """A feed that was read: the page that proves it, what it holds (`said`), and its posts.

    `said.title`, `said.site` and `said.language` describe the blog; `posts` are in the order of the
    file.
    """

    page: Page
    said: FeedPage
    posts: tuple[ProfilePost, ...]


def read_blog_feed(
    url: str, rule: str, mark: str, form: str = "article"
) -> Steps[BlogFeed | Failure]:
    """Ask for a blog's feed and read it; `form` is the format of its posts.

    `mark` is a word in lower case by which the platform signs its feeds ("wordpress.com"). A feed
    without posts is believed only with it: an empty file of unknown origin proves no silent blog.
    """
    page = yield from ask_feed(url)
    if isinstance(page, Failure):
        return page
    feed = read_feed(page)
    if feed is None or not (feed.items or mark.encode() in page.body[:_HEAD].lower()):
        return bad_content(page, "no feed where it used to be")
    posts = posts_of_feed(feed, Proof(page, rule), form, language=feed.language)
    return BlogFeed(page=page, said=feed, posts=posts)


def blog_without_feed(failure: Failure, url: str, rule: str) -> Steps[Profile | Unknown]:
    """Say what it means that a blog's feed could not be read; `url` is the blog's first page.

    The blog is missing only where both are gone (404, 410): a blog may do without a feed.
    """
    if failure.reason not in GONE:
        return reason_of(failure)
    home = yield from ask_page(url)
    if isinstance(home, Failure):
        return not_found(home, rule) if home.reason in GONE else reason_of(home)
    return Unknown(reason=failure.reason, detail="there is a page, but no feed of it")
